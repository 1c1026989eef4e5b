import { createHash } from 'node:crypto';
import type { FieldMapping, MappedType } from '../mapping/field-mapping.js';
import type { Cell } from '../text/table-cell.js';
import { canonicalJson } from './canonical-json.js';
import { type Fields, fieldsOf, isFilled, textOf } from './record-fields.js';

/** The file name of a report. Ids that look alike get different names. */
export function reportFile(id: string): string {
  const name = id.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 80);
  const isOwn = name === id && name !== '' && !name.startsWith('computed-');
  return `reports/${isOwn ? name : `${name}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`}.csv`;
}

export type InventoryType = 'MAIL_ACCOUNT' | 'CHAT_WIDGET' | 'AUTOMATION' | 'REPORT';

/** A type that only moves into documents, because the API of Intercom cannot create it. */
export interface Inventory {
  recordType: InventoryType;
  /** The document that describes a record. */
  document: (id: string) => string;
  /** The table with every field of every record. Records are verified by it. */
  fieldTable: string;
}

/** Columns of each field table. */
export const fieldTableColumns = ['record_id', 'field', 'value'] as const;

export const inventories: readonly Inventory[] = [
  {
    recordType: 'MAIL_ACCOUNT',
    document: () => 'mail-routing.md',
    fieldTable: 'mail-routing-fields.csv',
  },
  {
    recordType: 'CHAT_WIDGET',
    document: () => 'messenger-inventory.md',
    fieldTable: 'messenger-inventory-fields.csv',
  },
  {
    recordType: 'AUTOMATION',
    document: () => 'automation-inventory.md',
    fieldTable: 'automation-inventory-fields.csv',
  },
  { recordType: 'REPORT', document: reportFile, fieldTable: 'report-list-fields.csv' },
];

/** Paths of the fields of a type that a mapping ignores. */
export const leftOutOf = (fields: readonly FieldMapping[], type: MappedType): ReadonlySet<string> =>
  new Set(
    fields.filter(({ recordType, action }) => recordType === type && action === 'IGNORE').map(({ sourcePath }) => sourcePath),
  );

/** Every filled field that is not ignored, by path: texts unchanged, lists and objects as JSON. */
export function inventoryFields(record: Fields, leftOut: ReadonlySet<string>): [path: string, value: string][] {
  return [...fieldsOf(record)]
    .filter(([path, value]) => isFilled(value) && !leftOut.has(path))
    .map(([path, value]) => [path, typeof value === 'object' ? canonicalJson(value) : String(value)]);
}

/** A record without the ignored fields. Paths are one level deep. */
export function withoutFields(record: Fields, leftOut: ReadonlySet<string>): Fields {
  const keep = (fields: Fields, before: string) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !leftOut.has(`${before}${name}`)));
  return Object.fromEntries(
    Object.entries(keep(record, '')).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && !Array.isArray(value) ? keep(value as Fields, `${name}.`) : value,
    ]),
  );
}

/** The table of a report as the source returned it. */
export function reportTable({ columns, rows }: Fields): { columns: string[]; rows: Cell[][] } {
  return {
    columns: (Array.isArray(columns) ? columns : []).map(textOf),
    rows: (Array.isArray(rows) ? rows : []).map(row =>
      [row].flat().map(each => (typeof each === 'number' ? each : textOf(each))),
    ),
  };
}
