import type { AttributeValues, FieldValue, Loss } from '../../domain/drafts/drafts.js';
import { type AttributeModel, attributeOf } from '../../domain/mapping/attributes.js';
import type { SentField } from '../../domain/mapping/deal-type.js';
import type { FieldMapping } from '../../domain/mapping/field-mapping.js';
import { optionNames, replaced } from '../../domain/mapping/renamed-tags.js';
import { foreignTable } from '../../domain/model/own-entry.js';
import { type Fields, fieldsOf, isFilled, textOf } from '../../domain/model/record-fields.js';
import { isThousands, keepsDigits } from '../../domain/text/exact-json.js';
import { storableText, withoutSourceLinks } from '../../domain/text/html-text.js';
import { tagName } from '../../domain/text/tag-name.js';
import { showsText } from '../../domain/text/visible-text.js';
import { dayOf, hasTimeOfDay, isNoDate, parseZonedDate, withOffset } from '../../domain/text/zoned-date.js';

/** The mapping of each field of a type, by its path. */
export type TypeMapping = ReadonlyMap<string, SentField>;

/** Maximum length of an attribute in Intercom. */
export const longestAttribute = 255;

/** The values of a record by target. */
export interface MappedValues {
  /** Values of standard fields of the destination, by source path. */
  targets: Map<string, unknown>;
  attributes: AttributeValues;
  fields: Record<string, string>;
  losses: Loss[];
  /** Whole values that were cut: label and text. */
  whole: { label: string; text: string }[];
}

/** Resolves a value before it is converted: an id can stand for a name. */
export type Resolve = (path: string, value: unknown, record: Fields) => unknown;

/** Sorts the fields of a record by their target in the confirmed mapping. */
export function mapFields(
  record: Fields,
  mapping: TypeMapping,
  model: AttributeModel,
  timeZone: string,
  resolve: Resolve = (_, value) => value,
): MappedValues {
  const mapped: MappedValues = {
    targets: new Map(),
    attributes: foreignTable(),
    fields: foreignTable(),
    losses: [],
    whole: [],
  };
  const present = fieldsOf(record);
  for (const [path, raw] of present) {
    const field = mapping.get(path);
    if (!isFilled(raw)) continue;
    if (!field) mapped.losses.push({ field: path, code: 'NOT_MAPPED', lossy: true });
    if (!field || field.action === 'IGNORE' || field.targetPath === null) continue;
    const value = attributeOf(field.targetPath) ? mappedText(field, resolve(path, raw, record)) : mappedItem(field, raw);
    if (isFilled(value)) putValue(mapped, path, field, value, model, timeZone, typeof raw === 'number' && value === textOf(raw));
  }
  for (const [path, field] of mapping) {
    if (!needsDefault(mapped, path, field, present, mapping)) continue;
    putValue(mapped, path, field, field.defaultValue, model, timeZone);
    mapped.losses.push({ field: path, code: 'DEFAULTED', lossy: false });
  }
  return mapped;
}

/** A field without a value, unless another field has a value for the same target. */
function needsDefault(
  { targets }: MappedValues,
  path: string,
  { defaultValue, targetPath, action }: SentField,
  present: ReadonlyMap<string, unknown>,
  mapping: TypeMapping,
): boolean {
  if (defaultValue === null || targetPath === null || action === 'IGNORE' || isFilled(present.get(path))) return false;
  return ![...targets.keys()].some(each => mapping.get(each)?.targetPath === targetPath);
}

function putValue(
  mapped: MappedValues,
  path: string,
  field: SentField,
  value: unknown,
  model: AttributeModel,
  timeZone: string,
  isNumber = false,
): void {
  const attribute = attributeOf(field.targetPath);
  if (!attribute) {
    const name = field.targetPath!.slice(field.targetPath!.indexOf('.') + 1);
    if (name.endsWith('_at') && isNoDate(value)) return;
    if (!mapped.targets.has(path)) mapped.targets.set(path, value);
    mapped.fields[path] = name;
    return;
  }
  const text = textOf(value);
  const isDate = field.attributeType === 'date' || field.attributeType === 'datetime';
  if (isDate && isNoDate(text)) return;
  const isAmbiguous = !isNumber && (field.attributeType === 'integer' || field.attributeType === 'decimal') && isThousands(text);
  const converted = isAmbiguous ? null : convert(text, field, model, timeZone);
  keep(mapped, path, attribute.name, text, converted);
  if (field.asText) mapped.losses.push({ field: path, code: 'NORMALISED', lossy: false });
  if (field.attributeType === 'date' && typeof converted === 'number' && hasTimeOfDay(text)) {
    mapped.losses.push({ field: path, code: 'VALUE_REFUSED', lossy: true });
    mapped.whole.push({ label: path, text });
  }
}

