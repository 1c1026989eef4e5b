/** The target of a link by its scheme. */
export type LinkTarget =
  /** Every destination keeps it. */
  | { kind: 'WEB'; href: string }
  /** A program opens it. A destination drops schemes that it does not know, so the text shows the address too. */
  | { kind: 'PROGRAM'; href: string; shown: string }
  /** Without a scheme: relative to the page. */
  | { kind: 'RELATIVE'; href: string }
  | { kind: 'ANCHOR' }
  /** It has no target outside of the text. */
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
  // Telephones and mail programs detect dates and numbers by themselves.
  if (scheme.startsWith('x-apple')) return { kind: 'ANCHOR' };
  if (nowhere.has(scheme)) return { kind: 'NOWHERE', href };
  return { kind: 'PROGRAM', href, shown: scheme === 'tel' ? href.slice('tel:'.length) : href };
}

const digits = (text: string) => text.replace(/\D/g, '');

/** Whether the text of a link shows its address: literally, or as the digits of a telephone number. */
export function showsAddress(words: string, address: string): boolean {
  if (words.includes(address)) return true;
  return /^\+?[\d\s().-]+$/.test(address) && digits(address) !== '' && digits(words).includes(digits(address));
}
