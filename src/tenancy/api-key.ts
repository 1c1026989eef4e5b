import { createHash, randomBytes } from 'node:crypto';
import { Secret } from '../domain/secret.js';

/** A key as it is stored: found by its hash, told apart by its prefix. */
export interface StoredKey {
  hash: Buffer;
  prefix: string;
}

export function storedKey(key: string): StoredKey {
  return { hash: createHash('sha256').update(key).digest(), prefix: key.slice(0, Math.min(10, key.length >> 1)) };
}

/** 256 random bits behind a prefix by which scanners recognise a leaked key. */
export function generateApiKey(): Secret {
  return new Secret(`lf_${randomBytes(32).toString('base64url')}`);
}