/** Puts a value into an attribute, and a value that does not fit into the note. */
function keep(mapped: MappedValues, path: string, name: string, text: string, converted: FieldValue | null): void {
  mapped.fields[path] = `attributes.${name}`;
  if (converted === null) {
    refuse(mapped, path, text);
    return;
  }
  if (typeof converted !== 'string') {
    mapped.attributes[name] = converted;
    const isOther = typeof converted === 'number' && keepsDigits(text.trim()) && String(converted) !== text.trim();
    if (isOther) mapped.losses.push({ field: path, code: 'NORMALISED', lossy: false });
    return;
  }
  if (converted !== text) mapped.losses.push({ field: path, code: 'NORMALISED', lossy: false });
  const storable = storableText(converted);
  if (storable !== converted) mapped.losses.push({ field: path, code: 'CHARACTERS_REMOVED', lossy: false });
  if (!showsText(storable)) {
    delete mapped.fields[path];
    return;
  }
  mapped.attributes[name] = cut(storable);
  if (storable.length > longestAttribute) {
    mapped.losses.push({ field: path, code: 'TOO_LONG', lossy: true });
    mapped.whole.push({ label: path, text: storable });
  }
}

/** At most as long as an attribute, without half a character at the end. */
export const cut = (text: string) => storableText(text.slice(0, longestAttribute));

/** The text of a value after its replacement, of each item of a list; null if it is left out. A value of options is one text. */
function mappedText({ values, attributeType }: FieldMapping, value: unknown): string | null {
  if (!isFilled(value)) return null;
  if (!Array.isArray(value) || attributeType === 'options' || values.length === 0) return replaced(values, textOf(value));
  const items = value.filter(isFilled).flatMap(item => replaced(values, textOf(item)) ?? []);
  return items.length > 0 ? items.join(', ') : null;
}

/** The value for a standard field of the destination, after its replacement. Lists are references. */
const mappedItem = ({ values }: SentField, raw: unknown): unknown =>
  Array.isArray(raw) || values.length === 0 ? raw : replaced(values, textOf(raw));

/** @returns null if the value does not fit the type of the attribute */
function convert(
  text: string,
  { attributeType, values }: FieldMapping,
  model: AttributeModel,
  timeZone: string,
): FieldValue | null {
  const type = attributeType ?? 'string';
  if (type === 'integer' || type === 'decimal') {
    const number = Number(text);
    return keepsDigits(text.trim()) && (type === 'decimal' || Number.isSafeInteger(number)) ? number : null;
  }
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : null;
  if (type === 'options') return optionNames(values).has(tagName(text)) ? tagName(text) : null;
  if (type === 'datetime' || (type === 'date' && model !== 'conversation')) {
    // A day does not depend on the time zone.
    const date = type === 'date' ? dayOf(text) : parseZonedDate(text, timeZone);
    const time = date && secondsOf(date);
    return time !== null && time >= earliestDate && time <= latestDate ? time : null;
  }
  return withOffset(text, timeZone);
}

/** Range of plausible dates. Others are typing errors. */
const [earliestDate, latestDate] = [Date.UTC(1000, 0) / 1000, Date.UTC(9999, 11, 31, 23, 59, 59) / 1000];

export function unixSeconds(value: unknown, timeZone: string): number | null {
  const date = parseZonedDate(value, timeZone);
  return date ? secondsOf(date) : null;
}

const secondsOf = (date: Date) => Math.floor(date.getTime() / 1000);

/**
 * A time for a standard field of the destination. A time before 1970 or after `latest` is kept in the note.
 * @param latest when the record was read, in Unix milliseconds
 */
export function nativeTimeOf(
  mapped: MappedValues,
  mapping: TypeMapping,
  target: string,
  { latest, timeZone }: { latest: number; timeZone: string },
): number | null {
  for (const [path, value] of mapped.targets) {
    if (mapping.get(path)?.targetPath !== target) continue;
    const time = unixSeconds(value, timeZone);
    if (time !== null && time >= 0 && time * 1000 <= latest) return time;
    refuse(mapped, path, textOf(value));
  }
  return null;
}

export function refuse(mapped: MappedValues, path: string, text: string): void {
  mapped.losses.push({ field: path, code: 'VALUE_REFUSED', lossy: true });
  mapped.whole.push({ label: path, text });
  delete mapped.fields[path];
}

/** A note with whole values, without addresses of the source; null if there are none. */
export function wholeValuesNote(whole: readonly { label: string; text: string }[], hosts: readonly string[]): string | null {
  if (whole.length === 0) return null;
  return withoutSourceLinks(storableText(whole.map(({ label, text }) => `${label}: ${text}`).join('\n')), { hosts });
}
