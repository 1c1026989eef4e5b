import type { AttributeValues, Loss } from '../../domain/drafts/drafts.js';
import { type AttributeModel, attributePath } from '../../domain/mapping/attributes.js';
import type { AttributeType } from '../../domain/mapping/field-mapping.js';
import type { PreviewedRecord, PreviewLine } from '../../domain/mapping/preview.js';
import { ownEntry } from '../../domain/model/own-entry.js';
import { type Fields, fieldsOf, isFilled, textOf } from '../../domain/model/record-fields.js';
import type { TypeMapping } from './field-values.js';

/** What would be written for a record. */
export interface Written {
  model: AttributeModel;
  draft: { fields: Record<string, string>; attributes: AttributeValues; losses: readonly Loss[] };
  /** Values of standard fields of the destination, by name. */
  values: Record<string, unknown>;
  /** Attributes that are added for a field, by its path. */
  added: Record<string, string[]>;
  /** Standard fields that follow from a field besides its own target, by its path. */
  derived?: Record<string, string>;
  note: string | null;
}

const longest = 500;
const cut = (text: string) => text.slice(0, longest).toWellFormed();

/** Each filled field of a record with what becomes of it. */
export function previewLines(record: Fields, mapping: TypeMapping, written: Written): Pick<PreviewedRecord, 'lines' | 'note'> {
  const { model, draft, values, added, derived } = written;
  const lines: PreviewLine[] = [];
  for (const [path, raw] of fieldsOf(record)) {
    if (!isFilled(raw)) continue;
    const losses = [...new Set(draft.losses.filter(({ field }) => field === path).map(({ code }) => code))];
    const type = mapping.get(path)?.attributeType ?? null;
    const add = (target: string | null, value: unknown, as: AttributeType | null) => {
      const text = isFilled(value) ? cut(shownAs(value, as)) : null;
      lines.push({ sourcePath: path, source: cut(textOf(raw)), target: text === null ? null : target, value: text, losses });
    };
    const addAttribute = (name: string, as: AttributeType | null) =>
      add(attributePath(model, name), ownEntry(draft.attributes, name), as);
    const target = ownEntry(draft.fields, path) ?? partOfName(path, mapping, draft.fields);
    const attribute = /^attributes\.(.+)$/s.exec(target ?? '')?.[1];
    if (attribute) addAttribute(attribute, type);
    else add(mapping.get(path)?.targetPath ?? null, target && ownEntry(values, target), timeIn(target));
    for (const name of ownEntry(added, path) ?? []) if (Object.hasOwn(draft.attributes, name)) addAttribute(name, timeIn(name));
    const following = derived && ownEntry(derived, path);
    if (following) add(`${model}.${following}`, ownEntry(values, following), null);
  }
  return { lines, note: written.note === null ? null : cut(written.note) };
}

/** First and last name are written together, if there is no full name. */
function partOfName(path: string, mapping: TypeMapping, fields: Record<string, string>): string | null {
  const isPart = (path === 'firstName' || path === 'lastName') && mapping.get(path)?.targetPath === 'contact.name';
  return isPart && !Object.hasOwn(fields, 'fullName') ? 'name' : null;
}

/** Standard fields with a time have such a name. */
const timeIn = (name: string | null) => (name?.endsWith('_at') ? 'datetime' : null);

/** Times are sent as Unix seconds; people read them as dates. */
function shownAs(value: unknown, type: AttributeType | null): string {
  if (typeof value !== 'number' || (type !== 'date' && type !== 'datetime')) return textOf(value);
  const text = new Date(value * 1000).toISOString();
  return type === 'date' ? text.slice(0, 10) : text;
}
