import { createHmac } from 'node:crypto';

/** A key that secrets are encrypted with. */
export interface SecretsKey {
  /** The given id, or one derived from the key. */
  id: string;
  bytes: Buffer;
}

const form = /^(?:([A-Za-z0-9][\w-]{0,31}):)?([\w+/-]{43}=?)$/;

/**
 * Reads `key` or `id:key`, several separated by commas: the first encrypts, all decrypt.
 * @returns null if one of them is not 32 bytes in base64, or an id or a key is listed twice
 */
export function readSecretsKeys(text: string): SecretsKey[] | null {
  const keys = text.split(',').map(each => {
    const [, id, base64] = form.exec(each.trim()) ?? [];
    const bytes = Buffer.from(base64 ?? '', 'base64');
    return { id: id ?? derivedId(bytes), bytes };
  });
  const isTwice = (names: string[]) => new Set(names).size < names.length;
  if (keys.some(({ bytes }) => bytes.length !== 32)) return null;
  if (isTwice(keys.map(({ id }) => id)) || isTwice(keys.map(({ bytes }) => bytes.toString('hex')))) return null;
  return keys;
}

/** Identifies a key without revealing it. */
function derivedId(bytes: Buffer): string {
  return createHmac('sha256', bytes).update('landfall key id').digest('hex').slice(0, 12);
}
