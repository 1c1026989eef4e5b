import { shownText } from './shown-text.js';

export type Cell = string | number | boolean | null | undefined;

/** What spreadsheets may carry out instead of showing it, behind blanks and in full width too. */
const formula = /^[\t\r\n]|^[\s\p{C}]*[=+@\uff1d\uff0b\uff0d\uff20-]/u;
/** Negative numbers and telephone numbers may begin so: nothing in them is carried out. */
const harmless = /^(-\d+(\.\d+)?(e[+-]?\d+)?|\+[\d ()]+)$/i;

/** A cell as it stands in a table: what a spreadsheet would carry out is quoted, what can't be shown is replaced. */
export function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  const text = shownText(String(cell));
  return typeof cell === 'string' && formula.test(text) && !harmless.test(text) ? `'${text}` : text;
}
