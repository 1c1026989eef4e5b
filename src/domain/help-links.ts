import { articleOfPath } from './article-html.js';

/** Where articles of the old help centre are now. */
export interface HelpLinks {
  /** Hosts of the old help centre, without a port. */
  hosts: ReadonlySet<string>;
  /** The new address of an article; in whatever language there is where none is named. Null where there is none. */
  urlOf(id: string, language: string | null): string | null;
}

/** Infoset's own host of help centres: its addresses end with the account. One of the customer's own can lead on. */
const ownHost = 'infoset.help';
const isOwn = (host: string) => host === ownHost || host.endsWith(`.${ownHost}`);

const address = /https?:\/\/([\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:[/?#][^\s"'<>]*)?/gi;
const anchor = /<a href="(https?:\/\/[^"]*)"[^>]*>([\s\S]*?)<\/a>/gi;

/**
 * Leads addresses of the old help centre in a text, HTML or plain, to where their articles are now.
 * @returns the text, and the addresses that were taken out of it, for they would lead nowhere: the words of a link stay, a bare one is named
 */
export function relinked(text: string, links: HelpLinks): { text: string; removed: string[] } {
  const removed: string[] = [];
  const withoutDead = text.replace(anchor, (link, href: string, words: string) => {
    if (target(href, links) !== null) return link;
    removed.push(href);
    return words;
  });
  const led = withoutDead.replace(address, found => {
    // What ends the sentence is none of the address.
    const link = found.replace(/(?:[.,:!?)\]]|;(?<!&\w{1,8};))+$/, '');
    const url = target(link, links);
    if (url === null) removed.push(link);
    return `${
      url ??
      `[${link
        .split(/[/?#]+/)
        .slice(1)
        .filter(Boolean)
        .slice(-2)
        .join(' ')}]`
    }${found.slice(link.length)}`;
  });
  return { text: led, removed: [...new Set(removed)] };
}

/** Where a link leads now: itself where it is none of ours, null where to nothing that will be left. */
function target(link: string, { hosts, urlOf }: HelpLinks): string | null {
  const url = URL.parse(link);
  const isHelp = url && (hosts.has(url.hostname) || isOwn(url.hostname));
  if (!isHelp) return link;
  const article = articleOfPath(url.pathname);
  const now = article && urlOf(article.id, article.language);
  if (now) return now + link.slice(/[?#]|$/.exec(link)!.index);
  return isOwn(url.hostname) ? null : link;
}
