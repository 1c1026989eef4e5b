import { createHash } from 'node:crypto';
import { customFieldsOf, type Fields, fieldsOf, isFilled, objectsIn, textOf } from '../../domain/model/record-fields.js';
import { gated } from '../../domain/model/record-gate.js';
import type { RecordProblem, SourceRecord } from '../../domain/ports/source.js';
import { isUsableId, keptId, keptText, longestId, storedText } from '../../domain/text/kept-text.js';
import { storableText } from '../../domain/text/storable-text.js';
import { isLongTag, tagName } from '../../domain/text/tag-name.js';
import { isNoDate, parseZonedDate } from '../../domain/text/zoned-date.js';
import type { InfosetProfile, ResourceProfile } from './profile.js';

const alteredHint =
  'Nothing else of the record is touched. Shorten or simplify it at the source and extract again, if it matters.';

/** Reads what is known of a record without understanding it; whatever is odd becomes a problem of this record alone. */
export function toRecord(
  profile: InfosetProfile,
  resource: ResourceProfile,
  timeZone: string,
  raw: string,
  item: unknown,
): SourceRecord {
  const problems: RecordProblem[] = [];
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return noRecord(raw);
  const { record: fields, refusals } = gated(item as Fields);
  for (const { about, message } of refusals) problems.push({ code: 'FIELD_ALTERED', about: about!, message, hint: alteredHint });
  const names = profile.fields;
  const date = (name: string) => {
    const date = parseZonedDate(fields[name], timeZone);
    if (!date && isFilled(fields[name]) && !isNoDate(fields[name])) {
      problems.push({
        code: 'DATE_UNREADABLE',
        message: `${name} is no date.`,
        hint: 'Correct it at the source; the text is kept as it is.',
      });
    }
    return date;
  };
  if (customFieldsOf(fields[names.customFields]) === null) {
    problems.push({
      code: 'CUSTOM_FIELDS_UNREADABLE',
      message: `${names.customFields} is text that is no JSON.`,
      hint: 'Correct it at the source and extract again; the text is kept as it is.',
    });
  }
  const told = fields[names.id];
  const id = isScalar(told) ? String(told) : '';
  const skipped = id !== '' && !isUsableId(id);
  if (skipped) problems.push(unusableId(id));
  else if (id === '') problems.push(withoutId);
  if (!skipped) problems.push(...removedCharacters(raw, fields));
  problems.push(...alteredFileIds(fields));
  const channel = fields[names.channel];
  const parent = resource.parentField ? fields[resource.parentField] : undefined;
  return {
    id: id === '' || skipped ? digestOf(raw) : id,
    // What has passed whole is kept to the letter.
    raw: refusals.length === 0 ? raw : JSON.stringify(fields),
    parentId: isScalar(parent) && isUsableId(String(parent)) ? String(parent) : null,
    createdAt: date(names.createdAt),
    updatedAt: date(names.updatedAt),
    channel: typeof channel === 'string' ? keptText(channel, longestId) : null,
    references: skipped ? [] : referencesOf(resource, fields, problems),
    tags: skipped ? [] : tagsOf(fields[names.tags], problems),
    skipped,
    problems,
  };
}

/** How JSON may write NUL and half a surrogate pair. */
const mayBeUnstorable = /\\u(?:0000|[dD][89a-fA-F])|\p{Cs}/u;

/** Texts that hold what no database and no workspace takes: it is taken out wherever they go. */
function removedCharacters(raw: string, record: Fields): RecordProblem[] {
  if (!mayBeUnstorable.test(raw)) return [];
  const named = [...fieldsOf(record)].filter(([, value]) => isUnstorable(value));
  return named.map(([path]) => ({
    code: 'CHARACTERS_REMOVED',
    about: keptText(path, 200),
    message: `${keptText(path, 200)} holds NUL or half a surrogate pair: these characters are taken out, and the rest moves.`,
    hint: 'Nothing is to be done, unless the text looks wrong in Intercom.',
  }));
}

