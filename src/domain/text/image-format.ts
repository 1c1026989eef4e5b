/** How files of each format begin: bytes, as Latin-1. */
const heads: [string, string][] = [
  [`${String.fromCharCode(0x89)}PNG\r\n`, 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['BM', 'image/bmp'],
];
/** What may come before the drawing itself, and how each ends. */
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

/** What an image is by its first bytes, whatever it calls itself; null where it is none that is known. */
export function imageFormat(head: Buffer): string | null {
  const text = head.toString('latin1');
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  return heads.find(([begin]) => text.startsWith(begin))?.[1] ?? (isSvg(text) ? 'image/svg+xml' : null);
}

/** Formats that Intercom keeps in an article. */
export const articleImageFormats: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/svg+xml']);
