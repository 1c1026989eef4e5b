import sanitizeHtml from 'sanitize-html';
import { inlineFiles } from './attachments.js';
import { storableText } from './html-text.js';
import { keptId } from './kept-text.js';

/** What the text of an article becomes, before it is known where its images and its neighbours are. */
export interface ArticleText {
  /** Safe HTML; images stand as `landfall-image:<file>`, links to articles as `landfall-article:<id>/<language><tail>`. */
  html: string;
  /** Ids of the files that it shows. */
  images: string[];
  /** Images that could not be had, or that are in no format that Intercom takes; by their address. */
  removedImages: string[];
  /** Addresses of the source that lead nowhere any more: their words stay. */
  brokenLinks: string[];
}

export interface ArticleContext {
  /** Its own address, by which relative links are read. */
  url: string;
  language: string;
  /** Hosts of the help centre, and of the API. */
  helpHosts: ReadonlySet<string>;
  apiHosts: readonly string[];
  articles: ReadonlySet<string>;
  /** Whether a file can be shown. */
  isShown(fileId: string): boolean;
}

/** Videos that Intercom embeds; any other becomes a link. */
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
const tags =
  'p br b strong i em u s a ul ol li blockquote pre code h1 h2 hr img iframe table thead tbody tr th td div span'.split(' ');

/** Makes the HTML of an article what Intercom takes: two sizes of heading, no table in a list or in a table, no dead image. */
export function articleText(html: string, context: ArticleContext): ArticleText {
  const found: ArticleText = { html: '', images: [], removedImages: [], brokenLinks: [] };
  const gone = { tagName: 'span', attribs: {} };
  const clean = sanitizeHtml(flatTables(storableText(html)), {
    allowedTags: tags,
    allowedAttributes: {
      a: ['href'],
      img: ['src', 'alt'],
      iframe: ['src', 'allowfullscreen'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'landfall-image', 'landfall-article'],
    allowedIframeDomains: videoHosts,
    allowProtocolRelative: false,
    nonBooleanAttributes: [],
    transformTags: {
      h3: 'h2',
      h4: 'h2',
      h5: 'h2',
      h6: 'h2',
      iframe: (tagName, attribs) => {
        const url = URL.parse(attribs.src ?? '', context.url);
        if (!url || context.helpHosts.has(url.hostname)) return gone;
        const isVideo = videoHosts.some(host => url.hostname === host || url.hostname.endsWith(`.${host}`));
        return isVideo ? { tagName, attribs } : { tagName: 'a', attribs: { href: url.href }, text: url.href };
      },
      img: (tagName, { src = '', alt }) => {
        const id = imageId(src, context);
        if (id === null || !context.isShown(id)) {
          found.removedImages.push(src.slice(0, 200));
          return gone;
        }
        found.images.push(id);
        return { tagName, attribs: { src: `landfall-image:${encodeURIComponent(id)}`, ...(alt ? { alt } : {}) } };
      },
      a: (tagName, { href = '' }) => {
        const target = linkOf(href.trim(), context);
        if (target === null) found.brokenLinks.push(href.slice(0, 300));
        return target === null ? gone : { tagName, attribs: { href: target } };
      },
    },
  });
  return { ...found, html: clean.trim(), images: [...new Set(found.images)] };
}

/** The file that an image shows: one of the source, one that the text holds, or one of anybody's by its address. */
export function imageId(src: string, { url, apiHosts }: Pick<ArticleContext, 'url' | 'apiHosts'>): string | null {
  const own = inlineFiles(`<img src="${src}">`, apiHosts)[0];
  if (own) return own.id;
  const address = imageAddress(src, url);
  return address && keptId(address);
}

/** Where an image that is no file of the source lies; null where that is nowhere. */
export function imageAddress(src: string, url: string): string | null {
  const address = URL.parse(src, url);
  return address && /^https?:$/.test(address.protocol) ? address.href : null;
}

/** Where a link leads now; null where to nothing that is left. */
function linkOf(href: string, { url, language, helpHosts, apiHosts, articles }: ArticleContext): string | null {
  if (href === '' || href.startsWith('#')) return href || null;
  if (/^(mailto|tel):/i.test(href)) return href;
  const target = URL.parse(href, url);
  if (!target || !/^https?:$/.test(target.protocol)) return null;
  if (apiHosts.some(host => target.hostname === host || target.hostname.endsWith(`.${host}`))) return null;
  if (!helpHosts.has(target.hostname)) return target.href;
  const article = articleOfPath(target.pathname);
  if (!article || !articles.has(article.id)) return null;
  return `landfall-article:${article.id}/${article.language ?? language}${target.search}${target.hash}`;
}

/** The article, and the language if it is named, that a path of the old help centre leads to. */
export function articleOfPath(pathname: string): { id: string; language: string | null } | null {
  const [, language, id] =
    /^\/(?:[^/]+\/)*?(?:([a-z]{2}(?:-[A-Za-z]{2})?)\/)?articles\/(\d+)(?:-[^/]*)?\/?$/.exec(pathname) ?? [];
  return id ? { id, language: language ?? null } : null;
}

/** Intercom takes no table inside a table or a list item: what is inside becomes paragraphs. */
function flatTables(html: string): string {
  let depth = 0;
  let lists = 0;
  return html.replace(/<(\/?)(table|li|thead|tbody|tr|td|th)\b[^>]*>/gi, (tag, closing: string, name: string) => {
    const kind = name.toLowerCase();
    if (kind === 'li') {
      lists += closing ? -1 : 1;
      return tag;
    }
    if (kind === 'table') {
      depth += closing ? -1 : 1;
      const isNested = closing ? depth > 0 || lists > 0 : depth > 1 || lists > 0;
      return isNested ? (closing ? '</p>' : '<p>') : tag;
    }
    const inside = depth > 1 || (lists > 0 && depth > 0);
    return inside ? ' ' : tag;
  });
}

const imageToken = /landfall-image:([\w%.!~*'()-]+)/g;
const linkToken = /<a href="landfall-article:(\d+)\/([\w-]+)([^"]*)">([\s\S]*?)<\/a>/g;

/**
 * The text with its images and links in place.
 * @param article the new address of an article in a language; null while there is none: then the words stay alone
 */
export function renderedArticle(
  html: string,
  { image, article }: { image: (fileId: string) => string; article: (id: string, language: string) => string | null },
): string {
  return html
    .replace(imageToken, (_, id: string) => image(decodeURIComponent(id)).replaceAll('&', '&amp;'))
    .replace(linkToken, (_, id: string, language: string, tail: string, words: string) => {
      const url = article(id, language);
      return url === null ? words : `<a href="${url}${tail}">${words}</a>`;
    });
}

/** The text without some of its images. */
export function withoutImages(html: string, fileIds: readonly string[]): string {
  return html.replace(/<img\b[^>]*>/gi, tag => {
    const [token] = tag.matchAll(imageToken);
    return token && fileIds.includes(decodeURIComponent(token[1]!)) ? '' : tag;
  });
}

/** Articles that a text links to, by id and language. */
export function linkedArticles(html: string): { id: string; language: string }[] {
  return [...html.matchAll(linkToken)].map(([, id, language]) => ({ id: id!, language: language! }));
}
