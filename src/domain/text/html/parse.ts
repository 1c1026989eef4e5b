import { decodeHTML } from 'entities';
import { type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, html, Parser, Token } from 'parse5';
import {
  attributesWithoutValue,
  formattingElements,
  isKnownElement,
  rawElements,
  unclosedElements,
  voidElements,
} from './elements.js';

export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;

export interface ParsedHtml {
  /** All nodes, also hidden ones and those of the head. */
  nodes: HtmlNode[];
  /** Whether it certainly has markup: a closed element, one that needs no end tag, or one at the very beginning. */
  isMarkup: boolean;
}

/** Deeper elements are left out of the tree, but their text is kept. So the cost stays proportional to the length. */
const deepest = 200;
const maxFormatting = 100;

/** Parses HTML as a browser does, but keeps typed angle brackets as text: `<env>`, `List<String>`, `a<b && c>d`. */
export function parseHtml(text: string): ParsedHtml {
  const parser = new LenientParser(text);
  parser.tokenizer.write(text, true);
  const root = parser.document.childNodes.find(isElement);
  return { nodes: root?.childNodes ?? [], isMarkup: parser.isMarkup };
}

export const isElement = (node: HtmlNode): node is HtmlElement => 'tagName' in node;
export const isText = (node: HtmlNode): node is DefaultTreeAdapterTypes.TextNode => node.nodeName === '#text';
export const attribute = ({ attrs }: HtmlElement, name: string): string | undefined =>
  attrs.find(each => each.name === name)?.value;
export const isForeign = ({ namespaceURI }: HtmlElement) => namespaceURI !== html.NS.HTML;

class LenientParser extends Parser<DefaultTreeAdapterMap> {
  isMarkup = false;
  private readonly opened = new Map<string, number>();
  private readonly lastEnds = new Map<string, number>();
  private begun = false;
  /** End offset of the last token. */
  private end = 0;

  constructor(private readonly source: string) {
    super({ sourceCodeLocationInfo: true, scriptingEnabled: false });
  }

  override onStartTag(token: Token.TagToken): void {
    this.end = token.location!.endOffset;
    if (this.currentNotInHTML || this.isOfHtml(token)) this.startElement(token);
    else this.typed(token);
  }

  private startElement(token: Token.TagToken): void {
    const { tagName } = token;
    const isWhole = tagName === 'br' || tagName === 'hr' || (voidElements.has(tagName) && token.attrs.length > 0);
    if (isWhole || (!this.begun && unclosedElements.has(tagName))) this.isMarkup = true;
    this.begun = true;
    this.opened.set(tagName, (this.opened.get(tagName) ?? 0) + 1);
    if (this.isBounded(tagName)) super.onStartTag(token);
    else this.text(' ', token);
  }

  override onEndTag(token: Token.TagToken): void {
    this.end = token.location!.endOffset;
    if (this.currentNotInHTML || isKnownElement(token.tagName)) this.endElement(token);
    else this.typed(token);
  }

  private endElement(token: Token.TagToken): void {
    const { tagName } = token;
    const open = this.opened.get(tagName) ?? 0;
    if (open > 0) this.isMarkup = true;
    this.opened.set(tagName, Math.max(0, open - 1));
    // An end tag without a start tag shows nothing.
    if (open > 0 || tagName === 'br') super.onEndTag(token);
  }

  override onComment(token: Token.CommentToken): void {
    this.end = token.location!.endOffset;
    // An unclosed comment would hide all the rest.
    if (this.end >= this.source.length && !this.source.endsWith('>')) this.typed(token);
    else super.onComment(token);
  }

  override onCharacter(token: Token.CharacterToken): void {
    this.end = Math.max(this.end, token.location!.endOffset);
    this.begun = true;
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

  private isOfHtml({ tagName, attrs, location }: Token.TagToken): boolean {
    if (!isKnownElement(tagName) || tagName === 'frameset') return false;
    if (rawElements.has(tagName) && this.lastEndOf(tagName) < location!.endOffset) return false;
    if (attrs.length === 0 || attrs.some(({ name }) => attributesWithoutValue.has(name) || name.includes('-'))) return true;
    return this.source.slice(location!.startOffset, location!.endOffset).includes('=');
  }

  private lastEndOf(name: string): number {
    let at = this.lastEnds.get(name);
    if (at === undefined) {
      at = this.source.toLowerCase().lastIndexOf(`</${name}`);
      this.lastEnds.set(name, at);
    }
    return at;
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
