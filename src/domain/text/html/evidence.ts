import type { Token } from 'parse5';
import {
  bareNames,
  blockElements,
  isKnownElement,
  provesNothing,
  unclosedElements,
  unseenElements,
  voidElements,
} from './elements.js';

/** Elements that show something by their address. */
const shownByAddress = new Set('img embed iframe video audio object svg input select'.split(' '));

/** The first element of a text that an editor or a mail program wrote. */
const ofEditors = new Set(
  'html head body p div span br table ul ol dl h1 h2 h3 h4 h5 h6 blockquote pre font center b strong i em u s small a'.split(' '),
);

/** Elements of HTML and of XML: what is in them decides. */
const undecided = new Set('article aside section header footer main nav figure form fieldset label'.split(' '));

/** Whether an element that is seen says who wrote the text. */
const isTelling = (name: string) => name === 'br' || !(unseenElements.has(name) || voidElements.has(name));

/** Elements that may be all of a mail: it shows nothing else. */
const media = new Set('iframe video audio object'.split(' '));

const addresses = new Set(['src', 'data', 'data-src', 'data-url']);

const ofHeads = new Set('base link meta style title'.split(' '));

/** A link without an address is still a link. */
const isForeignName = (name: string) => !isKnownElement(name) || (bareNames.has(name) && name !== 'a');

/** `<body> is missing`: a sentence goes on after the tag. */
const sentence = / +[^<\s]/y;

/** `<b> and </b>` in a sentence about these tags. */
const between = /^\s+(?:ve|veya|ile|and|or|to|und|oder|[-–—,.…/&+]{1,3})\s+$/i;

const countsReaders = (attrs: Token.TagToken['attrs']) =>
  ['width', 'height'].every(side => attrs.some(({ name, value }) => name === side && (value === '0' || value === '1')));

/** Collects what shows that a text is HTML, and was not typed by a person with tags in it. */
export class Evidence {
  /** Whether it begins as a document: with html, head or body. */
  isDocument = false;
  /** Whether elements divide it into lines. */
  hasLines = false;
  /** Whether text or an element has been read. */
  isBegun = false;
  private isProven = false;
  /** Whether a pair of tags is of no element of HTML: XML. */
  hasForeignPair = false;
  private edited: boolean | null = null;
  /** The first element, if it is one that holds the text of a mail. */
  private isBoxed = false;
  private hasText = false;
  private hasClosed = false;
  private hasMedia = false;
  /** Whether it has an element that a person typed if nothing else is visible. */
  private hasCode = false;
  /** Where the content of a head begins and ends. */
  private readonly head = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  /** The ends of the start tags of open elements. */
  private readonly open = new Map<string, number[]>();
  /** Typed start tags without an end tag, by name. */
  private readonly typed = new Map<string, number>();
  private foreign = 0;
  /** Number of open elements whose content is not shown. */
  private unseen = 0;
  /** The end of the last visible content. */
  private shownTo = 0;
  /** The first element, if its end may be left out. */
  private pending = false;

  constructor(private readonly source: string) {}

  /** Whether it certainly is HTML: a closed element, a line break, or an element at the very beginning. */
  get isMarkup(): boolean {
    const isProven = this.isProven || (!this.hasText && !this.hasCode && this.hasClosed && (this.hasMedia || this.isBoxed));
    return isProven && (this.isDocument || this.edited === true || !this.hasForeignPair);
  }

  /** Whether the first element is one of editors and mail programs, or elements divide it into lines. */
  get isEdited(): boolean {
    return this.edited === true || this.hasLines;
  }

  isInHead(offset: number): boolean {
    return offset >= this.head.from && offset < this.head.to;
  }

  isOpen(name: string): boolean {
    return (this.open.get(name)?.length ?? 0) > 0;
  }

  text(chars: string, end: number): void {
    if (this.unseen > 0) return;
    this.isBegun = true;
    if (chars.trim() === '') return;
    this.shownTo = end;
    this.hasText = true;
  }

