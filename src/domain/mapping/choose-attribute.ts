import { customFieldLabel, unreadableCustomFields } from '../model/record-fields.js';
import { AttributeNames } from './attribute-names.js';
import { type AttributeModel, attributeOf, attributePath, ownAttributes } from './attributes.js';
import type { AttributeType, FieldMapping, FieldProfile } from './field-mapping.js';
import { modelOf, standardFields } from './standard-fields.js';

/** An attribute for a field: the path of its target, and its type. */
export interface ChosenAttribute {
  targetPath: string;
  attributeType: AttributeType;
}

/**
 * The attribute of a field for which a person has chosen no name: the proposed one if it is free, else the next free name.
 * @param others the other fields of the version
 * @returns null if fields of this type have no attributes
 */
export function chooseAttribute(
  field: FieldMapping,
  others: readonly Pick<FieldMapping, 'targetPath'>[],
): ChosenAttribute | null {
  const model = modelOf(field.recordType);
  if (!model) return null;
  const attributeType = field.attributeType ?? typeFor(field.profile, model);
  const used = others.flatMap(({ targetPath }) => attributeOf(targetPath) ?? []).filter(each => sameNames(each.model, model));
  const proposed = attributeOf(field.proposedTarget);
  if (proposed && !used.some(({ name }) => name.toLowerCase() === proposed.name.toLowerCase()))
    return { targetPath: field.proposedTarget!, attributeType };
  const reserved = Object.values(standardFields).flatMap(fields =>
    Object.values(fields).map(each => ('target' in each ? (attributeOf(each.target)?.name ?? '') : '')),
  );
  const names = new AttributeNames([...reserved, ...ownAttributes.map(each => each.name), ...used.map(each => each.name)]);
  return { targetPath: attributePath(model, names.name(labelOf(field.sourcePath), model)), attributeType };
}

/** Contacts and companies share one set of names. */
export function sameNames(one: AttributeModel, other: AttributeModel): boolean {
  const set = (model: AttributeModel) => (model === 'company' || model === 'contact' ? 'people' : model);
  return set(one) === set(other);
}

/** What an attribute is named after. */
export const labelOf = (path: string) =>
  path === unreadableCustomFields ? 'infoset custom fields unreadable' : (customFieldLabel(path) ?? path);

/** Of the attributes of a deal, only those with a definition have a type. */
function typeFor({ dataType }: FieldProfile, model: AttributeModel): AttributeType {
  const types = ['boolean', 'integer', 'decimal', 'date', 'datetime'] as const;
  return model === 'deal' ? 'string' : (types.find(type => type === dataType) ?? 'string');
}
