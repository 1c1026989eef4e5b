import { createHash, createHmac } from 'node:crypto';

/** Purpose of a digest. The same text has a different digest for each purpose. */
export type DigestPurpose = 'api key' | 'input' | 'budget';

const version = 1;
/** Bytes of a plain SHA-256, which older versions stored. */
export const plainLength = 32;

/**
 * Keyed digests of secrets. Nobody can guess a secret from a copy of the database without the key. The key is random and
 * encrypted with SECRETS_KEY, so it stays the same when SECRETS_KEY is rotated.
 */
export class Digests {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  of(purpose: DigestPurpose, text: string): Buffer {
    return this.ofPlain(purpose, createHash('sha256').update(text).digest());
  }

  /** The digest of a text whose SHA-256 is known. */
  ofPlain(purpose: DigestPurpose, sha256: Buffer): Buffer {
    const keyed = createHmac('sha256', this.#key).update(`${purpose}\0`).update(sha256).digest();
    return Buffer.concat([Buffer.of(version), keyed]);
  }
}
