/**
 * The exact text of each element of a page's `items`, or of a page that is an array itself. Parsing and printing would change
 * long numbers, escapes and the order of names.
 * @param text valid JSON
 */
export function itemTexts(text: string): string[] {
  const start = itemsStart(text);
  if (start < 0) return [];
  const texts: string[] = [];
  let from = -1;
  for (let at = start; at < text.length; ) {
    const char = text[at]!;
    if (char === ']' && from < 0) break;
    if (char === ',' || char === ']') {
      texts.push(text.slice(from, at).trim());
      from = -1;
      if (char === ']') break;
      at++;
      continue;
    }
    if (from < 0 && !/\s/.test(char)) from = at;
    at = valueEnd(text, at);
  }
  return texts;
}

/** Index after the `[`; -1 if there is none. */
function itemsStart(text: string): number {
  let at = skipSpace(text, 0);
  if (text[at] === '[') return at + 1;
  if (text[at] !== '{') return -1;
  at = skipSpace(text, at + 1);
  while (at < text.length && text[at] !== '}') {
    const nameEnd = valueEnd(text, at);
    const name = text.slice(at, nameEnd);
    const value = skipSpace(text, skipSpace(text, nameEnd) + 1);
    if (name === '"items"') return text[value] === '[' ? value + 1 : -1;
    at = skipSpace(text, valueEnd(text, value));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return -1;
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && (text.charCodeAt(next) === 32 || (text.charCodeAt(next) >= 9 && text.charCodeAt(next) <= 13)))
    next++;
  return next;
}

/** Index after the value that begins here, or the next index if no value begins here. */
function valueEnd(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return stringEnd(text, from);
  if (first !== '{' && first !== '[') {
    const scalar = /[^\s,\]}:]+/y;
    scalar.lastIndex = from;
    return scalar.test(text) ? scalar.lastIndex : from + 1;
  }
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) at = stringEnd(text, at) - 1;
    else if (code === 123 || code === 91) depth++;
    else if ((code === 125 || code === 93) && --depth === 0) return at + 1;
  }
  return text.length;
}

function stringEnd(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return at + 1;
    at = text.indexOf('"', at + 1);
  }
  return text.length;
}
