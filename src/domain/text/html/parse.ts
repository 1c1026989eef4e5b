import { decodeHTML } from 'entities';
import { type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, html, Parser, Token, TokenizerMode } from 'parse5';
import { formattingElements, isKnownElement, rawElements, tableParts, voidElements } from './elements.js';
import { Evidence } from './evidence.js';
import { isTypedTag, type TagPlace } from './typed-tag.js';

export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;

export interface ParsedHtml {
  /** All nodes, also hidden ones and those of the head. */
  nodes: HtmlNode[];
  /** Comments before and after the nodes. */
  around: { before: HtmlNode[]; after: HtmlNode[] };
  evidence: Evidence;
  /** What the locations of the nodes refer to. */
  source: string;
}

/** Deeper elements are left out of the tree, but their text is kept. So the cost stays proportional to the length. */
const deepest = 200;
const maxFormatting = 100;

/**
 * Parses HTML as a browser does, but keeps typed angle brackets as text: `<env>`, `List<String>`, `a<b && c>d`.
 * @param isEither whether the text may also be plain: then more is typed
 */
export function parseHtml(text: string, isEither = false): ParsedHtml {
  let parser = parsed(text, isEither);
  const { unclosedComment: at } = parser;
  // It would hide all the rest. None of the comments after it is closed either.
  if (at !== null) parser = parsed(text.slice(0, at) + text.slice(at).replaceAll('<!--', '&lt;!--'), isEither);
  for (const { frame, content } of parser.frames) frame.childNodes = parseHtml(content).nodes.flatMap(childrenOf);
  const around = parser.document.childNodes;
  const place = around.findIndex(isElement);
  const [before, after] = [around.slice(0, Math.max(0, place)), around.slice(place + 1)];
  const root = around[place];
  return {
    nodes: root && isElement(root) ? root.childNodes : [],
    around: { before, after },
    evidence: parser.evidence,
    source: parser.source,
  };
}

function parsed(text: string, isEither: boolean): LenientParser {
  const parser = new LenientParser(text, isEither);
  parser.tokenizer.write(text, true);
  return parser;
}

export const isElement = (node: HtmlNode): node is HtmlElement => 'tagName' in node;
export const isText = (node: HtmlNode): node is DefaultTreeAdapterTypes.TextNode => node.nodeName === '#text';
export const attribute = ({ attrs }: HtmlElement, name: string): string | undefined =>
  attrs.find(each => each.name === name)?.value;
export const isForeign = ({ namespaceURI }: HtmlElement) => namespaceURI !== html.NS.HTML;
const childrenOf = (node: HtmlNode) => (isElement(node) ? node.childNodes : [node]);

/** Elements with an address. If nobody closes them, what follows is not their content. */
const mediaPairs = new Set(['video', 'audio', 'object', 'applet']);

class LenientParser extends Parser<DefaultTreeAdapterMap> {
  readonly evidence: Evidence;
  /** Where a comment begins that nobody closes. */
  unclosedComment: number | null = null;
  /** Frames that contain their document. */
  readonly frames: { frame: HtmlElement; content: string }[] = [];
  private readonly place: TagPlace;
  /** End offset of the last token. */
  private end = 0;

  constructor(
    readonly source: string,
    isEither: boolean,
  ) {
    super({ sourceCodeLocationInfo: true, scriptingEnabled: false });
    this.evidence = new Evidence(source);
    const { evidence } = this;
    const { ends, starts, open } = tagsIn(source);
    this.place = {
      source,
      isEither,
      get isBegun() {
        return evidence.isBegun;
      },
      get isEdited() {
        return evidence.isEdited;
      },
      isOpen: name => evidence.isOpen(name),
      isClosedAfter: (name, offset) => (ends.get(name) ?? -1) >= offset && !open.has(offset),
      countOf: name => starts.get(name) ?? 0,
    };
  }

  override onStartTag(token: Token.TagToken): void {
    this.end = token.location!.endOffset;
    const { tagName } = token;
    if (this.currentNotInHTML || this.isOfIsland(token) || !isTypedTag(token, this.place)) this.startElement(token);
    else {
      this.evidence.startedTyped(tagName);
      this.typed(token);
    }
  }

  /** Data of Microsoft Office: an `xml` element, and anything with a prefix in it. */
  private isOfIsland({ tagName, location }: Token.TagToken): boolean {
    if (tagName === 'xml') return /^\s{0,20}<[owmx]:/i.test(this.source.slice(location!.endOffset, location!.endOffset + 24));
    return tagName.includes(':') && this.evidence.isOpen('xml');
  }

