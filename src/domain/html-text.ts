import { decodeHTML, escapeText } from 'entities';
import sanitizeHtml from 'sanitize-html';

const tags =
  'p br b strong i em u s a ul ol li blockquote pre code h1 h2 h3 h4 h5 h6 table thead tbody tr th td hr img div span'.split(' ');
/** Markup that says nothing which plain text would not: paragraphs and breaks. */
const plainTags = new Set(['p', 'br', 'div', 'span']);
const looksLikeHtml = /<(\/?[a-z][a-z0-9]*)(\s[^<>]*)?\/?>|<!--/i;

/** What must not remain in a text: addresses of the source. */
export interface SourceLinks {
  /** Host of the source's API, without a port; its subdomains too. */
  hosts: readonly string[];
}

export interface CleanBody {
  /** Safe HTML; '' where nothing is left. */
  html: string;
  /** Links to files of the source that were named instead. */
  removedLinks: string[];
  /** Whether characters were removed that can't be stored. */
  charactersRemoved: boolean;
}

/** Without NUL and half surrogate pairs. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Cs}/gu, '');
}

export const isHtml = (text: string) => looksLikeHtml.test(text);

/** Plain text in which addresses of the source are named instead. */
export function withoutSourceLinks(text: string, { hosts }: SourceLinks): string {
  return text.replace(ofSource(hosts), nameOf);
}

function ofSource(hosts: readonly string[]): RegExp {
  const host = hosts.map(each => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return new RegExp(`(https?:)?//([\\w-]+\\.)*(${host || '(?!)'})(:\\d+)?(/[^\\s"'<>]*)?|(?<![\\w/])/v1/files/[\\w-]+`, 'gi');
}

const nameOf = (link: string) =>
  link.startsWith('data:') ? '[image]' : `[${link.split('/').filter(Boolean).slice(-2).join(' ') || 'link'}]`;

/** HTML or plain text of the source as safe HTML without addresses of the source. Quoted text stays. */
export function cleanBody(text: string, { hosts }: SourceLinks): CleanBody {
  const storable = storableText(text);
  const removedLinks: string[] = [];
  const links = ofSource(hosts);
  const name = (link: string) => {
    removedLinks.push(link);
    return nameOf(link);
  };
  const withoutLinks = (plain: string) => plain.replace(links, name);
  const isOfSource = (link: string | undefined) => link !== undefined && new RegExp(links.source, 'i').test(link);
  const html = isHtml(storable)
    ? sanitizeHtml(storable, {
        allowedTags: tags,
        allowedAttributes: { a: ['href'], img: ['src', 'alt'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] },
        allowedSchemes: ['http', 'https', 'mailto', 'tel'],
        allowProtocolRelative: false,
        transformTags: {
          a: (tagName, attribs) => {
            if (!isOfSource(attribs.href)) return { tagName, attribs };
            // It keeps its own words.
            name(attribs.href!);
            return { tagName: 'span', attribs: {} };
          },
          img: (tagName, attribs) =>
            isOfSource(attribs.src) || !/^https?:/i.test(attribs.src ?? '')
              ? { tagName: 'span', attribs: {}, text: escapeText(attribs.src ? name(attribs.src.slice(0, 200)) : '') }
              : { tagName, attribs },
        },
        textFilter: withoutLinks,
      })
    : plainToHtml(withoutLinks(storable));
  return { html: html.trim(), removedLinks, charactersRemoved: storable !== text };
}

export function plainToHtml(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' ? '' : `<p>${escapeText(trimmed).replace(/\r\n?|\n/g, '<br>')}</p>`;
}

/** What a person reads of HTML: one line, white space collapsed. */
export function readText(html: string): string {
  const spaced = html.replace(/<(br|\/p|\/div|\/li|\/tr|\/h\d|\/td|\/th|\/blockquote|hr)\b[^>]*>/gi, ' ');
  const bare = decodeHTML(sanitizeHtml(spaced, { allowedTags: [], allowedAttributes: {} }));
  return bare.replace(/[\s\u200b\u00a0]+/g, ' ').trim();
}

/** What a person reads of a body that is either. */
export const readBody = (body: string, isPlain: boolean) =>
  isPlain ? body.replace(/[\s\u200b\u00a0]+/g, ' ').trim() : readText(body);

/** HTML as plain text with its line breaks; where a link leads is told behind its words. */
export function plainText(html: string): string {
  const told = html.replace(/<a href="(https?:[^"]*)"[^>]*>([\s\S]*?)<\/a>/gi, (_, href: string, words: string) =>
    words.includes(href) ? words : `${words} (${href})`,
  );
  const broken = told
    .replace(/\s*\n\s*/g, ' ')
    .replace(/<br[^>]*>/gi, '\n')
    .replace(/<\/(p|div|li|tr|h\d|blockquote)>/gi, '\n');
  return decodeHTML(sanitizeHtml(broken, { allowedTags: [], allowedAttributes: {} }))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

/** Whether HTML says no more than its plain text does. */
export function isPlainMarkup(html: string): boolean {
  for (const [, tag] of html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)) if (!plainTags.has(tag!.toLowerCase())) return false;
  return true;
}
