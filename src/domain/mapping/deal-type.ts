import { attributeOf, optionsOf } from './attributes.js';
import type { AttributeType, FieldMapping } from './field-mapping.js';

/** Formats that people choose for the attributes of the Deal type. */
export type DealFormat = 'text' | 'decimal' | 'date' | 'boolean' | 'list';

export interface DealAttribute {
  format: DealFormat;
  /** Of a list, each once. */
  options: string[];
}

/** Custom objects have whole numbers too, but a decimal holds every number. They have no times: a time is a text. */
const formats: Record<AttributeType, DealFormat> = {
  string: 'text',
  integer: 'decimal',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  datetime: 'text',
  options: 'list',
};

/** The type of a deal's attribute: those that the formats can hold. */
export function dealAttributeType(type: AttributeType): AttributeType {
  if (type === 'integer') return 'decimal';
  return type === 'datetime' ? 'string' : type;
}

/** The attributes of the Deal type by name, with the format to choose by hand. */
export function dealAttributesOf(fields: readonly FieldMapping[]): Map<string, DealAttribute> {
  const wanted = new Map<string, DealAttribute>();
  for (const { action, targetPath, attributeType, values } of fields) {
    const attribute = action === 'MAP' || action === 'CREATE_ATTRIBUTE' ? attributeOf(targetPath) : null;
    if (attribute?.model !== 'deal') continue;
    const format = formats[attributeType ?? 'string'];
    wanted.set(attribute.name, { format, options: format === 'list' ? optionsOf(values) : [] });
  }
  return wanted;
}

/** A field as it is sent. */
export type SentField = FieldMapping & {
  /** Whether its attribute was made as a text though the mapping has another type. */
  asText?: true;
};

/**
 * The fields as a workspace takes them: an attribute of the Deal type that was made as a text gets the text of the source.
 * @param texts names of these attributes
 */
export function sentFields(fields: readonly FieldMapping[], texts: ReadonlySet<string>): SentField[] {
  return fields.map(field => {
    const attribute = attributeOf(field.targetPath);
    const isText = attribute?.model === 'deal' && texts.has(attribute.name);
    return isText ? { ...field, attributeType: 'string', asText: true } : field;
  });
}
