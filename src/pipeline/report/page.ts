import { escapeText } from 'entities';
import { Marked, type Tokens } from 'marked';
import type { DocumentHead } from '../../domain/model/document.js';
import { shownText } from '../../domain/text/shown-text.js';
import { type Chart, svgOf } from './chart.js';
import { headRows } from './head.js';
import type { Markdown } from './markup.js';
import { pageStyle } from './page-style.js';
import type { Texts } from './texts/texts.js';

/** A text for people: a summary for the first screen, charts and the rest. */
export interface Text {
  title: string;
  head: DocumentHead;
  summary: Markdown;
  charts?: readonly Chart[];
  body: Markdown;
  /** Whether people sign it. */
  isSigned?: boolean;
}

const shown = (text: string) => escapeText(shownText(text));

/** A complete HTML page. It needs no script and loads nothing. */
export function pageOf(text: Text, texts: Texts): string {
  const { title, head, summary, charts = [], body, isSigned } = text;
  const { frame } = texts;
  const content = render(body.source);
  const rows = headRows(head, texts).map(([name, value]) => `<div><dt>${shown(name)}</dt><dd>${shown(value)}</dd></div>`);
  const figures = charts.map(chart => [chart.title, svgOf(chart)] as const).filter(([, svg]) => svg !== '');
  const drawn = figures.map(([name, svg]) => `<figure><figcaption>${shown(name)}</figcaption>${svg}</figure>`);
  return `<!doctype html>
<html lang="${head.language.toLowerCase()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${shown(title)}</title>
<style>${pageStyle}</style></head>
<body>
<header><p>Landfall · ${shown(head.project)}</p><h1>${shown(title)}</h1>
<dl>${rows.join('')}</dl></header>
<main>
<section class="summary"><h2>${shown(frame.summary)}</h2>
${render(summary.source).html}</section>
${drawn.length > 0 ? `<div class="charts">${drawn.join('')}</div>` : ''}
${contents(content.headings, frame.contents)}
${content.html}${isSigned ? signatures(texts) : ''}</main></body></html>
`;
}

/** Less than this needs no table of contents. */
const minHeadings = 3;

function contents(headings: readonly Heading[], title: string): string {
  const top = headings.filter(({ depth }) => depth === 2);
  if (top.length < minHeadings) return '';
  const items = top.map(({ id, html }) => `<li><a href="#${id}">${html}</a></li>`);
  return `<nav><p>${shown(title)}</p><ul>${items.join('')}</ul></nav>`;
}

function signatures({ frame: { signature } }: Texts): string {
  const row = (who: string) => `<tr><td>${shown(who)}</td><td></td><td></td><td></td></tr>`;
  const head = ['', signature.name, signature.date, signature.sign].map(each => `<th>${shown(each)}</th>`);
  return `<section class="signature"><h2>${shown(signature.heading)}</h2><table><thead><tr>${head.join('')}</tr></thead>
<tbody>${row(signature.customer)}${row(signature.migration)}</tbody></table></section>`;
}

interface Heading {
  id: string;
  depth: number;
  html: string;
}

/** An id of letters, digits and hyphens, different from those that are taken. */
function anchorOf(text: string, taken: ReadonlySet<string>): string {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const base = `s-${words.join('-').slice(0, 60)}`;
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** Renders raw markup as text, except our own line breaks, and does not turn addresses into links. */
function render(source: string): { html: string; headings: Heading[] } {
  const headings: Heading[] = [];
  const taken = new Set<string>();
  const marked = new Marked({
    gfm: true,
    tokenizer: { url: () => undefined },
    renderer: {
      html: ({ text }) => (text.trim() === '<br>' ? text : escapeText(text)),
      image: ({ text }) => escapeText(text),
      heading({ tokens, depth, text }) {
        const html = this.parser.parseInline(tokens);
        const id = anchorOf(text, taken);
        taken.add(id);
        headings.push({ id, depth, html });
        return `<h${depth} id="${id}"><a href="#${id}">${html}</a></h${depth}>\n`;
      },
      checkbox: ({ checked }) => `<input type="checkbox"${checked ? ' checked' : ''}>`,
      listitem(item) {
        return taskItem(item, tokens => this.parser.parse(tokens)) ?? `<li>${this.parser.parse(item.tokens)}</li>\n`;
      },
      table(token) {
        const row = (cells: readonly Tokens.TableCell[], name: 'th' | 'td') =>
          `<tr>${cells.map(cell => `<${name}${cell.align ? ` align="${cell.align}"` : ''}>${this.parser.parseInline(cell.tokens)}</${name}>`).join('')}</tr>`;
        return `<div class="table"><table><thead>${row(token.header, 'th')}</thead><tbody>${token.rows.map(each => row(each, 'td')).join('')}</tbody></table></div>\n`;
      },
    },
  });
  return { html: marked.parse(source, { async: false }), headings };
}

/** A task can be ticked at its box and at its text. */
function taskItem(item: Tokens.ListItem, parse: (tokens: Tokens.ListItem['tokens']) => string): string | null {
  if (!item.task) return null;
  const html = parse(item.tokens).trim();
  const [, box, rest] = /^(<input type="checkbox"(?: checked)?>)([\s\S]*)$/.exec(html) ?? [];
  const isOneLine = box !== undefined && !/<(?:ul|ol|p|div)\b/.test(rest!);
  return `<li class="task">${isOneLine ? `<label>${box}<span>${rest!.trim()}</span></label>` : html}</li>\n`;
}
