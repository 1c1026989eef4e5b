import { attribute, type HtmlElement } from './parse.js';

/** The declarations of an element's style attribute. */
export function styleOf(element: HtmlElement): ReadonlyMap<string, string> {
  const style = new Map<string, string>();
  for (const declaration of (attribute(element, 'style') ?? '').split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration
      .slice(colon + 1)
      .toLowerCase()
      .replace('!important', '');
    style.set(declaration.slice(0, colon).trim().toLowerCase(), value.trim());
  }
  return style;
}

const isZero = (value: string | undefined) => value !== undefined && Number.parseFloat(value) === 0;

/** Whether an element is hidden, such as a preheader or content for another program. */
export function isHidden(element: HtmlElement): boolean {
  // Some elements are hidden until a script runs.
  if (element.tagName === 'body') return false;
  if (attribute(element, 'hidden') !== undefined) return true;
  const style = styleOf(element);
  if (style.size === 0) return false;
  const isCut = (style.get('overflow') ?? '').startsWith('hidden');
  return (
    style.get('display') === 'none' ||
    ['hidden', 'collapse'].includes(style.get('visibility') ?? '') ||
    isZero(style.get('opacity')) ||
    (isCut && ['height', 'max-height', 'width', 'max-width'].some(side => isZero(style.get(side))))
  );
}

/** Whether text is struck through, by element or by style. */
export const isStruck = (element: HtmlElement) => {
  const style = styleOf(element);
  return `${style.get('text-decoration')} ${style.get('text-decoration-line')}`.includes('line-through');
};

/** Whether line breaks of the text are shown. */
export function keepsLines(element: HtmlElement, inherited: boolean): boolean {
  const space = styleOf(element).get('white-space');
  if (space === undefined || space === 'inherit') return inherited;
  return space.startsWith('pre') || space === 'break-spaces';
}

/** Superscript or subscript. */
export const raisedBy = (element: HtmlElement): 'super' | 'sub' | null => {
  const value = styleOf(element).get('vertical-align');
  return value === 'super' || value === 'sub' ? value : null;
};

/** Whether text in it has font size 0. A nested element may set a size again. */
export function isTiny(element: HtmlElement, inherited: boolean): boolean {
  const size = styleOf(element).get('font-size');
  return size === undefined || size === 'inherit' ? inherited : isZero(size);
}
