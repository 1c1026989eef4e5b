import { createHash } from 'node:crypto';

/** Longest id of a record, in characters. The database cannot index texts of any length. */
export const longestId = 255;
const longestText = 2_000;

/** The database cannot store NUL or half a surrogate pair. */
const unstorable = /\0|\p{Cs}/gu;

/** A text for a column. Characters that cannot be stored are escaped as in JSON. */
export const storedText = (text: string) =>
  text.includes('\0') || !text.isWellFormed() ? JSON.stringify(text).slice(1, -1) : text;

/** Whether an id of another system can be stored unchanged. */
export const isUsableId = (id: string) => id !== '' && id.length <= longestId && !id.includes('\0') && id.isWellFormed();

/** A text of another system for an error message. Characters that cannot be stored are replaced, and a long text is cut. */
export function keptText(text: string, maxLength = longestText): string {
  const whole = text.length <= maxLength;
  // The cut may leave half of a surrogate pair, which is replaced too.
  return (whole ? text : `${text.slice(0, maxLength - 1)}…`).replace(unstorable, '\ufffd');
}

/** An id of another system, or its beginning and a digest if it cannot be stored unchanged. */
export function keptId(id: string): string {
  if (isUsableId(id)) return id;
  return `${id.slice(0, 60).replace(unstorable, '\ufffd')}…${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}

/** A value as JSON for the database. */
export function keptJson(value: unknown): string {
  const text = JSON.stringify(value);
  return /\\u(0000|d[89a-f])/i.test(text) ? JSON.stringify(withKeptTexts(value)) : text;
}

function withKeptTexts(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(unstorable, '\ufffd');
  if (Array.isArray(value)) return value.map(withKeptTexts);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name.replace(unstorable, '\ufffd'), withKeptTexts(each)]),
  );
}
