import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type BlobState, type BlobStore, BlobTooLarge, blobGone, type StoredBlob } from '../domain/ports/blob-store.js';
import { collectGarbageWhileStreaming } from './collect-garbage-while-streaming.js';
import { VerifiedFiles } from './verified-files.js';

/** Blobs on the local disk by digest, in folders by its first two letters. Other users cannot read them. */
export class LocalBlobStore implements BlobStore {
  private readonly verified = new VerifiedFiles();

  constructor(private readonly directory: string) {}

  async put(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredBlob> {
    const incoming = join(this.directory, 'incoming');
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    const temporary = join(incoming, randomUUID());
    const hash = createHash('sha256');
    let byteSize = 0;
    const file = await open(temporary, 'w', 0o600);
    try {
      for await (const chunk of collectGarbageWhileStreaming(bytes)) {
        byteSize += chunk.length;
        if (byteSize > maxBytes) throw new BlobTooLarge(maxBytes);
        hash.update(chunk);
        await file.write(chunk);
      }
      await file.sync();
    } catch (error) {
      await file.close();
      await rm(temporary, { force: true });
      throw error;
    }
    await file.close();
    const sha256 = hash.digest('hex');
    await mkdir(join(this.directory, sha256.slice(0, 2)), { recursive: true, mode: 0o700 });
    if ((await this.state(sha256)) === 'KEPT') {
      // Somebody may be reading it.
      await rm(temporary, { force: true });
      return { sha256, byteSize };
    }
    // Atomic, also if two processes store the same bytes.
    await rename(temporary, this.path(sha256));
    return { sha256, byteSize };
  }

  stream(sha256: string, range?: { start: number; end: number }): Readable {
    return Readable.from(collectGarbageWhileStreaming(this.bytes(sha256, range)), { objectMode: false });
  }

  async state(sha256: string): Promise<BlobState> {
    const file = await this.open(sha256);
    if (!file) return 'MISSING';
    try {
      return (await this.verified.isStill(file, sha256)) ? 'KEPT' : 'CHANGED';
    } finally {
      await file.close();
    }
  }

  async remove(sha256: string): Promise<boolean> {
    const removed = await unlink(this.path(sha256)).catch(unlessMissing);
    return removed !== null;
  }

  async size(sha256: string): Promise<number | null> {
    const found = await stat(this.path(sha256)).catch(unlessMissing);
    return found?.size ?? null;
  }

  /** Writes and removes a small file. */
  async check(): Promise<void> {
    const probe = join(this.directory, `probe-${randomUUID()}`);
    try {
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      await writeFile(probe, 'This storage is writable.', { flush: true, mode: 0o600 });
    } finally {
      await rm(probe, { force: true }).catch(() => {}); // A failed write is reported already, and a file that stays does no harm.
    }
  }

  async read(sha256: string): Promise<Buffer> {
    const bytes = await readFile(this.path(sha256)).catch(unlessMissing);
    if (!bytes) throw blobGone('MISSING');
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw blobGone('CHANGED');
    return bytes;
  }

  /** Passes the last chunk on only if the file has not been changed in the meantime. */
  private async *bytes(sha256: string, range: { start: number; end: number } | undefined): AsyncGenerator<Uint8Array> {
    const file = await this.open(sha256);
    if (!file) throw blobGone('MISSING');
    try {
      if (!(await this.verified.isStill(file, sha256))) throw blobGone('CHANGED');
      let held: Uint8Array | null = null;
      for await (const chunk of file.createReadStream({ ...range, autoClose: false })) {
        if (held) yield held;
        held = chunk as Uint8Array;
      }
      if (!(await this.verified.isStill(file, sha256))) throw blobGone('CHANGED');
      if (held) yield held;
    } finally {
      await file.close();
    }
  }

  private open(sha256: string): Promise<FileHandle | null> {
    return open(this.path(sha256), 'r').catch(unlessMissing);
  }

  private path(sha256: string): string {
    return join(this.directory, sha256.slice(0, 2), sha256);
  }
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
