import { createHash } from 'node:crypto';
import { customFieldsOf } from '../../domain/record-fields.js';
import type { RecordProblem, SourceRecord } from '../../domain/source.js';
import { parseZonedDate } from '../../domain/zoned-date.js';
import type { InfosetProfile, ResourceProfile } from './profile.js';

type Fields = Record<string, unknown>;

const isPresent = (value: unknown) => value !== null && value !== undefined && value !== '';

/** Reads what is known of a record without understanding it; whatever is odd becomes a problem of this record alone. */
export function toRecord(
  profile: InfosetProfile,
  resource: ResourceProfile,
  timeZone: string,
  raw: string,
  item: unknown,
): SourceRecord {
  const fields = (typeof item === 'object' && item !== null ? item : {}) as Fields;
  const names = profile.fields;
  const problems: RecordProblem[] = [];
  const date = (name: string) => {
    const date = parseZonedDate(fields[name], timeZone);
    if (!date && isPresent(fields[name])) {
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
  const tags = fields[names.tags];
  return {
    id: idOf(fields[names.id], raw, problems),
    raw,
    parentId:
      resource.parentField && isPresent(fields[resource.parentField]) ? storable(String(fields[resource.parentField])) : null,
    createdAt: date(names.createdAt),
    updatedAt: date(names.updatedAt),
    channel: typeof fields[names.channel] === 'string' ? storable(fields[names.channel] as string) : null,
    references: referencesOf(resource, fields),
    tags: Array.isArray(tags) ? tags.filter(tag => typeof tag === 'string' && tag !== '').map(storable) : [],
    problems,
  };
}

/** Postgres stores neither NUL nor half a surrogate pair: then as JSON writes them. */
function storable(text: string): string {
  return text.includes('\0') || !text.isWellFormed() ? JSON.stringify(text).slice(1, -1) : text;
}

function idOf(id: unknown, raw: string, problems: RecordProblem[]): string {
  const text = typeof id === 'number' || typeof id === 'string' ? String(id) : '';
  if (text !== '' && storable(text) === text) return text;
  problems.push({
    code: 'RECORD_WITHOUT_ID',
    message: 'The record has no id.',
    hint: 'It is kept under a digest of its text; give it an id at the source.',
  });
  return `sha256:${createHash('sha256').update(raw).digest('hex')}`;
}

function referencesOf(resource: ResourceProfile, fields: Fields): string[] {
  return Object.entries(resource.references ?? {}).flatMap(([field, listing]) => {
    const value = fields[field];
    const ids = Array.isArray(value) ? value : [value];
    return ids
      .filter(id => isPresent(id) && (typeof id === 'number' || typeof id === 'string'))
      .map(id => storable(`${listing}:${id}`));
  });
}
