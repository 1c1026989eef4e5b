import { escapeText } from 'entities';
import { textOf } from '../../domain/model/record-fields.js';
import { shownText } from '../../domain/text/shown-text.js';

/**
 * Markdown that shows foreign text as text. Only the functions of this file create it, and they escape everything that is not
 * Markdown. Documents accept nothing else, so no text gets into them unescaped.
 */
class Markdown {
  /** @param text the same as plain text, for a table */
  constructor(
    readonly source: string,
    readonly text: string,
  ) {}

  /** A plain template would treat it as foreign text and escape it twice. */
  toString(): never {
    throw new TypeError('Markdown is put together by md, not by a plain template.');
  }
}

export type { Markdown };

const sourceOf = (value: unknown) => (value instanceof Markdown ? value.source : escaped(value));
const plainOf = (value: unknown) => (value instanceof Markdown ? value.text : textOf(value));

/** A template. Inserted values are escaped unless they are Markdown. */
export function md(template: TemplateStringsArray, ...values: readonly unknown[]): Markdown {
  const filled = (as: (value: unknown) => string) =>
    template.map((words, index) => (index === 0 ? '' : as(values[index - 1])) + words).join('');
  return new Markdown(filled(sourceOf), filled(plainOf));
}

/** @param separator is not escaped; empty parts are left out */
export function joined(parts: readonly unknown[], separator: string): Markdown {
  const all = (as: (value: unknown) => string) => parts.map(as).filter(Boolean).join(separator);
  return new Markdown(all(sourceOf), all(plainOf));
}

export const lines = (parts: readonly unknown[]) => joined(parts, '\n');
export const paragraphs = (parts: readonly unknown[]) => joined(parts, '\n\n');
/** Several lines in one cell. */
export const cellLines = (parts: readonly unknown[]) => joined(parts, '<br>');

/** A number with a unit, or a word in its place. It aligns its column like a number. */
class Amount extends Markdown {}
export const amount = (value: unknown) => new Amount(sourceOf(value), plainOf(value));
export const percent = (share: number) => amount(`${Math.round(share * 100)} %`);

const isNumeric = (cell: unknown) => typeof cell === 'number' || cell instanceof Amount;
const isBlank = (cell: unknown) => cell === null || cell === '';

/** A column of numbers is aligned at the right. */
export function table(columns: readonly unknown[], rows: readonly (readonly unknown[])[]): Markdown {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const isRight = (column: number) =>
    rows.some(row => isNumeric(row[column])) && rows.every(row => isNumeric(row[column]) || isBlank(row[column]));
  const head = [line(columns.map(sourceOf)), line(columns.map((_, column) => (isRight(column) ? '---:' : '---')))];
  const source = [...head, ...rows.map(row => line(row.map(sourceOf)))].join('\n');
  return new Markdown(source, source);
}

/** Indents tables, so that they belong to a list item. */
export const inItem = ({ source, text }: Markdown) => new Markdown(source.replace(/\n(?=\|)/g, '\n   '), text);

/** A link; plain text if the address is not a web address. */
export function link(address: string): Markdown {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return new Markdown(escaped(address), address);
  return new Markdown(`<${url.href.replaceAll('|', '%7C')}>`, url.href);
}

/** An address of a mail that every reader of Markdown links as a whole. */
const plainAddress = /^[("']?[A-Za-z0-9](?:[\w.+-]*[A-Za-z0-9])?@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+[).,;:"']*$/;

/** Any other address would be linked from its first plain letter on, so it is not linked at all. */
const withoutCutAddresses = (text: string) =>
  text
    .split(' ')
    .map(word => (word.includes('@') && !plainAddress.test(word) ? word.replaceAll('@', '\\@') : word))
    .join(' ');

/** Foreign text in one line, shown literally. */
function escaped(value: unknown): string {
  return withoutCutAddresses(unlinked(shownText(textOf(value)).replace(/\s+/g, ' ').trim()));
}

function unlinked(text: string): string {
  return escapeText(text)
    .replace(/[\\`*{}[\]|#~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/^([-+](?= |$)|[-=](?=[-= ]*$))/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2')
    .replace(/(https?|ftp)(?=:\/\/)/gi, '$1\\')
    .replace(/www(?=\.)/gi, '$&\\');
}
