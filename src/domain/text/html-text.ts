import { escapeText } from 'entities';

export { isBlank, isPlainMarkup, plainText, readBody, readText } from './html/read.js';
export { withoutSourceLinks } from './source-links.js';
export { storableText } from './storable-text.js';

/** Converts plain text to HTML that shows exactly the same characters. */
export function plainToHtml(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' ? '' : `<p>${escapeText(trimmed).replace(/\r\n?|\n/g, '<br>')}</p>`;
}
