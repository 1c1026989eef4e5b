import { foldedTag, tagName } from '../text/tag-name.js';
import type { AttributeType, FieldMapping } from './field-mapping.js';

/** deal: attributes of a type of custom objects, which only people can make. */
export type AttributeModel = 'company' | 'contact' | 'conversation' | 'deal';

/** What the API can make attributes of. */
export type ApiModel = Exclude<AttributeModel, 'deal'>;

/** An attribute that a workspace must have before anything is loaded. */
export interface AttributeSpec {
  model: ApiModel;
  name: string;
  type: AttributeType;
  /** Of type options: the values that it takes. */
  options: string[];
}

const own = (model: ApiModel, name: string, type: AttributeType): AttributeSpec => ({ model, name, type, options: [] });

/** Landfall's own, beside those that a mapping names: what has no other place. */
export const ownAttributes: readonly AttributeSpec[] = [
  own('company', 'infoset_parent_company_name', 'string'),
  // Where the destination's own field refuses a value, it is kept here.
  own('contact', 'infoset_phone', 'string'),
  own('contact', 'infoset_email', 'string'),
  // Of a contact that stood there with an external_id of its own.
  own('contact', 'infoset_id', 'string'),
  // Where a workspace has no Deal type and shall have none.
  own('contact', 'infoset_deals', 'string'),
  // When the ticket was made, where its first message is of another time.
  own('conversation', 'infoset_created_at', 'datetime'),
  own('conversation', 'infoset_owners', 'string'),
  own('conversation', 'infoset_team', 'string'),
  own('conversation', 'infoset_sla_breaches', 'integer'),
  // The other way round: infoset_merged_into.
  own('conversation', 'infoset_merged_from', 'string'),
];

const path = /^(company|contact|conversation|deal)\.custom_attributes\.(.+)$/s;

/** The attribute that a target path names; null where it names none. */
export function attributeOf(targetPath: string | null): { model: AttributeModel; name: string } | null {
  const match = path.exec(targetPath ?? '');
  return match ? { model: match[1] as AttributeModel, name: match[2]! } : null;
}

export const attributePath = (model: AttributeModel, name: string) => `${model}.custom_attributes.${name}`;

/** All attributes that a mapping needs and the API can make, Landfall's own included. */
export function attributesOf(fields: readonly FieldMapping[]): AttributeSpec[] {
  const specs = [...ownAttributes];
  for (const { action, targetPath, attributeType, values } of fields) {
    const attribute = action === 'MAP' || action === 'CREATE_ATTRIBUTE' ? attributeOf(targetPath) : null;
    if (!attribute || attribute.model === 'deal') continue;
    const options = attributeType === 'options' ? [...new Set(values.map(({ to }) => tagName(to ?? '')).filter(Boolean))] : [];
    specs.push({ model: attribute.model, name: attribute.name, type: attributeType ?? 'string', options });
  }
  return specs;
}

/** What the Deal type must have, by name: the format that it is made with by hand. */
export function dealAttributesOf(fields: readonly FieldMapping[]): Map<string, 'text' | 'decimal' | 'date'> {
  const wanted = new Map<string, 'text' | 'decimal' | 'date'>();
  for (const { action, targetPath, attributeType } of fields) {
    const attribute = action === 'MAP' || action === 'CREATE_ATTRIBUTE' ? attributeOf(targetPath) : null;
    if (attribute?.model !== 'deal') continue;
    wanted.set(attribute.name, attributeType === 'decimal' ? 'decimal' : attributeType === 'date' ? 'date' : 'text');
  }
  return wanted;
}

/** The tags that a mapping names, once each whatever their case. */
export function tagsOf(fields: readonly FieldMapping[]): string[] {
  const names = fields.find(({ recordType, sourcePath }) => recordType === 'TAG' && sourcePath === 'name')?.values ?? [];
  const distinct = new Map<string, string>();
  for (const name of names.map(({ to }) => tagName(to ?? '')))
    if (name !== '' && !distinct.has(foldedTag(name))) distinct.set(foldedTag(name), name);
  return [...distinct.values()];
}
