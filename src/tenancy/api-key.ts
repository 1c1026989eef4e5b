import { randomBytes } from 'node:crypto';
import { Secret } from '../domain/model/secret.js';
import type { Digests } from './digests.js';

/** A key as it is stored. The hash finds it; people recognize it by the prefix. */
export interface StoredKey {
  hash: Buffer;
  prefix: string;
}

export function storedKey(key: string, digests: Digests): StoredKey {
  return { hash: digests.of('api key', key), prefix: key.slice(0, Math.min(10, key.length >> 1)) };
}

/** 256 random bits. The prefix lets scanners recognize a leaked key. */
export function generateApiKey(): Secret {
  return new Secret(`lf_${randomBytes(32).toString('base64url')}`);
}

/** The same for a share token. */
export function generateShareToken(): Secret {
  return new Secret(`lfs_${randomBytes(32).toString('base64url')}`);
}
