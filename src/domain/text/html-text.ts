import { escapeText } from 'entities';

export { isBlank, isPlainMarkup, plainText, readBody, readText } from './html/read.js';
export { withoutSourceLinks } from './source-links.js';
export { storableText } from './storable-text.js';

/** Plain text as HTML in which each character is what it was. */
export function plainToHtml(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' ? '' : `<p>${escapeText(trimmed).replace(/\r\n?|\n/g, '<br>')}</p>`;
}
