import { CallFailure } from '../domain/ports/call-failure.js';
import { parseExact } from '../domain/text/exact-json.js';

/** Deeper JSON is no record of anybody; what is less deep is judged field by field by who reads it. */
const maxNesting = 10_000;
/** Each value and each name costs far more memory than its text: 16 MB of `{},` would fill the heap. */
const maxValues = 300_000;

/**
 * Parses JSON of a foreign system once a look over its text has shown that it can't cost too much.
 * @throws CallFailure TOO_LARGE, and SyntaxError for what is no JSON
 */
export function parseJson(text: string): unknown {
  weigh(text);
  return parseExact(text);
}

/** One pass over the text, without recursion; brackets and commas inside of strings are none. */
function weigh(text: string): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) at = stringEnd(text, at);
    else if (code === 91 || code === 123) {
      values++;
      if (++depth > maxNesting) throw new CallFailure('TOO_LARGE', `The answer is nested deeper than ${maxNesting} levels.`);
    } else if (code === 93 || code === 125) depth--;
    // A comma is a further value, a colon ends a name.
    else if (code === 44 || code === 58) values++;
  }
  if (values > maxValues) throw new CallFailure('TOO_LARGE', `The answer holds more than ${maxValues} values.`);
}

/** The place of the closing quotation mark; the end of the text where there is none. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at;
  }
  return text.length;
}
