import type { Mark } from './lines.js';
import type { HtmlElement } from './parse.js';
import { textContent } from './read.js';
import { isStruck, raisedBy } from './style.js';

const simple: Record<string, string> = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  cite: 'i',
  dfn: 'i',
  var: 'i',
  u: 'u',
  ins: 'u',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
};

export const bold: Mark = { open: '<b>', close: '</b>' };
const struck: Mark = { open: '<s>~~', close: '~~</s>' };
const quoted: Mark = { open: '“', close: '”' };
const bracketed: Mark = { open: ' (', close: ')' };

/** The mark of an inline element: an element that the destination supports, or else text such as 10^6 or ~~struck~~. */
export function inlineMark(element: HtmlElement): Mark | null {
  const { tagName } = element;
  if (tagName === 'del' || tagName === 's' || tagName === 'strike' || isStruck(element)) return struck;
  if (tagName === 'q') return quoted;
  if (tagName === 'rt') return bracketed;
  const raised = tagName === 'sup' ? 'super' : tagName === 'sub' ? 'sub' : raisedBy(element);
  if (raised) return raisedMark(raised, textContent(element).trim());
  const name = simple[tagName];
  return name ? { open: `<${name}>`, close: `</${name}>` } : null;
}

/** 10<sup>6</sup> becomes 10^6. A symbol such as ® stays as it is. */
function raisedMark(raised: 'super' | 'sub', text: string): Mark | null {
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  const sign = raised === 'super' ? '^' : '_';
  return /^[\p{L}\p{N}]+$/u.test(text) ? { open: sign, close: '' } : { open: `${sign}(`, close: ')' };
}
