import { escapeText } from 'entities';
import { marked } from 'marked';

/** Text of the customer's inside Markdown: shown as it is, whatever it looks like. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  return escapeText(String(value).replace(/\s+/g, ' ').trim())
    .replace(/[\\`*_{}[\]|#~]/g, '\\$&')
    .replace(/(https?|www)(:\/\/|\.)/gi, '$1&#8203;$2');
}

/** Cells that are Markdown already. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A page that stands alone. */
export function page(title: string, markdown: string): string {
  const body = marked.parse(markdown, { async: false, gfm: true });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeText(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}
td,th{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}code{background:#eee}</style></head>
<body>
${body}</body></html>
`;
}
