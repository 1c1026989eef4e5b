import { unreadableCustomFields } from '../model/record-fields.js';
import type { MappingLoss } from './field-mapping.js';
import type { FieldStatistics } from './field-statistics.js';
import type { StandardField } from './standard-fields.js';

/**
 * What will not arrive unchanged.
 * @param empty records without a value, if one is required: by the definition of the field, or by the destination
 */
export function lossesOf(
  statistics: FieldStatistics,
  path: string,
  standard: StandardField | undefined,
  empty: number,
): MappingLoss[] {
  const losses: MappingLoss[] = [];
  const add = (code: MappingLoss['code'], affectedRecords: number, message: string) => {
    if (affectedRecords > 0) losses.push({ code, affectedRecords, message });
  };
  if (standard && 'ignore' in standard) return [];
  const isText = standard && 'target' in standard && /^(conversation_part|article|collection)\./.test(standard.target);
  if (!isText)
    add('TOO_LONG', statistics.tooLong, 'Longer than 255 characters: the value is cut, and a note contains the whole value.');
  add('PHONE_REFUSED', statistics.refusedAsPhone, 'Intercom does not accept the telephone number: it is kept in infoset_phone.');
  add('EMAIL_REFUSED', statistics.refusedAsEmail, 'Intercom does not accept the address: it is kept in infoset_email.');
  add('CHARACTERS_REMOVED', statistics.unstorable, 'NUL and half surrogate pairs are removed.');
  if (path === unreadableCustomFields) add('UNREADABLE', statistics.filled, 'The text is not JSON: it is kept as it is.');
  add(
    'REQUIRED_EMPTY',
    empty,
    'Empty, though a value is required: the defaultValue of the field is written, if it has one. Without it the field stays empty; an article or a collection is named by its id.',
  );
  return losses;
}
