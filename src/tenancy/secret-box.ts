import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret } from '../domain/secret.js';

/** AES-256-GCM for what must be read again: each text bound to the place where it is stored. */
export class SecretBox {
  readonly #key: Buffer;
  readonly #signing: Buffer;

  /** @param key 32 bytes, base64 */
  constructor(key: Secret) {
    this.#key = Buffer.from(key.reveal(), 'base64');
    this.#signing = Buffer.from(hkdfSync('sha256', this.#key, '', 'landfall links', 32));
  }

  /** @param place what the text belongs to; opening it elsewhere fails */
  seal(secret: Secret, place: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
    return `v1.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  /** A text that proves that we wrote this one; by a key of its own. */
  sign(text: string): string {
    return createHmac('sha256', this.#signing).update(text).digest('base64url');
  }

  /** @throws Error where the text was sealed by another key or for another place, or was changed */
  open(sealed: string, place: string): Secret {
    const bytes = Buffer.from(sealed.slice('v1.'.length), 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12)).setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return new Secret(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'));
  }
}

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
