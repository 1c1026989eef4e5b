/** As file systems take a name, in bytes. */
const longest = 255;

/** What changes the direction of the letters around it: `fatura<RLO>fdp.exe` looks like a PDF. */
const turns = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;

/**
 * The name of a file as a person reads it, and as each system can keep it: in one line, as it looks, no path, not too long; what
 * tells its kind stays. '' where nothing of it is left.
 */
export function readableFileName(name: string): string {
  const line = name.toWellFormed().replace(turns, '').replace(breaks, ' ').trim();
  // A name is no place: what led there is kept, and can't lead anywhere.
  const steps = line.split(/[/\\]/).filter(step => !/^[. ]*$/.test(step));
  return shortened(steps.join('_'));
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= longest) return name;
  const dot = name.lastIndexOf('.');
  const kind = dot > 0 && name.length - dot <= 10 ? name.slice(dot) : '';
  return fitting(name.slice(0, name.length - kind.length), longest - Buffer.byteLength(kind), 'head') + kind;
}

/** The head or the tail of a text, of at most so many bytes. */
export function fitting(text: string, bytes: number, part: 'head' | 'tail'): string {
  const near = part === 'head' ? text.slice(0, bytes) : text.slice(-bytes);
  let letters = Array.from(near).filter(letter => letter.isWellFormed());
  while (Buffer.byteLength(letters.join('')) > bytes) letters = part === 'head' ? letters.slice(0, -1) : letters.slice(1);
  return letters.join('');
}
