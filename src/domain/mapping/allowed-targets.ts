import { chooseAttribute } from './choose-attribute.js';
import type { FieldMapping } from './field-mapping.js';
import { modelOf, sharedTargets, targetsOf } from './standard-fields.js';

/** What a person may choose as the target of a field. */
export interface AllowedTargets {
  /** Paths of standard fields that no other field uses. */
  paths: string[];
  /** A free attribute for the field; null if fields of its type have none. */
  attribute: string | null;
  /** What the path of an attribute begins with; null if fields of its type have none. */
  attributePrefix: string | null;
}

/** @param others the other fields of the version */
export function allowedTargets(
  field: FieldMapping,
  others: readonly Pick<FieldMapping, 'recordType' | 'targetPath'>[],
): AllowedTargets {
  const taken = new Set(others.filter(each => each.recordType === field.recordType).map(({ targetPath }) => targetPath));
  const model = modelOf(field.recordType);
  return {
    paths: targetsOf(field.recordType).filter(path => !taken.has(path) || sharedTargets.has(path)),
    attribute: chooseAttribute(field, others)?.targetPath ?? null,
    attributePrefix: model && `${model}.custom_attributes.`,
  };
}
