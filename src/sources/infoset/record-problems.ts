import { type Fields, fieldsOf, objectsIn, textOf } from '../../domain/model/record-fields.js';
import type { RecordProblem } from '../../domain/ports/source.js';
import { keptId, keptText, longestId } from '../../domain/text/kept-text.js';
import { storableText } from '../../domain/text/storable-text.js';

const alteredHint = 'The rest of the record is unchanged. If it matters, shorten or simplify it at the source and extract again.';

export const fieldAltered = (about: string, message: string): RecordProblem => ({
  code: 'FIELD_ALTERED',
  about,
  message,
  hint: alteredHint,
});

export const dateUnreadable = (field: string): RecordProblem => ({
  code: 'DATE_UNREADABLE',
  message: `${field} is not a date.`,
  hint: 'Correct it at the source. The text is kept unchanged.',
});

export const customFieldsUnreadable = (field: string): RecordProblem => ({
  code: 'CUSTOM_FIELDS_UNREADABLE',
  message: `${field} is text that is not JSON.`,
  hint: 'Correct it at the source and extract again. The text is kept unchanged.',
});

export const withoutId: RecordProblem = {
  code: 'RECORD_WITHOUT_ID',
  message: 'The record has no id.',
  hint: 'It is stored under a digest of its text. Give it an id at the source.',
};

export const unusableId = (id: string): RecordProblem => ({
  code: 'ID_UNUSABLE',
  sourceId: keptId(id),
  message:
    id.length > longestId
      ? `The record is skipped: its id has ${id.length} characters, and the limit is ${longestId}.`
      : 'The record is skipped: its id has characters that cannot be stored.',
  hint: 'It is stored unchanged, but neither it nor records that belong only to it are moved. Give it another id at the source and extract again.',
});

export const notARecord: RecordProblem = {
  code: 'ID_UNUSABLE',
  message: 'This entry of the listing is not a record. It is skipped.',
  hint: 'It is stored unchanged. Correct it at the source and extract again.',
};

export const longReference = (field: string, id: string): RecordProblem => ({
  code: 'FIELD_ALTERED',
  about: `${field} ${keptId(id)}`,
  message: `${field} refers to an id of ${id.length} characters, which no record can have. The record moves without this link.`,
  hint: 'Correct the link at the source and extract again, if it is needed.',
});

export const tagIsNotText = (name: string): RecordProblem => ({
  code: 'FIELD_ALTERED',
  about: `tag ${name}`,
  message: `A tag is not text. It is stored as “${name}”.`,
  hint: 'Map it to another name in the mapping of tags.',
});

export const longTag = (name: string, length: number, keptLength: number): RecordProblem => ({
  code: 'FIELD_ALTERED',
  about: `tag ${name}`,
  message: `A tag of ${length} characters is cut to ${keptLength}: “${name}”.`,
  hint: 'Map it to another name in the mapping of tags, or shorten it at the source and extract again.',
});

/** JSON escapes of NUL and of half a surrogate pair, or such a half itself. */
const mayBeUnstorable = /\\u(?:0000|[dD][89a-fA-F])|\p{Cs}/u;

/** One problem for each field with characters that neither the database nor the workspace accepts. They are removed later. */
export function removedCharacters(raw: string, record: Fields): RecordProblem[] {
  if (!mayBeUnstorable.test(raw)) return [];
  const affected = [...fieldsOf(record)].filter(([, value]) => isUnstorable(value)).map(([path]) => keptText(path, 200));
  return affected.map(field => ({
    code: 'CHARACTERS_REMOVED',
    about: field,
    message: `${field} contains NUL or half a surrogate pair. These characters are removed, and the rest moves.`,
    hint: 'Nothing needs to be done, unless the text looks wrong in Intercom.',
  }));
}

/** Checks nested texts too. The gate limits the nesting. */
function isUnstorable(value: unknown): boolean {
  if (typeof value === 'string') return storableText(value) !== value;
  return typeof value === 'object' && value !== null && Object.values(value).some(isUnstorable);
}

/** A file is stored under its id, or under a shortened one. */
export const alteredFileIds = (fields: Fields): RecordProblem[] =>
  objectsIn(fields.attachments)
    .map(({ id }) => textOf(id))
    .filter(id => id !== keptId(id) && id !== '')
    .map(id => ({
      code: 'FIELD_ALTERED',
      about: `attachment ${keptId(id)}`,
      message: `The id of a file has ${id.length} characters or cannot be stored. The file is stored as “${keptId(id)}”.`,
      hint: 'Nothing needs to be done: the file moves with its message.',
    }));
