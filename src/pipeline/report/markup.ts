import { escapeText } from 'entities';
import { Marked } from 'marked';
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

export function table(columns: readonly unknown[], rows: readonly (readonly unknown[])[]): Markdown {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = [line(columns.map(sourceOf)), line(columns.map(() => '---'))];
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

/** Foreign text in one line, shown literally. */
function escaped(value: unknown): string {
  return escapeText(shownText(textOf(value)).replace(/\s+/g, ' ').trim())
    .replace(/[\\`*{}[\]|#~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/^([-+](?= |$)|[-=](?=[-= ]*$))/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2')
    .replace(/(https?|ftp)(?=:\/\/)/gi, '$1\\')
    .replace(/www(?=\.)/gi, '$&\\');
}

/** Renders raw markup as text, except our own line breaks, and does not turn addresses into links. */
const shown = new Marked({
  gfm: true,
  tokenizer: { url: () => undefined },
  renderer: { html: ({ text }) => (text.trim() === '<br>' ? text : escapeText(text)), image: ({ text }) => escapeText(text) },
});

/** A complete HTML page. */
export function page(title: string, { source }: Markdown): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeText(shownText(title))}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}
td,th{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}code{background:#eee}</style></head>
<body>
${shown.parse(source, { async: false })}</body></html>
`;
}