/** In any of its texts: no record is nested deeply that passed the gate. */
function isUnstorable(value: unknown): boolean {
  if (typeof value === 'string') return storableText(value) !== value;
  return typeof value === 'object' && value !== null && Object.values(value).some(isUnstorable);
}

const isScalar = (value: unknown): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && value !== '');

const digestOf = (raw: string) => `sha256:${createHash('sha256').update(raw).digest('hex')}`;

const withoutId: RecordProblem = {
  code: 'RECORD_WITHOUT_ID',
  message: 'The record has no id.',
  hint: 'It is kept under a digest of its text; give it an id at the source.',
};

const unusableId = (id: string): RecordProblem => ({
  code: 'ID_UNUSABLE',
  sourceId: keptId(id),
  message:
    id.length > longestId
      ? `The record is skipped: its id is ${id.length} characters long, and ${longestId} at most can be used.`
      : 'The record is skipped: its id holds characters that cannot be stored.',
  hint: 'It is kept as it came, and moves nowhere, nor does what belongs to it alone. Give it another id at the source and extract again.',
});

/** What stands in a listing and is no object. */
const noRecord = (raw: string): SourceRecord => ({
  id: digestOf(raw),
  raw,
  parentId: null,
  createdAt: null,
  updatedAt: null,
  channel: null,
  references: [],
  tags: [],
  skipped: true,
  problems: [
    {
      code: 'ID_UNUSABLE',
      message: 'This entry of the listing is not a record. It is skipped.',
      hint: 'It is kept as it came. Correct it at the source and extract again.',
    },
  ],
});

/** A file is known by its id, or by as much of it as can be kept. */
const alteredFileIds = (fields: Fields): RecordProblem[] =>
  objectsIn(fields.attachments)
    .map(({ id }) => textOf(id))
    .filter(id => id !== keptId(id) && id !== '')
    .map(id => ({
      code: 'FIELD_ALTERED',
      about: `attachment ${keptId(id)}`,
      message: `The id of a file is ${id.length} characters long or cannot be stored. The file is stored as “${keptId(id)}”.`,
      hint: 'Nothing is to be done: the file moves with its message.',
    }));

/** Tags by their names; one that shows nothing is none. */
function tagsOf(tags: unknown, problems: RecordProblem[]): string[] {
  const all = [tags].flat().filter(isFilled);
  const names = all.map(tag => {
    const text = textOf(tag);
    const name = tagName(text);
    const shown = keptText(name, 100);
    const about = { code: 'FIELD_ALTERED', about: `tag ${shown}` } as const;
    if (typeof tag === 'object')
      problems.push({
        ...about,
        message: `A tag is no text: it is kept as “${shown}”.`,
        hint: 'Map it to another name in the mapping of tags.',
      });
    else if (isLongTag(text))
      problems.push({
        ...about,
        message: `A tag of ${text.length} characters is cut to ${name.length}: “${shown}”.`,
        hint: 'Map it to another name in the mapping of tags, or shorten it at the source and extract again.',
      });
    return name;
  });
  return [...new Set(names.filter(Boolean))];
}

function referencesOf(resource: ResourceProfile, fields: Fields, problems: RecordProblem[]): string[] {
  return Object.entries(resource.references ?? {}).flatMap(([field, listing]) => {
    const value = fields[field];
    const ids = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isScalar).map(id => storedText(String(id)));
    return ids.flatMap(id => {
      if (id.length <= longestId) return [`${listing}:${id}`];
      problems.push({
        code: 'FIELD_ALTERED',
        about: `${field} ${keptId(id)}`,
        message: `${field} names an id of ${id.length} characters, which no record can have: the record moves without that link.`,
        hint: 'Correct the link at the source and extract again, if it is needed.',
      });
      return [];
    });
  });
}
