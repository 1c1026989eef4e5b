import { createHash } from 'node:crypto';
import { longestId } from '../text/kept-text.js';

/** The key of a record at the destination. It is unique over accounts. A key that is too long is cut and ends with a digest. */
export function keyOf(account: string, id: string): string {
  const key = `infoset:${account}:${id}`;
  if (key.length <= longestId) return key;
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return `${key.slice(0, longestId - digest.length - 1).toWellFormed()}~${digest}`;
}
