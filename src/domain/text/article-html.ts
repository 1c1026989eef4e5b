import { escapeAttribute, escapeText } from 'entities';
import { articleOfPath, type HelpSite, isInSite } from './article-links.js';
import type { Attachment } from './attachments.js';
import { dataImage, drawingImage } from './html/data-image.js';
import { type FlowRules, flowOf, type LinkResult } from './html/flow.js';
import { linkTarget, showsAddress } from './html/link-scheme.js';
import { addressesOf, type ImageShown, imageElements, imageShown } from './html/media.js';
import { attribute, type HtmlElement, type HtmlNode, parseHtml } from './html/parse.js';
import { oneLine, textContent } from './html/read.js';
import { elementsOf, rewritten, setAttribute } from './html/rewrite.js';
import { keptId } from './kept-text.js';
import { SourceLinks } from './source-links.js';
import { storableText } from './storable-text.js';

/** The converted text of an article, before the addresses of its images and of linked articles are known. */
export interface ArticleText {
  /** Safe HTML with placeholders: `landfall-image:<file>` and `landfall-article:<id>/<language><tail>`. */
  html: string;
  /** Ids of the image files. */
  images: string[];
  /** Addresses of images that are not available, or whose format Intercom does not accept. */
  removedImages: string[];
  /** Addresses that no longer work. The text of their links stays. */
  brokenLinks: string[];
  /** Embedded content that no article can show, with its address. */
  left: string[];
  /** The beginnings of hidden content that is left out: readers may have been able to open them. */
  hidden: string[];
}

export interface ArticleContext {
  /** Address of the article, which relative links are resolved against. */
  url: string;
  language: string;
  /** Addresses of the help center. */
  sites: readonly HelpSite[];
  /** Hosts of the source's API. */
  apiHosts: readonly string[];
  /** Ids of the articles that move. */
  articles: ReadonlySet<string>;
  /** Whether the article can show a file. */
  isShown(fileId: string): boolean;
}

/** Hosts whose videos Intercom embeds. A video of another host becomes a link. */
const videoHosts = [
  'youtube.com',
  'youtube-nocookie.com',
  'youtu.be',
  'wistia.com',
  'wistia.net',
  'vimeo.com',
  'loom.com',
  'vidyard.com',
  'streamio.com',
];
const isOn = (hostname: string, hosts: readonly string[]) =>
  hosts.some(host => hostname === host || hostname.endsWith(`.${host}`));
/** In characters, of hidden text in an issue. */
const longestQuote = 150;
const imageScheme = 'landfall-image:';
const articleScheme = 'landfall-article:';

/** Converts HTML to what Intercom accepts: two heading levels, no table in a list or in a table, no broken image. */
export function articleText(html: string, context: ArticleContext): ArticleText {
  const rules = new ArticleRules(context);
  const text = flowOf(parseHtml(storableText(html)).nodes, rules);
  const { images, removedImages, brokenLinks, left, hidden } = rules;
  return { html: text, images: [...images], removedImages, brokenLinks, left, hidden };
}

/** All images of an article, on any host. */
export function imagesOfArticle(html: string, context: Pick<ArticleContext, 'url' | 'apiHosts'>): Attachment[] {
  const found = new Map<string, Attachment>();
  const text = storableText(html);
  if (!text.includes('<')) return [];
  for (const element of elementsOf(text)) {
    const { tagName } = element;
    const file =
      tagName === 'svg' ? drawingImage(element) : imageElements.has(tagName) ? fileOf(imageShown(element), context) : null;
    if (file) found.set(file.id, file);
  }
  return [...found.values()];
}

/** The file of an image: a file of the source, an embedded one, or a file on any other host by its address. */
function fileOf({ address }: ImageShown, { url, apiHosts }: Pick<ArticleContext, 'url' | 'apiHosts'>): Attachment | null {
  const held = dataImage(address);
  if (held) return held;
  const [id] = new SourceLinks(apiHosts).fileIdsIn(address);
  if (id) return { id: keptId(id), name: `file ${keptId(id)}`, contentType: '', url: `/v1/files/${id}`, size: null };
  const absolute = address === '' ? null : URL.parse(address, url);
  if (!absolute || !/^https?:$/.test(absolute.protocol)) return null;
  const { href } = absolute;
  return { id: keptId(href), name: href.split('/').at(-1)!.slice(0, 100), contentType: '', url: href, size: null };
}

class ArticleRules implements FlowRules {
  readonly images = new Set<string>();
  readonly removedImages: string[] = [];
  readonly brokenLinks: string[] = [];
  readonly left: string[] = [];
  readonly hidden: string[] = [];
  /** Pages fade their content in. */
  readonly hidesTransparent = false;

  constructor(private readonly context: ArticleContext) {}

  leftOut(words: string, nodes: readonly HtmlNode[]): void {
    const addresses = words.includes(' ') ? [] : addressesOf(nodes).slice(0, 1);
    if (words.includes(' ') || addresses.length > 0)
      this.hidden.push([words, ...addresses].join(' ').trim().slice(0, longestQuote));
  }

  text(text: string): string {
    return text;
  }

