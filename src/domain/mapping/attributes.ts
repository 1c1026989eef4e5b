import { foldedTag, tagName } from '../text/tag-name.js';
import type { AttributeType, FieldMapping } from './field-mapping.js';

/** deal: attributes of a custom object type, which only people can create. */
export type AttributeModel = 'company' | 'contact' | 'conversation' | 'deal';

/** Models whose attributes the API can create. */
export type ApiModel = Exclude<AttributeModel, 'deal'>;

/** An attribute that a workspace must have before anything is loaded. */
export interface AttributeSpec {
  model: ApiModel;
  name: string;
  type: AttributeType;
  /** For type options: the allowed values. */
  options: string[];
}

const own = (model: ApiModel, name: string, type: AttributeType): AttributeSpec => ({ model, name, type, options: [] });

/** Attributes that Landfall adds itself, for values that have no other place. */
export const ownAttributes: readonly AttributeSpec[] = [
  own('company', 'infoset_parent_company_name', 'string'),
  // The value, if the standard field of the destination refuses it.
  own('contact', 'infoset_phone', 'string'),
  own('contact', 'infoset_email', 'string'),
  // Our key, if the contact already had another external_id.
  own('contact', 'infoset_id', 'string'),
  // For a workspace without a Deal type, if the options say so.
  own('contact', 'infoset_deals', 'string'),
  // When the ticket was created, if its first message has another time.
  own('conversation', 'infoset_created_at', 'datetime'),
  own('conversation', 'infoset_owners', 'string'),
  own('conversation', 'infoset_team', 'string'),
  own('conversation', 'infoset_sla_breaches', 'integer'),
  // The opposite of infoset_merged_into.
  own('conversation', 'infoset_merged_from', 'string'),
];

const path = /^(company|contact|conversation|deal)\.custom_attributes\.(.+)$/s;

/** The attribute in a target path; null if the path is not an attribute. */
export function attributeOf(targetPath: string | null): { model: AttributeModel; name: string } | null {
  const match = path.exec(targetPath ?? '');
  return match ? { model: match[1] as AttributeModel, name: match[2]! } : null;
}

export const attributePath = (model: AttributeModel, name: string) => `${model}.custom_attributes.${name}`;

/** All attributes that a mapping needs and the API can create, including Landfall's own. */
export function attributesOf(fields: readonly FieldMapping[]): AttributeSpec[] {
  const specs = [...ownAttributes];
  for (const { action, targetPath, attributeType, values } of fields) {
    const attribute = action === 'MAP' || action === 'CREATE_ATTRIBUTE' ? attributeOf(targetPath) : null;
    if (!attribute || attribute.model === 'deal') continue;
    const options = attributeType === 'options' ? optionsOf(values) : [];
    specs.push({ model: attribute.model, name: attribute.name, type: attributeType ?? 'string', options });
  }
  return specs;
}

/** The options of an attribute: the values that it is mapped to. */
export const optionsOf = (values: FieldMapping['values']): string[] => [
  ...new Set(values.map(({ to }) => tagName(to ?? '')).filter(Boolean)),
];

/** The tags of a mapping. Tags that differ only in case are one. */
export function tagsOf(fields: readonly FieldMapping[]): string[] {
  const names = fields.find(({ recordType, sourcePath }) => recordType === 'TAG' && sourcePath === 'name')?.values ?? [];
  const distinct = new Map<string, string>();
  for (const name of names.map(({ to }) => tagName(to ?? '')))
    if (name !== '' && !distinct.has(foldedTag(name))) distinct.set(foldedTag(name), name);
  return [...distinct.values()];
}
