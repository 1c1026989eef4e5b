export type Cell = string | number | boolean | null | undefined;

/** What spreadsheets would carry out instead of showing it; numbers and telephone numbers may begin so. */
const formula = /^[=@\t\r]|^[+-](?![\d\s().-]+$)/;

/** A cell as it stands in a table: what a spreadsheet would carry out is quoted, half of a surrogate pair is replaced. */
export function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  const text = String(cell).toWellFormed();
  return typeof cell === 'string' && formula.test(text) ? `'${text}` : text;
}
