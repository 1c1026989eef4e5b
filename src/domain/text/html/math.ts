import { attribute, type HtmlElement, type HtmlNode, isElement, isText } from './parse.js';

/** What a formula says beside what it shows. */
const unseen = new Set('annotation annotation-xml mphantom mspace malignmark maligngroup none mprescripts'.split(' '));

/** MathML as a line of text: `1/2 x^2`. */
export const mathText = (math: HtmlElement): string =>
  inRow(math.childNodes).trim().replace(/\s+/g, ' ') || (attribute(math, 'alttext') ?? '');

function inRow(nodes: readonly HtmlNode[]): string {
  return nodes.map(node => (isText(node) ? node.value : isElement(node) ? written(node) : '')).join('');
}

/** A part of a formula, in brackets if it is more than a word. */
function part(node: HtmlNode | undefined): string {
  const text = node === undefined ? '' : inRow([node]).trim();
  return /^(?:[\p{L}\p{N}.,]*|\p{S})$/u.test(text) ? text : `(${text})`;
}

function written(element: HtmlElement): string {
  const { tagName } = element;
  const parts = element.childNodes.filter(isElement);
  const [first, second, third, ...more] = parts;
  if (unseen.has(tagName)) return ' ';
  switch (tagName) {
    case 'mfrac':
      return ` ${part(first)}/${part(second)} ${inRow(third ? [third, ...more] : [])}`;
    case 'msup':
      return `${part(first)}^${part(second)}${inRow(parts.slice(2))} `;
    case 'msub':
      return `${part(first)}_${part(second)}${inRow(parts.slice(2))} `;
    case 'msubsup':
    case 'munderover':
      return `${part(first)}_${part(second)}^${part(third)}${inRow(more)} `;
    case 'msqrt':
      return ` √(${inRow(element.childNodes).trim()}) `;
    case 'mroot':
      return ` ${part(second)}√${part(first)}${inRow(parts.slice(2))} `;
    case 'mover':
    case 'munder':
    case 'mmultiscripts':
      return ` ${parts.map(each => inRow([each]).trim()).join(' ')} `;
    case 'mtr':
    case 'mlabeledtr':
      return `${parts.map(each => inRow([each]).trim()).join(' ')}; `;
    case 'mtext':
    case 'mtd':
      return ` ${inRow(element.childNodes)} `;
    default:
      return inRow(element.childNodes);
  }
}
