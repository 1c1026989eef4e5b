/** What a link leads to by its scheme. */
export type LinkTarget =
  /** Any destination keeps it. */
  | { kind: 'WEB'; href: string }
  /** A program opens it: a destination that does not know its scheme drops it, so that it is told in the text too. */
  | { kind: 'PROGRAM'; href: string; told: string }
  /** Without a scheme: it leads on from where it stands. */
  | { kind: 'RELATIVE'; href: string }
  | { kind: 'ANCHOR' }
  /** It leads to nothing outside of the text. */
  | { kind: 'NOWHERE'; href: string };

const nowhere = new Set(
  'javascript vbscript data file cid mid blob about view-source mhtml res webkit-fake-url outlook'.split(' '),
);

export function linkTarget(written: string): LinkTarget {
  const href = written.replace(/[\t\n\r]/g, '').trim();
  if (href.startsWith('#')) return { kind: 'ANCHOR' };
  if (href.startsWith('//')) return { kind: 'WEB', href: `https:${href}` };
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href)?.[1]?.toLowerCase();
  if (scheme === undefined)
    return href.toLowerCase().startsWith('www.') ? { kind: 'WEB', href: `http://${href}` } : { kind: 'RELATIVE', href };
  if (scheme === 'http' || scheme === 'https') return URL.canParse(href) ? { kind: 'WEB', href } : { kind: 'NOWHERE', href };
  if (scheme === 'mailto') return { kind: 'WEB', href };
  // Telephones and mail programs find dates and numbers by themselves.
  if (scheme.startsWith('x-apple')) return { kind: 'ANCHOR' };
  if (nowhere.has(scheme)) return { kind: 'NOWHERE', href };
  return { kind: 'PROGRAM', href, told: scheme === 'tel' ? href.slice('tel:'.length) : href };
}

const digits = (text: string) => text.replace(/\D/g, '');

/** Whether the words of a link tell where it leads: letter by letter, or as a telephone number. */
export function tells(words: string, told: string): boolean {
  return words.includes(told) || (/^\+?[\d\s().-]+$/.test(told) && digits(told) !== '' && digits(words).includes(digits(told)));
}
