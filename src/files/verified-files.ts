import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { collectGarbageWhileStreaming } from './collect-garbage-while-streaming.js';

const maxRemembered = 10_000;

/** Tells whether files are what their digest says, and reads each whole only once, until it is written to. */
export class VerifiedFiles {
  /** By digest, what the file system told of the file that was read. */
  private readonly read = new Map<string, string>();

  async isStill(file: FileHandle, sha256: string): Promise<boolean> {
    const identity = await identityOf(file);
    if (this.read.get(sha256) === identity) return true;
    const hash = createHash('sha256');
    const bytes = file.createReadStream({ start: 0, autoClose: false });
    for await (const chunk of collectGarbageWhileStreaming(bytes)) hash.update(chunk);
    // Written to while it was read: then nobody knows what was.
    if (hash.digest('hex') !== sha256 || (await identityOf(file)) !== identity) return false;
    this.remember(sha256, identity);
    return true;
  }

  private remember(sha256: string, identity: string): void {
    this.read.delete(sha256);
    this.read.set(sha256, identity);
    if (this.read.size > maxRemembered) this.read.delete(this.read.keys().next().value!);
  }
}

/** The time of the last change of any kind can't be set back, as that of the last write can. */
async function identityOf(file: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join();
}
