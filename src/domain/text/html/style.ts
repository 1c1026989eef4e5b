import { attribute, type HtmlElement, type HtmlNode, isElement } from './parse.js';

type Style = ReadonlyMap<string, string>;

const none: Style = new Map();
const read = new WeakMap<HtmlElement, Style>();

/** The declarations of an element's style attribute. `font-size` is also taken from `font`. */
export function styleOf(element: HtmlElement): Style {
  const text = attribute(element, 'style');
  if (!text) return none;
  const style = read.get(element) ?? declarationsOf(text);
  read.set(element, style);
  return style;
}

function declarationsOf(text: string): Style {
  const style = new Map<string, string>();
  const important = new Set<string>();
  for (const declaration of withoutComments(text).split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const written = declaration.slice(colon + 1).toLowerCase();
    const mark = written.lastIndexOf('!');
    const isImportant = mark >= 0 && written.slice(mark + 1).trim() === 'important';
    const value = (isImportant ? written.slice(0, mark) : written).trim();
    const names = name === 'font' ? ['font', 'font-size'] : [name];
    for (const each of names) {
      if (important.has(each) && !isImportant) continue;
      if (isImportant) important.add(each);
      style.set(each, name === 'font' && each === 'font-size' ? sizeInFont(value) : value);
    }
  }
  return style;
}

function withoutComments(text: string): string {
  const [first = '', ...rest] = text.split('/*');
  return first + rest.map(part => (part.includes('*/') ? part.slice(part.indexOf('*/') + 2) : '')).join('');
}

/** The size in `italic 700 14px/1.5 Arial`; a number without a unit is a weight, except for 0. */
function sizeInFont(font: string): string {
  if (font === 'inherit') return font;
  const sizes = font.split(/\s/).map(part => part.split('/', 1)[0]!);
  return sizes.find(part => /^(?:[\d.]+[a-z%]+|0[0.]*)$/.test(part)) ?? 'medium';
}

const isZero = (value: string | undefined) => value !== undefined && Number.parseFloat(value) === 0;
const isFilled = (value = '') => Number.parseFloat(value) > 0;

/** Inline elements and parts of tables, whose size does not cut off their content. */
const uncut = new Set(
  (
    'a abbr b bdi bdo big caption cite code col colgroup em font i ins kbd label mark nobr q s samp small span strike strong sub sup ' +
    'tbody td tfoot th thead time tr tt u var'
  ).split(' '),
);
const isBox = (element: HtmlElement, style: Style) =>
  !uncut.has(element.tagName) || /^(?:inline-)?(?:block|flex|grid)|^flow-root/.test(style.get('display') ?? '');

/** Whether an element is hidden, such as a preheader or content for another program. */
export function isHidden(element: HtmlElement): boolean {
  // Some elements are hidden until a script runs.
  if (element.tagName === 'body') return false;
  if (attribute(element, 'hidden') !== undefined) return true;
  const style = styleOf(element);
  if (style.size === 0) return false;
  if (style.get('display') === 'none') return true;
  if (isInvisible(element, false) && !element.childNodes.some(each => holds(each, inner => isInvisible(inner, true) === false)))
    return true;
  return isCut(element, style) && !holds(element, isMedium);
}

/** Whether an element has no height or width, and nothing beyond it is shown. */
function isCut(element: HtmlElement, style: Style): boolean {
  if (!(style.get('overflow') ?? '').startsWith('hidden') || !isBox(element, style)) return false;
  const [top = '0', right = top, bottom = top, left = right] = style.get('padding')?.split(/\s+/) ?? [];
  const isPadded = [top, bottom, style.get('padding-top'), style.get('padding-bottom')].some(isFilled);
  const isLow = (isZero(style.get('height')) && !isFilled(style.get('min-height'))) || isZero(style.get('max-height'));
  const isNarrow = (isZero(style.get('width')) && !isFilled(style.get('min-width'))) || isZero(style.get('max-width'));
  return (isLow && !isPadded) || (isNarrow && !isFilled(left) && !isFilled(right));
}

const media = new Set('img picture svg iframe video audio object embed oembed amp-img'.split(' '));
const isMedium = (element: HtmlElement) => media.has(element.tagName) && !(element.tagName === 'img' && isSmall(element));

function holds(node: HtmlNode, test: (element: HtmlElement) => boolean): boolean {
  return isElement(node) && (test(node) || node.childNodes.some(each => holds(each, test)));
}

/** Whether an image is too small to be seen: it counts readers. */
export function isSmall(image: HtmlElement): boolean {
  const style = styleOf(image);
  const isSmallSide = (side: string) => /^[01](?:px)?$/.test(style.get(side) ?? attribute(image, side)?.trim() ?? '');
  return isSmallSide('width') && isSmallSide('height');
}

/** Whether an element is transparent, and no script or animation makes it appear. */
export function isTransparent(element: HtmlElement): boolean {
  const style = styleOf(element);
  return element.tagName !== 'body' && isZero(style.get('opacity')) && !style.has('animation') && !style.has('transition');
}

/** Whether an element is invisible, but takes its place. A nested element may be visible again. */
export function isInvisible(element: HtmlElement, inherited: boolean): boolean {
  if (element.tagName === 'body') return false;
  const visibility = styleOf(element).get('visibility');
  return visibility === undefined || visibility === 'inherit' ? inherited : visibility !== 'visible';
}

/** How an element is laid out if its style says so. SPACED: on the same line as its neighbours, but apart from them. */
export function layoutOf(element: HtmlElement): 'BLOCK' | 'SPACED' | null {
  const display = styleOf(element).get('display');
  if (display === undefined) return null;
  if (display === 'table-cell' || /^inline-(?:block|flex|grid|table)/.test(display)) return 'SPACED';
  return /^(?:block|flex|grid|table|list-item|flow-root)/.test(display) ? 'BLOCK' : null;
}

/** Whether each child of an element is a box of its own. */
export const holdsBoxes = (element: HtmlElement) => /^(?:inline-)?(?:flex|grid)/.test(styleOf(element).get('display') ?? '');

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
  if (size !== undefined && size !== 'inherit') return isZero(size);
  return element.tagName === 'font' && attribute(element, 'size') !== undefined ? false : inherited;
}
