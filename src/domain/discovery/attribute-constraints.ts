import { maxAttributes } from '../mapping/attribute-limit.js';
import { type AttributeModel, attributeOf, ownAttributes } from '../mapping/attributes.js';
import type { Constraint } from './constraint.js';
import type { DiscoveryFacts, FieldFacts } from './facts.js';

/** From this share of the limit, attributes that the workspace already has can exceed it. */
const nearShare = 0.8;

/** Intercom counts the attributes of contacts and companies together, and those of conversations on their own. */
const groups: readonly { models: readonly AttributeModel[]; name: string }[] = [
  { models: ['contact', 'company'], name: 'contacts and companies' },
  { models: ['conversation'], name: 'conversations' },
];

/** The attributes of each group that a mapping needs, including Landfall's own. */
export function neededAttributes(fields: readonly FieldFacts[]): { name: string; needed: number }[] {
  const attributes = [
    ...ownAttributes,
    ...fields.flatMap(({ action, targetPath }) =>
      action === 'MAP' || action === 'CREATE_ATTRIBUTE' ? (attributeOf(targetPath) ?? []) : [],
    ),
  ];
  return groups.map(({ models, name }) => ({
    name,
    needed: new Set(attributes.filter(each => models.includes(each.model)).map(each => `${each.model}.${each.name}`)).size,
  }));
}

export function attributeConstraints({ fields }: DiscoveryFacts): Constraint[] {
  if (fields === null) return [];
  return neededAttributes(fields)
    .filter(({ needed }) => needed > maxAttributes * nearShare)
    .map(({ name, needed }) => ({
      code: 'ATTRIBUTE_LIMIT' as const,
      severity: needed > maxAttributes ? ('ERROR' as const) : ('WARNING' as const),
      message: `The mapping needs ${needed} attributes of ${name}; a workspace has at most ${maxAttributes}, including those that it already has.`,
      recommendation: 'Ignore fields that are seldom filled, or archive unused attributes of the workspace.',
    }));
}
