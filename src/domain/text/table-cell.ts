import { shownText } from './shown-text.js';

export type Cell = string | number | boolean | null | undefined;

/** Texts that spreadsheets may run as formulas, also after white space and with full-width signs. */
const formula = /^[\t\r\n]|^[\s\p{C}]*[=+@\uff1d\uff0b\uff0d\uff20-]/u;
/** Negative numbers and telephone numbers begin with the same signs but are not formulas. */
const harmless = /^(-\d+(\.\d+)?(e[+-]?\d+)?|\+[\d ()]+)$/i;

/** The text of a table cell. Formulas get a leading quote, and characters that cannot be shown are replaced. */
export function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  const text = shownText(String(cell));
  return typeof cell === 'string' && formula.test(text) && !harmless.test(text) ? `'${text}` : text;
}
