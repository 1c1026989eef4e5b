import { createHash } from 'node:crypto';

/** The longest id of a record, in characters: an index of the database takes no text of any length. */
export const longestId = 255;
const longestText = 2_000;

/** The database stores neither NUL nor half a surrogate pair. */
const unstorable = /\0|\p{Cs}/gu;

/** A text as a column keeps it: what can't be stored is written as JSON writes it. */
export const storedText = (text: string) =>
  text.includes('\0') || !text.isWellFormed() ? JSON.stringify(text).slice(1, -1) : text;

/** Whether a foreign id can be kept as it is. */
export const isUsableId = (id: string) => id !== '' && id.length <= longestId && !id.includes('\0') && id.isWellFormed();

/** A foreign text beside words of ours, an error message for example: what can't be stored is replaced, the end of a long one left out. */
export function keptText(text: string, most = longestText): string {
  const whole = text.length <= most;
  // Half of a pair that the cut leaves is replaced with it.
  return (whole ? text : `${text.slice(0, most - 1)}…`).replace(unstorable, '\ufffd');
}

/** A foreign id, or its beginning and a digest where it can't be kept as it is. */
export function keptId(id: string): string {
  if (isUsableId(id)) return id;
  return `${id.slice(0, 60).replace(unstorable, '\ufffd')}…${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}

/** A value as the database keeps JSON. */
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
