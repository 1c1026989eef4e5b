import { articleOfPath, type HelpSite, isInSite, sharedHost } from './article-links.js';
import { attribute, isText } from './html/parse.js';
import { rewritten, setAttribute } from './html/rewrite.js';

/** Where articles of the old help centre are now. */
export interface HelpLinks {
  /** The old help centre. */
  sites: readonly HelpSite[];
  /** The new address of an article; in whatever language there is where none is named. Null where there is none. */
  urlOf(id: string, language: string | null): string | null;
}

export interface Relinked {
  text: string;
  /** Addresses that were taken out of it, for they would lead nowhere: the words of a link stay, a bare one is named. */
  removed: string[];
}

/** Leads addresses of the old help centre in HTML of ours to where their articles are now. */
export function relinkedHtml(html: string, links: HelpLinks): Relinked {
  if (!mentions(html, links)) return { text: html, removed: [] };
  const removed = new Set<string>();
  const text = rewritten(html, element => {
    for (const node of element.childNodes) if (isText(node)) node.value = led(node.value, links, removed);
    const href = element.tagName === 'a' ? attribute(element, 'href') : undefined;
    if (!href || !/^https?:/i.test(href)) return [element];
    const url = target(href, links);
    if (url === null) removed.add(href);
    else setAttribute(element, 'href', url);
    return url === null ? element.childNodes : [element];
  });
  return { text, removed: [...removed] };
}

/** The same of plain text. */
export function relinkedPlain(plain: string, links: HelpLinks): Relinked {
  const removed = new Set<string>();
  return { text: led(plain, links, removed), removed: [...removed] };
}

/** Whether it may hold such an address: most texts hold none. */
function mentions(text: string, { sites }: HelpLinks): boolean {
  const lower = text.toLowerCase();
  return sites.some(({ host }) => lower.includes(host));
}

const address = /https?:\/\/[^\s"'<>]+/gi;

function led(text: string, links: HelpLinks, removed: Set<string>): string {
  return text.replace(address, found => {
    const link = withoutSentenceEnd(found);
    const url = target(link, links);
    if (url === null) removed.add(link);
    const words = link
      .split(/[/?#]+/)
      .slice(1)
      .filter(Boolean);
    return `${url ?? `[${words.slice(-2).join(' ')}]`}${found.slice(link.length)}`;
  });
}

const sentenceEnds = new Set('.,:;!?)]');

/** What ends the sentence is none of the address. */
function withoutSentenceEnd(link: string): string {
  let end = link.length;
  while (sentenceEnds.has(link[end - 1] ?? '')) end--;
  return link.slice(0, end);
}

/** Where a link leads now: itself where it is none of ours, null where to nothing that will be left. */
function target(link: string, { sites, urlOf }: HelpLinks): string | null {
  const url = URL.parse(link);
  if (!url || !isInSite(url, sites)) return link;
  const article = articleOfPath(url.pathname);
  const now = article && urlOf(article.id, article.language);
  if (now) return now + link.slice(/[?#]|$/.exec(link)!.index);
  // A host of the customer's own can lead on.
  return url.hostname === sharedHost || url.hostname.endsWith(`.${sharedHost}`) ? null : link;
}
