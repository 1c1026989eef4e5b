import { createHash, createHmac } from 'node:crypto';

/** What a digest is of; the same text gives another one for each. */
export type DigestOf = 'api key' | 'input' | 'budget';

const version = 1;
/** Plain SHA-256, as older versions stored it. */
export const plainLength = 32;

/**
 * Digests by which secrets are recognised and can't be guessed from a copy of the database: by a random key, which is
 * kept sealed by SECRETS_KEY, so that it stays the same when that is rotated.
 */
export class Digests {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  of(what: DigestOf, text: string): Buffer {
    return this.ofPlain(what, createHash('sha256').update(text).digest());
  }

  /** The digest of a text of which its SHA-256 is known. */
  ofPlain(what: DigestOf, sha256: Buffer): Buffer {
    const keyed = createHmac('sha256', this.#key).update(`${what}\0`).update(sha256).digest();
    return Buffer.concat([Buffer.of(version), keyed]);
  }
}
