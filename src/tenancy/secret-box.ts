import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LandfallError } from '../domain/model/errors.js';
import { Secret } from '../domain/model/secret.js';
import { readSecretsKeys, type SecretsKey } from '../domain/model/secrets-key.js';

/** `v2.<key id>.<bytes>`; `v1.<bytes>` is of an older version, which named no key. */
const sealedForm = /^(?:v1|(v2)\.([\w-]{1,32}))\.([\w-]+)$/;

/** AES-256-GCM for what must be read again: each text bound to the place where it is stored. The first key seals, all open. */
export class SecretBox {
  readonly #keys: readonly SecretsKey[];
  readonly #signing: readonly Buffer[];

  /** @param keys as in SECRETS_KEY */
  constructor(keys: Secret) {
    const read = readSecretsKeys(keys.reveal());
    if (!read) throw new LandfallError('SECRETS_KEY_REFUSED', 'Restore the file secrets.key in DATA_DIR: it holds no key.');
    this.#keys = read;
    this.#signing = read.map(({ bytes }) => Buffer.from(hkdfSync('sha256', bytes, '', 'landfall links', 32)));
  }

  /** What all begins with that is sealed by the first key. */
  get sealsAs(): string {
    return `v2.${this.#keys[0]!.id}.`;
  }

  /** @param place what the text belongs to; opening it elsewhere fails */
  seal(secret: Secret, place: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#keys[0]!.bytes, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
    return this.sealsAs + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** @throws LandfallError SECRET_UNREADABLE where no key here sealed the text for this place, or it was changed */
  open(sealed: string, place: string): Secret {
    const [, , id, base64 = ''] = sealedForm.exec(sealed) ?? [];
    const bytes = Buffer.from(base64, 'base64url');
    // The id only tells which to try first: keys may get other names, and the cipher itself says whether it fits.
    const keys = this.#keys.toSorted((a, b) => Number(b.id === id) - Number(a.id === id));
    for (const key of keys) {
      const text = opened(bytes, key, place);
      if (text !== null) return new Secret(text);
    }
    throw new LandfallError(
      'SECRET_UNREADABLE',
      `Add the key${id ? ` ${id}` : ''} to SECRETS_KEY: a stored secret does not open.`,
    );
  }

  /** Whether the key that a sealed text names is here. */
  names(sealed: string): boolean {
    const id = sealedForm.exec(sealed)?.[2];
    return this.#keys.some(key => key.id === id);
  }

  /** A text that proves that we wrote this one; by a key of its own. */
  sign(text: string): string {
    return signature(this.#signing[0]!, text);
  }

  /** Whether a signature is of this text, by any of the keys. */
  isSigned(text: string, given: string): boolean {
    const digest = (each: string) => createHash('sha256').update(each).digest();
    return this.#signing.some(key => timingSafeEqual(digest(given), digest(signature(key, text))));
  }
}

function opened(bytes: Buffer, { bytes: key }: SecretsKey, place: string): string | null {
  if (bytes.length < 28) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(12, 28));
  const text = decipher.update(bytes.subarray(28));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return null; // Another key's, or changed: nothing of it is given away.
  }
}

const signature = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest('base64url');

/** The key kept in DATA_DIR; of several processes that start at once, one makes it and all read the same. */
export async function keptSecretsKey(dataDir: string): Promise<Secret> {
  const file = join(dataDir, 'secrets.key');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(fresh, randomBytes(32).toString('base64'), { mode: 0o600 });
  try {
    await link(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(fresh);
  }
  return new Secret((await readFile(file, 'utf8')).trim());
}
