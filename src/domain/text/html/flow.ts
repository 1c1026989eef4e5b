import { escapeAttribute } from 'entities';
import { blockElements, unseenElements } from './elements.js';
import { Lines } from './lines.js';
import { bold, inlineMark } from './marks.js';
import { mathText } from './math.js';
import { type ImageShown, imageElements, imageShown, mediaAddresses, mediaElements } from './media.js';
import { attribute, type HtmlElement, type HtmlNode, isElement, isForeign, isText } from './parse.js';
import { oneLine, readNodes, textContent } from './read.js';
import { holdsBoxes, isHidden, isInvisible, isTiny, isTransparent, keepsLines, layoutOf } from './style.js';
import { captionsOf, isLayout, numberOf, rowsOf, tableHtml } from './tables.js';

export interface LinkResult {
  /** The new address; null for text without a link. */
  href: string | null;
  /** Shown in brackets after the link text. */
  suffix: string | null;
}

/** Converts addresses and everything that is not text. Each rule answers HTML, '' for nothing. */
export interface FlowRules {
  /** Replaces parts of plain text. */
  text(text: string): string;
  /** null if only the link text stays. */
  link(href: string, words: string): LinkResult | null;
  image(image: ImageShown): string;
  /** An SVG in the text itself. */
  drawing(svg: HtmlElement): string;
  /** Embedded content from elsewhere: a video, an iframe. */
  media(element: HtmlElement, address: string): { html: string; isBlock: boolean };
  /** Whether transparent content is hidden. Otherwise a script makes it appear. */
  hidesTransparent: boolean;
  /** Hidden content is left out. @param words its text @param nodes its elements, if it has its own */
  leftOut(words: string, nodes: readonly HtmlNode[]): void;
}

/**
 * Converts HTML to the few elements that the destination supports: paragraphs, two heading levels, no table in a table or a list.
 * Hidden content is left out.
 */
export function flowOf(nodes: readonly HtmlNode[], rules: FlowRules, keepsLines = false): string {
  const flow = new Flow(rules, new Lines('BLOCKS', []));
  flow.nodes(nodes, { keepsLines, isTiny: false, isInvisible: false, hasBoxes: false });
  return flow.lines.html();
}

/** What text inherits from the elements around it. */
interface Context {
  keepsLines: boolean;
  /** The font size is 0, so the text is invisible. */
  isTiny: boolean;
  /** It is invisible, but a nested element may be visible. */
  isInvisible: boolean;
  /** Each child is a box of its own. */
  hasBoxes: boolean;
}

const within = (element: HtmlElement, outer: Context): Context => ({
  keepsLines: keepsLines(element, outer.keepsLines),
  isTiny: isTiny(element, outer.isTiny),
  isInvisible: isInvisible(element, outer.isInvisible),
  hasBoxes: holdsBoxes(element),
});

type Handler = (flow: Flow, element: HtmlElement, context: Context) => void;

class Flow {
  constructor(
    readonly rules: FlowRules,
    readonly lines: Lines,
  ) {}

  nodes(nodes: readonly HtmlNode[], context: Context): void {
    let image: HtmlElement | null = null;
    let isAfterBox = false;
    for (const node of nodes) {
      if (isText(node)) {
        this.text(node.value, context);
        if (node.value !== '') isAfterBox = false;
      } else if (isElement(node) && !(image && isSameImage(node, image))) {
        isAfterBox = this.element(node, context, isAfterBox);
      }
      if (isElement(node)) image = imageElements.has(node.tagName) ? node : null;
    }
  }

  text(value: string, { keepsLines, isTiny, isInvisible }: Context): void {
    if (isTiny || isInvisible) this.rules.leftOut(oneLine(value), []);
    else this.lines.text(this.rules.text(value), keepsLines);
  }

  children(element: HtmlElement, context: Context): void {
    this.nodes(element.childNodes, context);
  }

  /** Starts and ends with a line break. */
  apart(element: HtmlElement, context: Context): void {
    this.lines.end();
    this.children(element, context);
    this.lines.end();
  }

  inner(nodes: readonly HtmlNode[], container: 'BLOCKS' | 'LINES' | 'PRE', context: Context): string {
    const flow = new Flow(this.rules, this.lines.within(container));
    flow.nodes(nodes, context);
    return flow.lines.html();
  }

