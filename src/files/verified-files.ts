import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { collectGarbageWhileStreaming } from './collect-garbage-while-streaming.js';

const maxRemembered = 10_000;
const maxAttempts = 5;

/** Checks files against their digests. A file is read as a whole only once, unless it changes. */
export class VerifiedFiles {
  /** The identity of the verified file by digest. */
  private readonly read = new Map<string, string>();

  async isStill(file: FileHandle, sha256: string): Promise<boolean> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const identity = await identityOf(file);
      if (this.read.get(sha256) === identity) return true;
      const hash = createHash('sha256');
      const bytes = file.createReadStream({ start: 0, autoClose: false });
      for await (const chunk of collectGarbageWhileStreaming(bytes)) hash.update(chunk);
      if (hash.digest('hex') !== sha256) return false;
      if ((await identityOf(file)) === identity) {
        this.remember(sha256, identity);
        return true;
      }
      // The file changed while it was read, so the digest proves nothing. Its name may have been given to another file with the
      // same bytes: that changes the ctime of this one.
    }
    return false;
  }

  private remember(sha256: string, identity: string): void {
    this.read.delete(sha256);
    this.read.set(sha256, identity);
    if (this.read.size > maxRemembered) this.read.delete(this.read.keys().next().value!);
  }
}

/** Includes ctime, which cannot be set back, unlike mtime. */
async function identityOf(file: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join();
}
