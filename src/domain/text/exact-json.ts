/** A quick check for numbers that a double may not hold exactly. Only then is the text inspected further. */
const mayBeLong = /\d[\d.]{15}|\d[eE][+-]?\d{3}/;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Parses JSON without losing digits: a number that a double cannot hold exactly becomes its source text.
 * @throws SyntaxError
 */
export function parseExact(text: string): unknown {
  if (!mayBeLong.test(text)) return JSON.parse(text);
  // Invalid JSON must fail here, because the replacement below could make it valid.
  const parsed: unknown = JSON.parse(text);
  const quoted = withLongNumbersAsText(text);
  return quoted === text ? parsed : JSON.parse(quoted);
}

/** Works without recursion, because the text may be nested deeply. @param text valid JSON */
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

/** Index after the closing quotation mark. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at + 1;
  }
  return text.length;
}

/**
 * Whether a number stays the same if it is read as a double and written again. Trailing zeros of a fraction make no difference.
 * An integer that would be written with an exponent does not stay the same.
 */
export function keepsDigits(token: string): boolean {
  const value = Number(token);
  const written = String(value);
  if (written === token) return true;
  // Number('') would be 0.
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

/** Whether a text is a number with points between thousands in Turkish, and another number in English: `1.000`, `12.500`. */
export const isThousands = (text: string): boolean => /^\s*-?[1-9]\d{0,2}(?:\.\d{3})+\s*$/.test(text);
