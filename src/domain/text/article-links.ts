/** The article of a path in the old help center, with the language if the path has one. */
export function articleOfPath(pathname: string): { id: string; language: string | null } | null {
  const parts = pathname.split('/').filter(Boolean);
  const [directory, name] = parts.slice(-2);
  const id = /^(\d+)(?:-|$)/.exec(name ?? '')?.[1];
  if (directory !== 'articles' || !id) return null;
  const language = parts.at(-3);
  return { id, language: language && isLanguage(language) ? language : null };
}

const isLanguage = (text: string) => /^[a-z]{2}(?:-[a-z]{2})?$/i.test(text);

/** Infoset's host, which all accounts without a host of their own share. */
export const sharedHost = 'infoset.help';

/** Address of a help center: the host, and its path on a host that several share. */
export interface HelpSite {
  host: string;
  /** '' or `/ege`. */
  path: string;
}

/** The help center of an article's address; null if it is not the address of an article. */
export function helpSiteOf(url: string | null): HelpSite | null {
  const parsed = URL.parse(url ?? '');
  if (!parsed || !articleOfPath(parsed.pathname)) return null;
  const parts = parsed.pathname.split('/').filter(Boolean).slice(0, -2);
  // On the shared host the first part is the account, even if it looks like a language.
  const isAccount = parsed.hostname === sharedHost && parts.length === 1;
  if (!isAccount && isLanguage(parts.at(-1) ?? '')) parts.pop();
  return { host: parsed.hostname, path: parts.map(part => `/${part}`).join('') };
}

/** Whether an address is in one of these help centers. Other paths on the same host belong to other accounts. */
export function isInSite({ hostname, pathname }: URL, sites: readonly HelpSite[]): boolean {
  return sites.some(({ host, path }) => host === hostname && (pathname === path || pathname.startsWith(`${path}/`)));
}
