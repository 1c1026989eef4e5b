import { textOf } from '../model/record-fields.js';
import { tagName } from '../text/tag-name.js';
import { showsText } from '../text/visible-text.js';
import type { AttributeType, MappedType } from './field-mapping.js';
import type { FieldStatistics } from './field-statistics.js';

/** A definition of a custom field at the source. */
export interface CustomFieldDefinition {
  recordType: MappedType;
  label: string;
  /** text, longtext, number, decimal, date, datetime, checkbox, select or multiselect. */
  type: string;
  options: string[];
  /** Whether the source asks for a value. */
  isRequired?: boolean;
}

/** The type of the definition, if all values fit it; otherwise a type that fits all values. */
export function typeOf(
  definition: CustomFieldDefinition | null,
  statistics: FieldStatistics,
): { type: AttributeType; options: string[] } {
  const { isInteger, isDecimal, isPrintedNumber, isBoolean, isDate, isDatetime } = statistics;
  const plain = (type: AttributeType) => ({ type, options: [] });
  const number = isInteger ? plain('integer') : isDecimal ? plain('decimal') : plain('string');
  if (!definition) {
    if (statistics.filled === 0) return plain('string');
    if (isBoolean) return plain('boolean');
    // Without a definition, a text such as 1.10 may be a version.
    if (isPrintedNumber) return number;
    return isDate ? plain('date') : isDatetime ? plain('datetime') : plain('string');
  }
  if (definition.type === 'number' || definition.type === 'decimal') {
    return definition.type === 'decimal' && isInteger ? plain('decimal') : number;
  }
  if (definition.type === 'checkbox') return plain(isBoolean ? 'boolean' : 'string');
  if (definition.type === 'date') return plain(isDate ? 'date' : 'string');
  if (definition.type === 'datetime') return plain(isDatetime ? 'datetime' : 'string');
  if (definition.type !== 'select') return plain('string');
  // A list needs at least two options, and allows no other value.
  const values = statistics.values;
  const options = [...new Set([...definition.options.map(textOf), ...(values?.keys() ?? [])])].filter(showsText);
  const fits =
    values !== null &&
    new Set(options.map(tagName)).size >= 2 &&
    options.every(option => option.length <= 255 && !/[\0\p{Cs}]/u.test(option));
  return fits ? { type: 'options', options } : plain('string');
}
