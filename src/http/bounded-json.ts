import { CallFailure } from '../domain/ports/call-failure.js';
import { parseExact } from '../domain/text/exact-json.js';

/** No real record is nested deeper. Records below this limit are judged field by field by their readers. */
const maxNesting = 10_000;
/** Each value and each name needs far more memory than its text: 16 MB of `{},` would fill the heap. */
const maxValues = 300_000;

/**
 * Parses JSON of another system, after a check that the result is not too large.
 * @throws CallFailure TOO_LARGE, and SyntaxError for text that is not JSON
 */
export function parseJson(text: string): unknown {
  checkSize(text);
  return parseExact(text);
}

/** One pass over the text, without recursion. Brackets and commas inside strings do not count. */
function checkSize(text: string): void {
  let depth = 0;
  let values = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 34) index = stringEnd(text, index);
    else if (code === 91 || code === 123) {
      values++;
      if (++depth > maxNesting) throw new CallFailure('TOO_LARGE', `The answer is nested deeper than ${maxNesting} levels.`);
    } else if (code === 93 || code === 125) depth--;
    // A comma starts a further value, a colon ends a name.
    else if (code === 44 || code === 58) values++;
  }
  if (values > maxValues) throw new CallFailure('TOO_LARGE', `The answer holds more than ${maxValues} values.`);
}

/** Index of the closing quotation mark, or the length of the text if there is none. */
function stringEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 92) index++;
    else if (code === 34) return index;
  }
  return text.length;
}