  started({ tagName, attrs, location }: Token.TagToken): void {
    const { startOffset, endOffset } = location!;
    if (tagName === 'head' && this.isOpen('html')) this.head.from = Math.min(this.head.from, endOffset);
    if (tagName === 'body') {
      this.head.to = Math.min(this.head.to, startOffset);
      // A document after a line of a mail server.
      if (this.isOpen('html') && this.head.from < startOffset) this.isProven = true;
    }
    const isFirst = !this.isBegun;
    this.isBegun ||= !unseenElements.has(tagName);
    const isStyled = attrs.some(({ name }) => name === 'style' || name === 'class');
    if (this.edited === null && this.unseen === 0 && isTelling(tagName) && (isStyled || !undecided.has(tagName))) {
      this.edited = this.foreign === 0 && (ofEditors.has(tagName) || isStyled);
      this.isBoxed = this.edited && (blockElements.has(tagName) || tagName === 'span' || tagName === 'font');
    }
    const isPixel = (tagName === 'img' || tagName === 'iframe') && countsReaders(attrs);
    if ((media.has(tagName) || tagName === 'source') && !isPixel && attrs.some(({ name }) => addresses.has(name)))
      this.hasMedia = true;
    if (unseenElements.has(tagName) && !ofHeads.has(tagName)) this.hasCode = true;
    if (this.unseen === 0) {
      if (blockElements.has(tagName) || tagName === 'br') this.hasLines = true;
      if (shownByAddress.has(tagName) && !isPixel && (attrs.length > 0 || tagName === 'svg' || tagName === 'select'))
        this.shownTo = endOffset;
      if (tagName === 'br' || tagName === 'hr') this.isProven = true;
      if (tagName === 'embed' || (tagName === 'img' && !isPixel)) this.isProven = true;
      if (unclosedElements.has(tagName)) this.startedUnclosed(tagName, attrs.length > 0, isFirst, endOffset);
    }
    if (voidElements.has(tagName)) return;
    if (unseenElements.has(tagName)) this.unseen++;
    const starts = this.open.get(tagName) ?? [];
    starts.push(endOffset);
    this.open.set(tagName, starts);
  }

  /** `<p> ...` in a sentence is about the tag; `<p>Hello` is a paragraph. */
  private startedUnclosed(name: string, hasAttributes: boolean, isFirst: boolean, end: number): void {
    if (this.pending) this.isProven = true;
    if (!isFirst) return;
    const isDocument = name === 'html' || name === 'head' || name === 'body';
    sentence.lastIndex = end;
    const isTyped = !hasAttributes && sentence.test(this.source);
    if (hasAttributes || (!isTyped && (isDocument || name === 'p'))) this.isProven = true;
    this.isDocument ||= isDocument && !isTyped;
    this.pending = !isTyped;
  }

  /** @returns whether an element is open that it ends */
  ended({ tagName, location }: Token.TagToken): boolean {
    const start = this.open.get(tagName)?.pop();
    if (start === undefined) return false;
    if (tagName === 'head') this.head.to = Math.min(this.head.to, location!.startOffset);
    if (unseenElements.has(tagName)) this.unseen--;
    if (this.unseen > 0 || this.isProven || provesNothing(tagName)) return true;
    this.hasClosed = true;
    if (this.shownTo <= start) return true;
    const { startOffset } = location!;
    this.isProven = startOffset - start > 12 || !between.test(this.source.slice(start, startOffset));
    return true;
  }

  /** The declaration of XML. */
  declared(): void {
    this.foreign++;
    this.hasForeignPair = true;
  }

  startedTyped(name: string): void {
    this.typed.set(name, (this.typed.get(name) ?? 0) + 1);
    if (isForeignName(name)) this.foreign++;
  }

  /** @returns whether the start tag of this end tag was typed */
  endedTyped(name: string): boolean {
    const open = this.typed.get(name) ?? 0;
    if (open === 0) return false;
    this.typed.set(name, open - 1);
    if (isForeignName(name) && this.unseen === 0) this.hasForeignPair = true;
    return true;
  }
}