  /** Whether an element is not hidden. What is hidden is told to the rules. */
  isShown(element: HtmlElement): boolean {
    if (!isHidden(element) && !(this.rules.hidesTransparent && isTransparent(element))) return true;
    this.rules.leftOut(readNodes(element.childNodes), element.childNodes);
    return false;
  }

  /** @returns whether the last element that is shown is a box */
  private element(element: HtmlElement, outer: Context, isAfterBox: boolean): boolean {
    if (unseenElements.has(element.tagName) || !this.isShown(element)) return isAfterBox;
    const layout = blockElements.has(element.tagName) ? null : layoutOf(element);
    const isBox = outer.hasBoxes || layout === 'SPACED';
    if (layout === 'BLOCK') this.lines.end();
    // Two boxes side by side look like two words. A box in a word does not.
    else if (isBox && isAfterBox) this.lines.spaceOut();
    this.shownElement(element, within(element, outer));
    if (layout === 'BLOCK') this.lines.end();
    return isBox;
  }

  private shownElement(element: HtmlElement, context: Context): void {
    const { tagName } = element;
    if (tagName === 'svg') {
      if (!context.isInvisible) this.lines.shown(this.rules.drawing(element));
    } else if (tagName === 'math') this.text(mathText(element), context);
    else if (isForeign(element)) this.children(element, context);
    else if (mediaElements.has(tagName)) media(this, element, context);
    else if (imageElements.has(tagName)) image(this, element, context);
    else this.handlerOf(tagName)(this, element, context);
  }

  private handlerOf(name: string): Handler {
    const { container } = this.lines;
    if (!blockElements.has(name)) return inlineHandlers[name] ?? marked;
    const blocks = container === 'PRE' ? undefined : (container === 'BLOCKS' && blockHandlers[name]) || innerHandlers[name];
    return inlineHandlers[name] ?? blocks ?? apart;
  }
}

/** Whether an element is for browsers without scripts, and only repeats the image before it. */
function isSameImage(element: HtmlElement, image: HtmlElement): boolean {
  if (element.tagName !== 'noscript' || readNodes(element.childNodes) !== '') return false;
  const images = element.childNodes.filter(isElement);
  return images.length > 0 && images.every(each => imageShown(each).address === imageShown(image).address);
}

const marked: Handler = (flow, element, context) => flow.lines.marked(inlineMark(element), () => flow.children(element, context));
const apart: Handler = (flow, element, context) => flow.apart(element, context);
const emphasized: Handler = (flow, element, context) => flow.lines.marked(bold, () => flow.apart(element, context));
const image: Handler = (flow, element, { isInvisible }) => {
  if (!isInvisible) flow.lines.shown(flow.rules.image(imageShown(element)));
};

const link: Handler = (flow, element, context) => {
  const isArea = element.tagName === 'area';
  const href = attribute(element, 'href')?.trim() ?? '';
  const words = isArea ? (attribute(element, 'alt') ?? href) : textContent(element);
  const to = href === '' ? null : flow.rules.link(href, words);
  flow.lines.marked(to?.href ? { open: `<a href="${escapeAttribute(to.href)}">`, close: '</a>' } : null, () => {
    if (isArea) flow.lines.words(words);
    else flow.children(element, context);
  });
  if (to?.suffix) flow.lines.words(` (${to.suffix})`);
};

const signs: Record<string, [on: string, off: string]> = { checkbox: ['☑', '☐'], radio: ['◉', '○'] };

const input: Handler = (flow, element, context) => {
  const type = (attribute(element, 'type') ?? 'text').toLowerCase();
  if (type === 'hidden' || type === 'password') return;
  const isOn = attribute(element, 'checked') !== undefined;
  const words = type === 'image' ? attribute(element, 'alt') : attribute(element, 'value') || attribute(element, 'placeholder');
  flow.text(` ${signs[type]?.[isOn ? 0 : 1] ?? words ?? ''} `, context);
};

const button: Handler = (flow, element, context) => {
  flow.lines.spaceOut();
  flow.children(element, context);
  flow.lines.spaceOut();
};

