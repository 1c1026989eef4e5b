import { parseExact } from '../text/exact-json.js';
import { showsText } from '../text/visible-text.js';

/** A record's parsed JSON. */
export type Fields = Record<string, unknown>;

/** A record as it was staged. Numbers that a double cannot represent are texts. */
export const recordOf = (raw: string) => parseExact(raw) as Fields;

/** Missing, null, '' and invisible text mean the same. */
export function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isItem);
  return isItem(value);
}

const isItem = (value: unknown) => value !== null && value !== undefined && (typeof value !== 'string' || showsText(value));

/** The path of a custom field in mappings. */
export const customFieldPath = (label: string) => `customFields[${JSON.stringify(label)}]`;

/** The label in such a path; null for any other path. */
export function customFieldLabel(path: string): string | null {
  const match = /^customFields\[(".*")\]$/s.exec(path);
  return match ? (JSON.parse(match[1]!) as string) : null;
}

/** The path of custom fields that cannot be read. */
export const unreadableCustomFields = 'customFields';

/**
 * Custom fields by label. They can be an object, a list of {label, value}, or either as JSON text; null if the text is not
 * JSON.
 */
export function customFieldsOf(value: unknown): Map<string, unknown> | null {
  if (!isFilled(value)) return new Map();
  if (typeof value === 'string') {
    try {
      return customFieldsOf(parseExact(value));
    } catch {
      return null;
    }
  }
  if (Array.isArray(value)) {
    const entries = value.filter((each): each is { label: string; value?: unknown } => typeof each?.label === 'string');
    if (entries.length < value.length) return null;
    return valuesByLabel(entries);
  }
  return typeof value === 'object' ? new Map(Object.entries(value as Fields)) : null;
}

/** A label that occurs several times has all of its values. */
function valuesByLabel(entries: readonly { label: string; value?: unknown }[]): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [label, all] of Map.groupBy(entries, each => each.label)) {
    const filled = all.map(each => each.value).filter(isFilled);
    values.set(label, filled.length > 1 ? filled.flat() : (filled[0] ?? all[0]!.value));
  }
  return values;
}

/**
 * Every field of a record by its path: `name`, `address.city`, `customFields["Label"]`. Objects are opened one level deep.
 * Lists are kept whole.
 */
export function fieldsOf(record: Fields): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, value] of Object.entries(record)) {
    if (name === 'customFields') {
      const custom = customFieldsOf(value);
      if (custom === null) fields.set(unreadableCustomFields, typeof value === 'string' ? value : JSON.stringify(value));
      else for (const [label, each] of custom) fields.set(customFieldPath(label), each);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const inner = Object.entries(value as Fields);
      for (const [part, each] of inner) fields.set(`${name}.${part}`, each);
    } else fields.set(name, value);
  }
  return fields;
}

/** A value as text: lists joined, objects as JSON; '' if it is empty. */
export function textOf(value: unknown): string {
  if (!isFilled(value)) return '';
  if (Array.isArray(value)) return value.filter(isFilled).map(textOf).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A number, or a text that is one; NaN for anything else. */
export const numberOf = (value: unknown) =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;

/** A value as a document shows it: lists and objects as JSON. */
export const shown = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : textOf(value));

/** The objects of a list; none if it is not a list. */
export const objectsIn = (value: unknown): Fields[] =>
  (Array.isArray(value) ? (value as unknown[]) : []).filter(each => typeof each === 'object' && each !== null) as Fields[];

/** The name of an id; the id itself if it is unknown. */
export function namedBy(names: ReadonlyMap<string, string | { name: string }>, id: unknown): string {
  const found = names.get(textOf(id));
  return found === undefined ? textOf(id) : typeof found === 'string' ? found : found.name;
}