  private startElement(token: Token.TagToken): void {
    const { tagName, selfClosing, location } = token;
    this.evidence.started(token);
    if (!this.isBounded(tagName)) {
      this.text(' ', token);
      return;
    }
    super.onStartTag(token);
    const isRaw = rawElements.has(tagName) && tagName !== 'plaintext';
    if (tableParts.has(tagName) && !this.isCurrent(tagName)) super.onCharacter(space(token));
    const content = tagName === 'iframe' ? token.attrs.find(({ name }) => name === 'srcdoc')?.value : undefined;
    if (content !== undefined && this.isCurrent('iframe'))
      this.frames.push({ frame: this.openElements.current as HtmlElement, content });
    const isUnclosed = mediaPairs.has(tagName) && !this.place.isClosedAfter(tagName, location!.endOffset);
    if (this.currentNotInHTML || !(isUnclosed || (selfClosing && (isRaw || mediaPairs.has(tagName) || tagName === 'template'))))
      return;
    this.evidence.ended(token);
    super.onEndTag({ ...token, type: Token.TokenType.END_TAG, attrs: [] });
    if (isRaw) this.tokenizer.state = TokenizerMode.DATA;
  }

  private isCurrent(name: string): boolean {
    return this.openElements.current?.nodeName === name;
  }

  override onEndTag(token: Token.TagToken): void {
    this.end = token.location!.endOffset;
    const { tagName } = token;
    if (this.currentNotInHTML || this.evidence.isOpen(tagName)) this.endElement(token);
    else if (this.evidence.endedTyped(tagName) || !isKnownElement(tagName)) this.typed(token);
    // Any other end tag without a start tag shows nothing.
    else if (tagName === 'br') super.onEndTag(token);
  }

  private endElement(token: Token.TagToken): void {
    if (this.evidence.ended(token) || token.tagName === 'br') super.onEndTag(token);
  }

  override onComment(token: Token.CommentToken): void {
    const { startOffset, endOffset } = token.location!;
    this.end = endOffset;
    if (/^\?xml\s+version\b/.test(token.data)) this.evidence.declared();
    const isLast = endOffset >= this.source.length;
    const written = isLast ? this.source.slice(startOffset) : '';
    if (!isLast || isClosedComment(written)) super.onComment(token);
    else {
      if (written.startsWith('<!--')) this.unclosedComment ??= startOffset;
      this.typed(token);
    }
  }

  override onDoctype(token: Token.DoctypeToken): void {
    const { startOffset, endOffset } = token.location!;
    this.end = endOffset;
    const next = this.source.slice(endOffset, endOffset + 20).trimStart()[0] ?? '<';
    if (this.place.isEither && (this.evidence.isBegun || next !== '<') && startOffset < endOffset) this.typed(token);
    else super.onDoctype(token);
  }

  override onCharacter(token: Token.CharacterToken): void {
    this.end = Math.max(this.end, token.location!.endOffset);
    this.evidence.text(token.chars, token.location!.endOffset);
    super.onCharacter(token);
  }

  override onWhitespaceCharacter(token: Token.CharacterToken): void {
    this.end = Math.max(this.end, token.location!.endOffset);
    super.onWhitespaceCharacter(token);
  }

  override onEof(token: Token.EOFToken): void {
    // An unclosed tag is text.
    const rest = this.source.slice(this.end);
    if (rest.startsWith('<')) this.text(decodeHTML(rest), token);
    super.onEof(token);
  }

  private isBounded(name: string): boolean {
    if (voidElements.has(name) || rawElements.has(name)) return true;
    if (this.openElements.depth >= deepest) return false;
    if (!formattingElements.has(name)) return true;
    let left = maxFormatting;
    for (let entry = this.activeFormattingElements.newest; entry && left > 0; entry = entry.older) left--;
    return left > 0;
  }

  /** The source text of a tag. */
  private typed(token: Token.Token): void {
    const { startOffset, endOffset } = token.location!;
    this.text(decodeHTML(this.source.slice(startOffset, endOffset)), token);
  }

  private text(chars: string, { location }: Token.Token): void {
    this.onCharacter({ type: Token.TokenType.CHARACTER, chars, location });
  }
}

const space = ({ location }: Token.Token): Token.CharacterToken => ({ type: Token.TokenType.CHARACTER, chars: ' ', location });

/** @param written a comment at the very end of a text; `<!x>` is one too */
const isClosedComment = (written: string) =>
  written.startsWith('<!--') ? /^<!---?>$|--!?>$/.test(written) : written.endsWith('>');

/** Elements that do not contain themselves. */
const flat = new Set('title textarea iframe style datalist noscript video audio'.split(' '));

/** The offset of the last end tag and the number of start tags of each name, and the ends of start tags that nobody closes. */
function tagsIn(source: string) {
  const ends = new Map<string, number>();
  const starts = new Map<string, number>();
  const open = new Set<number>();
  const last = new Map<string, number>();
  for (const { 0: tag, 1: slash, 2: written, index } of source.matchAll(/<(\/?)([a-z][\w:-]*)/gi)) {
    const name = written!.toLowerCase();
    if (slash) {
      ends.set(name, index);
      last.delete(name);
      continue;
    }
    starts.set(name, (starts.get(name) ?? 0) + 1);
    if (!flat.has(name)) continue;
    const before = last.get(name);
    if (before !== undefined) open.add(before);
    // Of tags without attributes, the end is known here.
    last.set(name, index + tag.length + 1);
  }
  return { ends, starts, open };
}
