import { foreignTable } from '../model/own-entry.js';
import { type Cell, cellText } from '../text/table-cell.js';
import { imageDigestOf } from './image-digest.js';
import type { Verification } from './verification.js';

/** A field of a record, and the cell of a table in the documents that holds it. */
export interface ComparedCell {
  field: string;
  expected: Cell;
  /** undefined if the table has no such cell. */
  actual: string | undefined;
}

/** Compares a record with the cells that it became in the documents. */
export function compareTable(cells: readonly ComparedCell[]): Verification {
  const rules = foreignTable<string>();
  const image = cells.map(({ field, actual }) => [field, actual]);
  const verification: Verification = { outcomes: foreignTable(), differences: [], rules, imageDigest: imageDigestOf(image) };
  for (const { field, expected, actual } of cells) {
    const text = cellText(expected);
    const outcome = actual !== text ? 'different' : text === String(expected ?? '') ? 'equal' : 'normalised';
    verification.outcomes[field] = { [outcome]: 1 };
    if (outcome === 'normalised') rules[field] = 'TABLE_CELL';
    if (outcome === 'different')
      verification.differences.push({ field, expected: text.slice(0, 300), actual: actual?.slice(0, 300) ?? null });
  }
  return verification;
}
