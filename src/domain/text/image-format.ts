/** First bytes of each format, as Latin-1. */
const heads: [string, string][] = [
  [`${String.fromCharCode(0x89)}PNG\r\n`, 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['BM', 'image/bmp'],
];
/** Parts that may precede the `<svg>` element. */
const prologue: [begin: string, end: string][] = [
  ['<?xml', '?>'],
  ['<!--', '-->'],
  ['<!doctype svg', '>'],
];

function isSvg(text: string): boolean {
  const lower = text.toLowerCase();
  for (let at = 0; ; ) {
    while (/\s/.test(lower[at] ?? '')) at++;
    const part = prologue.find(([begin]) => lower.startsWith(begin, at));
    if (!part) return lower.startsWith('<svg', at) && /[\s>/]/.test(lower[at + '<svg'.length] ?? '>');
    const end = lower.indexOf(part[1], at);
    if (end < 0) return false;
    at = end + part[1].length;
  }
}

/** The format of an image by its first bytes; null if it is not a known format. */
export function imageFormat(head: Buffer): string | null {
  const text = head.toString('latin1');
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  return heads.find(([begin]) => text.startsWith(begin))?.[1] ?? (isSvg(text) ? 'image/svg+xml' : null);
}

/** Formats that Intercom accepts in an article. */
export const articleImageFormats: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/svg+xml']);
