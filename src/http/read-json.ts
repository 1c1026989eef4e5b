import { CallFailure } from '../domain/ports/call-failure.js';
import { parseJson } from './bounded-json.js';

export const isHtmlPage = (text: string) => /<html|<!doctype/i.test(text);

/**
 * Parses the JSON of a successful answer.
 * @param isError whether the JSON is an error that came with status 200
 * @throws CallFailure NOT_JSON, TOO_LARGE
 */
export function readJson(text: string, isError: (json: unknown) => boolean): unknown {
  const json = parsed(text);
  if (isError(json)) throw new CallFailure('NOT_JSON', 'It answers 200 with an error in the body.');
  return json;
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    if (cause instanceof CallFailure) throw cause;
    const content = isHtmlPage(text) ? 'a page of HTML' : 'something that is not JSON';
    throw new CallFailure('NOT_JSON', `Check the base URL: it answers with ${content}.`, { cause });
  }
}
