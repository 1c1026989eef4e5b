import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LandfallError } from '../domain/model/errors.js';
import { Secret } from '../domain/model/secret.js';
import { readSecretsKeys, type SecretsKey } from '../domain/model/secrets-key.js';

/** `v2.<key id>.<bytes>`; older versions wrote `v1.<bytes>`, without a key id. */
const sealedForm = /^(?:v1|(v2)\.([\w-]{1,32}))\.([\w-]+)$/;

/** Encrypts secrets with AES-256-GCM, each bound to the place where it is stored. The first key encrypts, all keys decrypt. */
export class SecretBox {
  readonly #keys: readonly SecretsKey[];
  readonly #signing: readonly Buffer[];

  /** @param keys as in SECRETS_KEY */
  constructor(keys: Secret) {
    const read = readSecretsKeys(keys.reveal());
    if (!read) throw new LandfallError('SECRETS_KEY_REFUSED', 'Restore the file secrets.key in DATA_DIR: it contains no key.');
    this.#keys = read;
    this.#signing = read.map(({ bytes }) => Buffer.from(hkdfSync('sha256', bytes, '', 'landfall links', 32)));
  }

  /** Prefix of all texts that the first key encrypted. */
  get sealsAs(): string {
    return `v2.${this.#keys[0]!.id}.`;
  }

  /** @param place where the text is stored; it cannot be decrypted for another place */
  seal(secret: Secret, place: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#keys[0]!.bytes, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
    return this.sealsAs + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** @throws LandfallError SECRET_UNREADABLE if no key decrypts the text for this place, or the text was changed */
  open(sealed: string, place: string): Secret {
    const [, , id, base64 = ''] = sealedForm.exec(sealed) ?? [];
    const bytes = Buffer.from(base64, 'base64url');
    // The id only selects the key to try first, because keys can get other ids. GCM detects a wrong key.
    const keys = this.#keys.toSorted((a, b) => Number(b.id === id) - Number(a.id === id));
    for (const key of keys) {
      const text = opened(bytes, key, place);
      if (text !== null) return new Secret(text);
    }
    throw new LandfallError(
      'SECRET_UNREADABLE',
      `Add the key${id ? ` ${id}` : ''} to SECRETS_KEY: a stored secret cannot be decrypted.`,
    );
  }

  /** Whether SECRETS_KEY contains the key that a text names. */
  hasKeyOf(sealed: string): boolean {
    const id = sealedForm.exec(sealed)?.[2];
    return this.#keys.some(key => key.id === id);
  }

  /** Signs a text with a key that is used only for signatures. */
  sign(text: string): string {
    return signature(this.#signing[0]!, text);
  }

  /** Whether one of the keys signed this text. */
  isSigned(text: string, candidate: string): boolean {
    const digest = (each: string) => createHash('sha256').update(each).digest();
    return this.#signing.some(key => timingSafeEqual(digest(candidate), digest(signature(key, text))));
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
    return null; // Another key, or a changed text.
  }
}

const signature = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest('base64url');

/** The key in DATA_DIR. If several processes start at the same time, one creates it and all read the same key. */
export async function storedSecretsKey(dataDir: string): Promise<Secret> {
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
