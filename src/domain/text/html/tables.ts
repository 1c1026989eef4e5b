import { attribute, type HtmlElement, type HtmlNode, isElement } from './parse.js';

/** Whether an element is shown: a part of a table may be hidden. */
type IsShown = (element: HtmlElement) => boolean;

/** The first head is shown first and the first foot last, wherever they are written. */
function placed(parts: readonly HtmlElement[]): HtmlElement[] {
  const head = parts.find(({ tagName }) => tagName === 'thead');
  const foot = parts.find(({ tagName }) => tagName === 'tfoot');
  return [...(head ? [head] : []), ...parts.filter(part => part !== head && part !== foot), ...(foot ? [foot] : [])];
}

/** The cells of a table by its rows. */
export const rowsOf = (table: HtmlElement, isShown: IsShown): HtmlElement[][] =>
  placed(
    table.childNodes
      .filter(isElement)
      .filter(({ tagName }) => tagName !== 'caption')
      .filter(isShown),
  )
    .flatMap(part => (part.tagName === 'tr' ? part : part.childNodes.filter(isElement).filter(isShown)))
    .filter(({ tagName }) => tagName === 'tr')
    .map(row =>
      row.childNodes
        .filter(isElement)
        .filter(({ tagName }) => tagName === 'td' || tagName === 'th')
        .filter(isShown),
    );

export const captionsOf = (table: HtmlElement, isShown: IsShown) =>
  table.childNodes
    .filter(isElement)
    .filter(({ tagName }) => tagName === 'caption')
    .filter(isShown);

/** Whether a table is used only for layout. */
export function isLayout(table: HtmlElement, rows: readonly HtmlElement[][]): boolean {
  if (rows.some(cells => cells.length > 1)) return false;
  const role = attribute(table, 'role')?.toLowerCase();
  return role === 'presentation' || role === 'none' || table.childNodes.some(holdsTable);
}
const holdsTable = (node: HtmlNode): boolean => isElement(node) && (node.tagName === 'table' || node.childNodes.some(holdsTable));

export interface Cell {
  cell: HtmlElement;
  html: string;
}

/** The HTML of a table; '' if no cell has visible content. */
export function tableHtml(rows: readonly Cell[][]): string {
  if (rows.length === 0) return '';
  const cellHtml = ({ cell, html }: Cell) =>
    `<${cell.tagName}${numberOf(cell, 'colspan')}${numberOf(cell, 'rowspan')}>${html}</${cell.tagName}>`;
  return `<table><tbody>${rows.map(cells => `<tr>${cells.map(cellHtml).join('')}</tr>`).join('')}</tbody></table>`;
}

/** A numeric attribute as HTML; '' if there is none. */
export function numberOf(element: HtmlElement, name: string): string {
  const value = attribute(element, name) ?? '';
  return /^\d{1,4}$/.test(value) ? ` ${name}="${value}"` : '';
}