  link(written: string, words: string): LinkResult | null {
    const target = linkTarget(written);
    if (target.kind === 'ANCHOR') return written.startsWith('#') ? { href: written, suffix: null } : null;
    if (target.kind === 'PROGRAM') return { href: target.href, suffix: showsAddress(words, target.shown) ? null : target.shown };
    const href = target.kind === 'NOWHERE' ? null : this.webLink(target.href, target.kind === 'RELATIVE');
    if (href === null) this.brokenLinks.push(written.slice(0, 300));
    return href === null ? null : { href, suffix: null };
  }

  /** The new address of a link; null if its target no longer exists. */
  private webLink(href: string, isRelative: boolean): string | null {
    const { url, language, sites, apiHosts, articles } = this.context;
    if (href.toLowerCase().startsWith('mailto:')) return href;
    const target = URL.parse(href, url);
    if (!target || !/^https?:$/.test(target.protocol) || isOn(target.hostname, apiHosts)) return null;
    // A link within this help center must not become a link to another site.
    const isOurs = isInSite(target, sites) || (isRelative && sites.some(({ host }) => host === target.hostname));
    if (!isOurs) return target.href;
    const article = isInSite(target, sites) ? articleOfPath(target.pathname) : null;
    if (!article || !articles.has(article.id)) return null;
    return `${articleScheme}${article.id}/${article.language ?? language}${target.search}${target.hash}`;
  }

  image(image: ImageShown): string {
    const { address, alt, isPixel } = image;
    const file = fileOf(image, this.context);
    if (isPixel && !file?.url.startsWith('data:')) return '';
    if (file && this.context.isShown(file.id)) return this.shown(file.id, alt);
    this.removedImages.push(address.slice(0, 200) || `without an address${alt ? `, “${alt.slice(0, 100)}”` : ''}`);
    return escapeText(alt);
  }

  drawing(svg: HtmlElement): string {
    const file = drawingImage(svg);
    if (!file) return '';
    const words = wordsOf(svg);
    if (this.context.isShown(file.id)) return this.shown(file.id, words);
    this.removedImages.push(`drawn in the text${words ? `, “${words.slice(0, 100)}”` : ''}`);
    return escapeText(words);
  }

  private shown(fileId: string, alt: string): string {
    this.images.add(fileId);
    return `<img src="${escapeAttribute(imageScheme + encodeURIComponent(fileId))}"${alt ? ` alt="${escapeAttribute(alt)}"` : ''}>`;
  }

  media({ tagName }: HtmlElement, address: string): { html: string; isBlock: boolean } {
    const target = linkTarget(address);
    const url = target.kind === 'WEB' || target.kind === 'RELATIVE' ? URL.parse(target.href, this.context.url) : null;
    if (!url || isOn(url.hostname, this.context.apiHosts) || isInSite(url, this.context.sites)) {
      this.left.push(`${tagName} ${address.slice(0, 200)}`);
      return { html: `[${tagName}]`, isBlock: false };
    }
    const href = escapeAttribute(url.href);
    if ((tagName === 'iframe' || tagName === 'embed') && isOn(url.hostname, videoHosts))
      return { html: `<iframe src="${href}" allowfullscreen=""></iframe>`, isBlock: true };
    return { html: `<a href="${href}">${escapeText(url.href)}</a>`, isBlock: false };
  }
}

const wordsOf = (element: HtmlElement): string => oneLine(textContent(element));

/** The file id of an image placeholder; null for other elements. */
function fileIdOf(element: HtmlElement): string | null {
  const src = element.tagName === 'img' ? attribute(element, 'src') : undefined;
  return src?.startsWith(imageScheme) ? decodeURIComponent(src.slice(imageScheme.length)) : null;
}

/** The article of a link placeholder; null for other elements. */
function articleLink(element: HtmlElement): { id: string; language: string; tail: string } | null {
  const href = element.tagName === 'a' ? attribute(element, 'href') : undefined;
  const [, id, language, tail] = /^landfall-article:(\d+)\/([\w-]+)(.*)$/s.exec(href ?? '') ?? [];
  return id ? { id, language: language!, tail: tail! } : null;
}

/**
 * Replaces the placeholders of images and links by addresses.
 * @param article the new address of an article in a language; null if there is none yet: then only the link text stays
 */
export function renderedArticle(
  html: string,
  { image, article }: { image: (fileId: string) => string; article: (id: string, language: string) => string | null },
): string {
  return rewritten(html, element => {
    const file = fileIdOf(element);
    if (file !== null) setAttribute(element, 'src', image(file));
    const link = articleLink(element);
    if (!link) return [element];
    const url = article(link.id, link.language);
    if (url === null) return element.childNodes;
    setAttribute(element, 'href', url + link.tail);
    return [element];
  });
}

/** Removes some images. */
export const withoutImages = (html: string, fileIds: readonly string[]) =>
  rewritten(html, element => (fileIds.includes(fileIdOf(element) ?? '') ? [] : [element]));

/** The articles of the link placeholders. */
export const linkedArticles = (html: string) =>
  [...elementsOf(html)].flatMap(element => articleLink(element) ?? []).map(({ id, language }) => ({ id, language }));
