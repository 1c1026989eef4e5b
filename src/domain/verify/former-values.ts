import type { FieldValue } from '../drafts/drafts.js';
import { ownEntry } from '../model/own-entry.js';
import { digestOfValue, elementKey } from './human-edits.js';
import type { ActualValue, ReadValues, Verification } from './verification.js';

/** Fields of the destination that can be cleared, apart from attributes. */
const clearable = ['name', 'email', 'phone', 'owner_id', 'signed_up_at', 'website', 'industry', 'size'] as const;
const lists = ['tags', 'companies'] as const;

/** Values that Landfall wrote, that the record no longer has, and that nobody has changed since. */
export interface FormerValues {
  fields: string[];
  attributes: string[];
  tags: string[];
  companies: string[];
}

export const noFormerValues: FormerValues = { fields: [], attributes: [], tags: [], companies: [] };

/** @param last digests of the last read-back */
export function formerValues({ read = {}, actual }: Verification, last: ReadValues): FormerValues {
  if (!actual) return noFormerValues;
  const isFormer = (target: string, value: ActualValue) =>
    !Object.hasOwn(read, target) &&
    value !== undefined &&
    value !== null &&
    value !== '' &&
    ownEntry(last, target) === digestOfValue(value);
  const elements = (target: (typeof lists)[number]) => {
    const wanted = ownEntry(read, target);
    const kept = new Set([...(wanted?.present ?? []), ...(wanted?.lacking ?? [])]);
    const found = ownEntry(actual.fields, target);
    return (Array.isArray(found) ? found : []).filter(each => !kept.has(each) && Object.hasOwn(last, elementKey(target, each)));
  };
  return {
    fields: clearable.filter(target => isFormer(target, ownEntry(actual.fields, target))),
    attributes: Object.entries<FieldValue>(actual.attributes)
      .filter(([name, value]) => isFormer(`attributes.${name}`, value))
      .map(([name]) => name),
    tags: elements('tags'),
    companies: elements('companies'),
  };
}

/** Their keys in what was read back last. */
export const formerKeys = ({ fields, attributes, tags, companies }: FormerValues): string[] => [
  ...fields,
  ...attributes.map(name => `attributes.${name}`),
  ...tags.map(each => elementKey('tags', each)),
  ...companies.map(each => elementKey('companies', each)),
];
