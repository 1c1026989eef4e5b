/** Limit of file systems, in bytes. */
const maxBytes = 255;

/** Direction marks: `fatura<RLO>fdp.exe` looks like a PDF. */
const turns = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;

/**
 * A file name that is readable and valid on every system: one line, no hidden characters, no path, not too long. The extension is
 * kept. '' if nothing is left.
 */
export function readableFileName(name: string): string {
  const line = name.toWellFormed().replace(turns, '').replace(breaks, ' ');
  // A path becomes part of the name, so it cannot lead to another folder.
  const steps = line
    .split(/[/\\]/)
    .filter(step => !/^[. ]*$/.test(step))
    .map(step => step.trim());
  return shortened(steps.join('_'));
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const dot = name.lastIndexOf('.');
  const kind = dot > 0 && name.length - dot <= 10 ? name.slice(dot) : '';
  return fitting(name.slice(0, name.length - kind.length), maxBytes - Buffer.byteLength(kind), 'head').trimEnd() + kind;
}

/** The longest head or tail of a text that has at most this many bytes. */
export function fitting(text: string, bytes: number, part: 'head' | 'tail'): string {
  const near = part === 'head' ? text.slice(0, bytes) : text.slice(-bytes);
  let letters = Array.from(near).filter(letter => letter.isWellFormed());
  while (Buffer.byteLength(letters.join('')) > bytes) letters = part === 'head' ? letters.slice(0, -1) : letters.slice(1);
  return letters.join('');
}
