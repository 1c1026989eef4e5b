/** The article, and the language if it is named, that a path of the old help centre leads to. */
export function articleOfPath(pathname: string): { id: string; language: string | null } | null {
  const parts = pathname.split('/').filter(Boolean);
  const [directory, name] = parts.slice(-2);
  const id = /^(\d+)(?:-|$)/.exec(name ?? '')?.[1];
  if (directory !== 'articles' || !id) return null;
  const language = parts.at(-3);
  return { id, language: language && isLanguage(language) ? language : null };
}

const isLanguage = (text: string) => /^[a-z]{2}(?:-[a-z]{2})?$/i.test(text);

/** Infoset's own host of help centres. */
export const sharedHost = 'infoset.help';

/** Where a help centre is: its host, and on a host of several the path that is its own. */
export interface HelpSite {
  host: string;
  /** '' or `/ege`. */
  path: string;
}

/** The help centre that an article's address belongs to; null where it is none. */
export function helpSiteOf(url: string | null): HelpSite | null {
  const parsed = URL.parse(url ?? '');
  if (!parsed || !articleOfPath(parsed.pathname)) return null;
  const parts = parsed.pathname.split('/').filter(Boolean).slice(0, -2);
  // On the host of all, the first word is the account, whatever it looks like.
  const isAccount = parsed.hostname === sharedHost && parts.length === 1;
  if (!isAccount && isLanguage(parts.at(-1) ?? '')) parts.pop();
  return { host: parsed.hostname, path: parts.map(part => `/${part}`).join('') };
}

/** Whether an address is in one of these help centres; others on the same host are somebody else's. */
export function isInSite({ hostname, pathname }: URL, sites: readonly HelpSite[]): boolean {
  return sites.some(({ host, path }) => host === hostname && (pathname === path || pathname.startsWith(`${path}/`)));
}
