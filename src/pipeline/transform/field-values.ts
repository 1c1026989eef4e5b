import { storableText, withoutSourceLinks } from '../../domain/html-text.js';
import type { AttributeValues, FieldValue, Loss } from '../../domain/load/drafts.js';
import { type AttributeModel, attributeOf } from '../../domain/mapping/attributes.js';
import type { FieldMapping } from '../../domain/mapping/field-mapping.js';
import { foreignTable } from '../../domain/own-entry.js';
import { type Fields, fieldsOf, isFilled, textOf } from '../../domain/record-fields.js';
import { parseZonedDate } from '../../domain/zoned-date.js';

/** What becomes of each field of a type, by its path. */
export type TypeMapping = ReadonlyMap<string, FieldMapping>;

/** As long as Intercom lets an attribute be. */
export const longestAttribute = 255;

/** What a record holds, by where it goes. */
export interface MappedValues {
  /** Values of the destination's own fields, by target path; of several fields the first in the mapping's order. */
  targets: Map<string, unknown>;
  attributes: AttributeValues;
  fields: Record<string, string>;
  losses: Loss[];
  /** Whole values that were cut: label and text. */
  whole: { label: string; text: string }[];
}

/** What a source value is before it is converted: an id may stand for a name. */
export type Resolve = (path: string, value: unknown, record: Fields) => unknown;

/** Sorts the fields of a record by where a confirmed mapping sends them. */
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
  for (const [path, raw] of fieldsOf(record)) {
    const field = mapping.get(path);
    if (!field || field.action === 'IGNORE' || field.targetPath === null || !isFilled(raw)) continue;
    const attribute = attributeOf(field.targetPath);
    if (!attribute) {
      const name = field.targetPath.slice(field.targetPath.indexOf('.') + 1);
      if (!mapped.targets.has(path)) mapped.targets.set(path, raw);
      mapped.fields[path] = name;
      continue;
    }
    const value = resolve(path, raw, record);
    if (!isFilled(value)) continue;
    const mappedValue = mappedText(field, textOf(value));
    if (mappedValue === null) continue;
    const converted = convert(mappedValue, field.attributeType ?? 'string', model, timeZone);
    keep(mapped, path, attribute.name, mappedValue, converted);
  }
  return mapped;
}

/** Puts a value into an attribute, and what does not fit into the note. */
function keep(mapped: MappedValues, path: string, name: string, text: string, converted: FieldValue | null): void {
  mapped.fields[path] = `attributes.${name}`;
  if (converted === null) {
    mapped.losses.push({ field: path, code: 'VALUE_REFUSED', lossy: true });
    mapped.whole.push({ label: path, text });
    delete mapped.fields[path];
    return;
  }
  if (typeof converted !== 'string') {
    mapped.attributes[name] = converted;
    return;
  }
  const storable = storableText(converted);
  if (storable !== converted) mapped.losses.push({ field: path, code: 'CHARACTERS_REMOVED', lossy: false });
  if (storable.trim() === '') {
    delete mapped.fields[path];
    return;
  }
  mapped.attributes[name] = cut(storable);
  if (storable.length > longestAttribute) {
    mapped.losses.push({ field: path, code: 'TOO_LONG', lossy: true });
    mapped.whole.push({ label: path, text: storable });
  }
}

/** At most as long as an attribute may be, and no character torn apart. */
export const cut = (text: string) => storableText(text.slice(0, longestAttribute));

/** By the value mapping, where there is one for it; null where it is to be left out. */
function mappedText({ values }: FieldMapping, text: string): string | null {
  const mapped = values.find(({ from }) => from === text);
  return mapped ? mapped.to : text;
}

function convert(
  text: string,
  type: NonNullable<FieldMapping['attributeType']>,
  model: AttributeModel,
  timeZone: string,
): FieldValue | null {
  if (type === 'integer' || type === 'decimal') {
    const number = Number(text);
    return Number.isFinite(number) && (type === 'decimal' || Number.isSafeInteger(number)) ? number : null;
  }
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : null;
  if (type === 'date' && model === 'conversation') return text;
  if (type === 'date' || type === 'datetime') return unixSeconds(text, type === 'date' ? 'UTC' : timeZone);
  return text;
}

export function unixSeconds(value: unknown, timeZone: string): number | null {
  const date = parseZonedDate(value, timeZone);
  return date ? Math.floor(date.getTime() / 1000) : null;
}

/** A note that holds whole values, without addresses of the source; null where there are none. */
export function wholeValuesNote(whole: readonly { label: string; text: string }[], hosts: readonly string[]): string | null {
  if (whole.length === 0) return null;
  return withoutSourceLinks(whole.map(({ label, text }) => `${label}: ${text}`).join('\n'), { hosts });
}
