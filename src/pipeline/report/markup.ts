import { escapeText } from 'entities';
import { Marked } from 'marked';
import { textOf } from '../../domain/model/record-fields.js';
import { shownText } from '../../domain/text/shown-text.js';

/**
 * Markdown that shows every foreign text as text. It is made by the functions of this file alone, and they escape whatever
 * is no Markdown yet: a document takes nothing else, so no text reaches it unescaped.
 */
class Markdown {
  /** @param text the same in plain words, for a table */
  constructor(
    readonly source: string,
    readonly text: string,
  ) {}

  /** Inside a plain template it would be taken for foreign text, and escaped twice. */
  toString(): never {
    throw new TypeError('Markdown is put together by md, not by a plain template.');
  }
}

export type { Markdown };

const sourceOf = (value: unknown) => (value instanceof Markdown ? value.source : escaped(value));
const plainOf = (value: unknown) => (value instanceof Markdown ? value.text : textOf(value));

/** A template of ours; what is put into it is escaped, unless it is Markdown already. */
export function md(template: TemplateStringsArray, ...values: readonly unknown[]): Markdown {
  const filled = (as: (value: unknown) => string) =>
    template.map((words, place) => (place === 0 ? '' : as(values[place - 1])) + words).join('');
  return new Markdown(filled(sourceOf), filled(plainOf));
}

/** @param separator of ours; what is empty is left out */
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

/** As a part of a list: its tables belong to the item. */
export const inItem = ({ source, text }: Markdown) => new Markdown(source.replace(/\n(?=\|)/g, '\n   '), text);

/** An address to follow; as a text, where it is none that leads to a page. */
export function link(address: string): Markdown {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return new Markdown(escaped(address), address);
  return new Markdown(`<${url.href.replaceAll('|', '%7C')}>`, url.href);
}

/** Foreign text in one line, shown as it is, whatever it looks like. */
function escaped(value: unknown): string {
  return escapeText(shownText(textOf(value)).replace(/\s+/g, ' ').trim())
    .replace(/[\\`*{}[\]|#~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/^([-+](?= |$)|[-=](?=[-= ]*$))/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2')
    .replace(/(https?|ftp)(?=:\/\/)/gi, '$1\\')
    .replace(/www(?=\.)/gi, '$&\\');
}

/** Shows what is written and nothing else: raw markup is text but for our own line breaks, and no address becomes a link by itself. */
const shown = new Marked({
  gfm: true,
  tokenizer: { url: () => undefined },
  renderer: { html: ({ text }) => (text.trim() === '<br>' ? text : escapeText(text)), image: ({ text }) => escapeText(text) },
});

/** A page that stands alone. */
export function page(title: string, { source }: Markdown): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeText(shownText(title))}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}
td,th{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}code{background:#eee}</style></head>
<body>
${shown.parse(source, { async: false })}</body></html>
`;
}
