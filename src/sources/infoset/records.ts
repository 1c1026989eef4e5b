import { createHash } from 'node:crypto';
import { customFieldsOf, type Fields, isFilled, textOf } from '../../domain/model/record-fields.js';
import { gated } from '../../domain/model/record-gate.js';
import type { RecordProblem, SourceRecord } from '../../domain/ports/source.js';
import { isUsableId, keptText, longestId, storedText } from '../../domain/text/kept-text.js';
import { isLongTag, tagName } from '../../domain/text/tag-name.js';
import { isNoDate, parseZonedDate } from '../../domain/text/zoned-date.js';
import type { InfosetProfile, ResourceProfile } from './profile.js';
import * as problem from './record-problems.js';

/** Reads the fields of a record that the profile names. Anything unusual becomes a problem of this record alone. */
export function toRecord(
  profile: InfosetProfile,
  resource: ResourceProfile,
  timeZone: string,
  raw: string,
  item: unknown,
): SourceRecord {
  const problems: RecordProblem[] = [];
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return skippedEntry(raw);
  const { record: fields, refusals } = gated(item as Fields);
  for (const { about, message } of refusals) problems.push(problem.fieldAltered(about!, message));
  const names = profile.fields;
  const dateIn = (name: string) => {
    const date = parseZonedDate(fields[name], timeZone);
    if (!date && isFilled(fields[name]) && !isNoDate(fields[name])) problems.push(problem.dateUnreadable(name));
    return date;
  };
  if (customFieldsOf(fields[names.customFields]) === null) problems.push(problem.customFieldsUnreadable(names.customFields));
  const id = isScalar(fields[names.id]) ? String(fields[names.id]) : '';
  const skipped = id !== '' && !isUsableId(id);
  if (skipped) problems.push(problem.unusableId(id));
  else if (id === '') problems.push(problem.withoutId);
  if (!skipped) problems.push(...problem.removedCharacters(raw, fields));
  problems.push(...problem.alteredFileIds(fields));
  for (const name of resource.dates ?? []) dateIn(name);
  const channel = fields[names.channel];
  const parent = resource.parentField ? fields[resource.parentField] : undefined;
  return {
    id: id === '' || skipped ? digestOf(raw) : id,
    // The exact text is kept, unless the gate altered the record.
    raw: refusals.length === 0 ? raw : JSON.stringify(fields),
    parentId: isScalar(parent) && isUsableId(String(parent)) ? String(parent) : null,
    createdAt: dateIn(names.createdAt),
    updatedAt: dateIn(names.updatedAt),
    channel: typeof channel === 'string' ? keptText(channel, longestId) : null,
    references: skipped ? [] : referencesOf(resource, fields, problems),
    tags: skipped ? [] : tagsOf(fields[names.tags], problems),
    skipped,
    problems,
  };
}

const isScalar = (value: unknown): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && value !== '');

const digestOf = (raw: string) => `sha256:${createHash('sha256').update(raw).digest('hex')}`;

/** An entry of a listing that is not an object. */
const skippedEntry = (raw: string): SourceRecord => ({
  id: digestOf(raw),
  raw,
  parentId: null,
  createdAt: null,
  updatedAt: null,
  channel: null,
  references: [],
  tags: [],
  skipped: true,
  problems: [problem.notARecord],
});

/** The distinct names of tags. A tag without visible characters is left out. */
function tagsOf(tags: unknown, problems: RecordProblem[]): string[] {
  const all = [tags].flat().filter(isFilled);
  const names = all.map(tag => {
    const text = textOf(tag);
    const name = tagName(text);
    const shown = keptText(name, 100);
    if (typeof tag === 'object') problems.push(problem.tagIsNotText(shown));
    else if (isLongTag(text)) problems.push(problem.longTag(shown, text.length, name.length));
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
      problems.push(problem.longReference(field, id));
      return [];
    });
  });
}
