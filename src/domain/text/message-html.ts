import { escapeAttribute, escapeText } from 'entities';
import { dataImage, drawingImage } from './html/data-image.js';
import { type FlowRules, flowOf, type LinkResult } from './html/flow.js';
import { linkTarget, showsAddress } from './html/link-scheme.js';
import type { ImageShown } from './html/media.js';
import type { HtmlElement } from './html/parse.js';
import { isBlank, oneLine, textContent } from './html/read.js';
import { readSource, type SourceText } from './html/source-text.js';
import { plainToHtml } from './html-text.js';
import { nameOf, SourceLinks } from './source-links.js';
import { storableText } from './storable-text.js';

/** The converted text of a message. Quoted text stays. */
export interface MessageHtml {
  /** Safe HTML; '' if nothing is left. */
  html: string;
  /** Addresses of the source that were replaced by names. */
  removedLinks: string[];
  /** File ids of the embedded images. */
  heldImages: string[];
  /** Content that no message can show, with its address. */
  left: string[];
  /** Code of which the text shows nothing. */
  code: string[];
  /** Whether characters were removed that cannot be stored. */
  charactersRemoved: boolean;
}

export interface MessageContext {
  /** Hosts of the source's API, without ports. Subdomains are included. */
  hosts: readonly string[];
  /** The name of the message's file that a `cid:` address refers to. */
  nameOfContentId?: (address: string) => string | null;
}

const maxAddressLength = 200;

export function messageHtml(source: SourceText, context: MessageContext): MessageHtml {
  const rules = new MessageRules(context);
  const read = readSource(source);
  const html = 'plain' in read ? plainToHtml(rules.text(read.plain)) : flowOf(read.nodes, rules, read.keepsLines);
  const { removedLinks, heldImages, left } = rules;
  const code = 'plain' in read ? [] : read.leftOut.map(each => oneLine(each).slice(0, maxAddressLength));
  return { html, removedLinks, heldImages, left, code, charactersRemoved: storableText(source.text) !== source.text };
}

/** Whether it has visible content. */
export function showsSomething(source: SourceText): boolean {
  return source.text !== '' && !isBlank(messageHtml(source, { hosts: [] }).html);
}

class MessageRules implements FlowRules {
  readonly removedLinks: string[] = [];
  readonly heldImages: string[] = [];
  readonly left: string[] = [];
  readonly hidesTransparent = true;
  private readonly links: SourceLinks;

  constructor(private readonly context: MessageContext) {
    this.links = new SourceLinks(context.hosts);
  }

  /** Mails hide their preheader. */
  leftOut(): void {}

  text(text: string): string {
    return this.links.replacedIn(text, link => this.named(link));
  }

  link(written: string, words: string): LinkResult | null {
    if (this.links.isIn(written)) {
      // The link text stays.
      this.named(written);
      return null;
    }
    const target = linkTarget(written);
    if (target.kind === 'ANCHOR') return null;
    if (target.kind === 'RELATIVE' || target.kind === 'NOWHERE') {
      this.leave('link', target.href);
      return null;
    }
    const isMissing = target.kind === 'PROGRAM' && !showsAddress(words, target.shown);
    return { href: target.href, suffix: isMissing ? target.shown : null };
  }

  image({ address, alt, isPixel }: ImageShown): string {
    const held = dataImage(address);
    if (held) return this.held(held.id, alt);
    if (address === '') return escapeText(alt);
    if (this.links.isIn(address)) return escapeText(this.named(address));
    const name = this.context.nameOfContentId?.(address);
    if (name) return escapeText(`[${name}]`);
    const target = linkTarget(address);
    if (target.kind !== 'WEB') {
      this.leave('image', address);
      return escapeText(`[${alt || 'image'}]`);
    }
    return isPixel ? '' : `<img src="${escapeAttribute(target.href)}"${alt ? ` alt="${escapeAttribute(alt)}"` : ''}>`;
  }

  drawing(svg: HtmlElement): string {
    const drawing = drawingImage(svg);
    return drawing ? this.held(drawing.id, oneLine(textContent(svg))) : '';
  }

  media({ tagName }: HtmlElement, address: string): { html: string; isBlock: boolean } {
    const shown = (html: string) => ({ html, isBlock: false });
    if (this.links.isIn(address)) return shown(escapeText(this.named(address)));
    const target = linkTarget(address);
    if (target.kind === 'WEB') return shown(`<a href="${escapeAttribute(target.href)}">${escapeText(target.href)}</a>`);
    this.leave(tagName, address);
    return shown(`[${tagName}]`);
  }

  private held(id: string, words: string): string {
    this.heldImages.push(id);
    return escapeText(words ? `[image: ${words}]` : '[image]');
  }

  private named(link: string): string {
    this.removedLinks.push(link.slice(0, maxAddressLength));
    return nameOf(link.slice(0, maxAddressLength));
  }

  private leave(what: string, address: string): void {
    this.left.push(`${what} ${address.slice(0, maxAddressLength)}`);
  }
}
