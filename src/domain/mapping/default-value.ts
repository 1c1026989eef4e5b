import { tagName } from '../text/tag-name.js';
import { parseZonedDate } from '../text/zoned-date.js';
import { attributeOf, optionsOf } from './attributes.js';
import type { AttributeType, FieldMapping } from './field-mapping.js';
import { targetsWithDefault } from './standard-fields.js';

const forms: Record<Exclude<AttributeType, 'string' | 'options'>, { means: string; fits: (text: string) => boolean }> = {
  integer: { means: 'a whole number', fits: text => /^-?\d{1,9}$/.test(text) },
  decimal: { means: 'a number such as 12.5', fits: text => /^-?\d{1,15}(\.\d{1,9})?$/.test(text) },
  boolean: { means: 'true or false', fits: text => text === 'true' || text === 'false' },
  date: { means: 'a date such as 2026-05-01', fits: text => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text) },
  datetime: { means: 'a time such as 2026-05-01T10:00:00Z', fits: text => /^\d{4}-\d{2}-\d{2}T/.test(text) && isDate(text) },
};

const isDate = (text: string) => parseZonedDate(text, 'UTC') !== null;

/** Why a field cannot have its default, as a sentence for a person; null if it can. */
export function problemOfDefault({
  defaultValue,
  targetPath,
  attributeType,
  values,
}: Pick<FieldMapping, 'defaultValue' | 'targetPath' | 'attributeType' | 'values'>): string | null {
  if (defaultValue === null) return null;
  if (targetPath === 'company.size') return forms.integer.fits(defaultValue) ? null : 'Give a whole number as defaultValue.';
  if (!attributeOf(targetPath))
    return targetPath === null || targetsWithDefault.has(targetPath)
      ? null
      : `Give no defaultValue: ${targetPath} identifies a record or refers to one.`;
  const type = attributeType ?? 'string';
  if (type === 'string') return null;
  if (type === 'options')
    return optionsOf(values).includes(tagName(defaultValue)) ? null : 'Give one of the options that the values are mapped to.';
  return forms[type].fits(defaultValue) ? null : `Give ${forms[type].means} as defaultValue.`;
}
