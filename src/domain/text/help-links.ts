import { articleOfPath, type HelpSite, isInSite, sharedHost } from './article-links.js';
import { attribute, isText } from './html/parse.js';
import { rewritten, setAttribute } from './html/rewrite.js';

/** The new addresses of the articles of the old help center. */
export interface HelpLinks {
  /** The old help center. */
  sites: readonly HelpSite[];
  /** The new address of an article, in any language if none is given. null if there is none. */
  urlOf(id: string, language: string | null): string | null;
}

export interface Relinked {
  text: string;
  /** Removed addresses, whose targets no longer exist. The text of a link stays; a bare address is replaced by a name. */
  removed: string[];
}

/** Replaces addresses of the old help center by the new ones, in HTML that this program produced. */
export function relinkedHtml(html: string, links: HelpLinks): Relinked {
  if (!mentions(html, links)) return { text: html, removed: [] };
  const removed = new Set<string>();
  const text = rewritten(html, element => {
    for (const node of element.childNodes) if (isText(node)) node.value = replaced(node.value, links, removed);
    const href = element.tagName === 'a' ? attribute(element, 'href') : undefined;
    if (!href || !/^https?:/i.test(href)) return [element];
    const url = target(href, links);
    if (url === null) removed.add(href);
    else setAttribute(element, 'href', url);
    return url === null ? element.childNodes : [element];
  });
  return { text, removed: [...removed] };
}

/** Replaces addresses of the old help center in plain text. */
export function relinkedPlain(plain: string, links: HelpLinks): Relinked {
  const removed = new Set<string>();
  return { text: replaced(plain, links, removed), removed: [...removed] };
}

/** A quick check: most texts have no such address. */
function mentions(text: string, { sites }: HelpLinks): boolean {
  const lower = text.toLowerCase();
  return sites.some(({ host }) => lower.includes(host));
}

const address = /https?:\/\/[^\s"'<>]+/gi;

function replaced(text: string, links: HelpLinks, removed: Set<string>): string {
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

/** Punctuation at the end of a sentence is not part of an address. */
function withoutSentenceEnd(link: string): string {
  let end = link.length;
  while (sentenceEnds.has(link[end - 1] ?? '')) end--;
  return link.slice(0, end);
}

/** The new address of a link: unchanged if it is outside of the help center, null if its target no longer exists. */
function target(link: string, { sites, urlOf }: HelpLinks): string | null {
  const url = URL.parse(link);
  if (!url || !isInSite(url, sites)) return link;
  const article = articleOfPath(url.pathname);
  const now = article && urlOf(article.id, article.language);
  if (now) return now + link.slice(/[?#]|$/.exec(link)!.index);
  // The customer can redirect addresses on their own host.
  return url.hostname === sharedHost || url.hostname.endsWith(`.${sharedHost}`) ? null : link;
}
