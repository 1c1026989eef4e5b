/** Where a number may stand that a double can't hold: nothing else costs the time to look closer. */
const mayBeLong = /\d[\d.]{15}|\d[eE][+-]?\d{3}/;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Parses JSON whose numbers keep all their digits: those that a double can't hold become the text that stood there.
 * @throws SyntaxError
 */
export function parseExact(text: string): unknown {
  if (!mayBeLong.test(text)) return JSON.parse(text);
  // What is no JSON is refused as it stands: afterwards it may be some.
  const parsed: unknown = JSON.parse(text);
  const quoted = withLongNumbersAsText(text);
  return quoted === text ? parsed : JSON.parse(quoted);
}

/** @param text valid JSON; without recursion, for it may be nested deeply */
function withLongNumbersAsText(text: string): string {
  const pieces: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 34) at = stringEnd(text, at);
    else if (code === 45 || (code >= 48 && code <= 57)) {
      number.lastIndex = at;
      const [token] = number.exec(text)!;
      if (!keepsDigits(token)) {
        pieces.push(text.slice(copied, at), '"', token, '"');
        copied = at + token.length;
      }
      at += token.length;
    } else at++;
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(copied);
}

/** The place behind the closing quotation mark. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at + 1;
  }
  return text.length;
}

/**
 * Whether a number is the same once it was read as a double and written again. Zeros at the end of a fraction make no
 * difference; an integer that would be written with an exponent is none any more.
 */
export function keepsDigits(token: string): boolean {
  const value = Number(token);
  const written = String(value);
  if (written === token) return true;
  // Number('') is 0.
  if (token.trim() === '') return false;
  if (!Number.isFinite(value) || (/^-?\d+$/.test(token) && !Number.isSafeInteger(value))) return false;
  return significantDigits(token) === significantDigits(written);
}

function significantDigits(token: string): string {
  const digits = token.split(/[eE]/, 1)[0]!.replace(/[-.]/g, '').replace(/^0+/, '');
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