const media: Handler = (flow, element, context) => {
  const addresses = context.isInvisible ? [] : mediaAddresses(element);
  // The children are the fallback content, or the document that a frame contains.
  if (addresses.length === 0 || attribute(element, 'srcdoc') !== undefined) flow.apart(element, context);
  for (const address of addresses) {
    const { html, isBlock } = flow.rules.media(element, address);
    flow.lines.end();
    if (isBlock && flow.lines.container === 'BLOCKS') flow.lines.block(html);
    else flow.lines.shown(html);
    flow.lines.end();
  }
};

const list: Handler = (flow, element, context) => {
  const items: string[] = [];
  // Content between the items becomes an item too.
  let beside: HtmlNode[] = [];
  const add = (nodes: readonly HtmlNode[], inside: Context, value = '') => {
    const html = flow.inner(nodes, 'LINES', inside);
    if (html !== '') items.push(`<li${value}>${html}</li>`);
  };
  for (const node of element.childNodes) {
    if (!isElement(node) || node.tagName !== 'li') {
      beside.push(node);
      continue;
    }
    add(beside, context);
    beside = [];
    if (flow.isShown(node)) add(node.childNodes, within(node, context), numberOf(node, 'value'));
  }
  add(beside, context);
  const name = element.tagName === 'ol' ? 'ol' : 'ul';
  if (items.length > 0)
    flow.lines.block(`<${name}${name === 'ol' ? numberOf(element, 'start') : ''}>${items.join('')}</${name}>`);
};

const table: Handler = (flow, element, context) => {
  const isShown = (part: HtmlElement) => flow.isShown(part);
  flow.lines.end();
  for (const caption of captionsOf(element, isShown)) flow.apart(caption, within(caption, context));
  const rows = rowsOf(element, isShown);
  if (isLayout(element, rows)) {
    for (const cell of rows.flat()) flow.apart(cell, within(cell, context));
    return;
  }
  const cells = rows.map(row => row.map(cell => ({ cell, html: flow.inner(cell.childNodes, 'LINES', within(cell, context)) })));
  const filled = cells.filter(row => row.some(({ html }) => html !== ''));
  if (flow.lines.container === 'BLOCKS') flow.lines.block(tableHtml(filled));
  else
    for (const row of filled)
      flow.lines.whole(
        row
          .map(({ html }) => html)
          .filter(Boolean)
          .join(' | '),
      );
};

const wrapped = (name: string, html: string) => (html === '' ? '' : `<${name}>${html}</${name}>`);
const heading =
  (name: string): Handler =>
  (flow, element, context) =>
    flow.lines.block(wrapped(name, flow.inner(element.childNodes, 'LINES', context)));

const inlineHandlers: Record<string, Handler> = {
  br: flow => flow.lines.break(),
  // The reading of a word is in brackets already.
  rp: () => {},
  input,
  a: link,
  area: link,
  button,
};

const pre: Handler = (flow, element, context) => flow.lines.block(flow.inner(element.childNodes, 'PRE', context));

/** Handlers in paragraphs, in list items and in cells. */
const innerHandlers: Record<string, Handler> = {
  table,
  ul: list,
  ol: list,
  menu: list,
  dir: list,
  pre,
  listing: pre,
  xmp: pre,
  plaintext: pre,
  textarea: (flow, element, context) => flow.apart(element, { ...context, keepsLines: true }),
  optgroup: (flow, element, context) => {
    flow.lines.end();
    flow.lines.words(attribute(element, 'label') ?? '');
    flow.apart(element, context);
  },
  dt: emphasized,
  summary: emphasized,
  legend: emphasized,
  hr: flow => flow.lines.end(),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map(size => [`h${size}`, emphasized])),
};

/** Handlers in paragraphs only. */
const blockHandlers: Record<string, Handler> = {
  hr: flow => flow.lines.block('<hr>'),
  blockquote: (flow, element, context) =>
    flow.lines.block(wrapped('blockquote', flow.inner(element.childNodes, 'BLOCKS', context))),
  h1: heading('h1'),
  ...Object.fromEntries([2, 3, 4, 5, 6].map(size => [`h${size}`, heading('h2')])),
};
