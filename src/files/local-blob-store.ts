import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type BlobStore, BlobTooLarge, type StoredBlob } from '../domain/blob-store.js';
import { sparing } from './sparing.js';

/** Blobs on the local disk, by their digest: two letters of it name the folder. */
export class LocalBlobStore implements BlobStore {
  constructor(private readonly directory: string) {}

  async put(bytes: AsyncIterable<Uint8Array>, mostBytes: number): Promise<StoredBlob> {
    const incoming = join(this.directory, 'incoming');
    await mkdir(incoming, { recursive: true });
    const temporary = join(incoming, randomUUID());
    const hash = createHash('sha256');
    let byteSize = 0;
    const file = await open(temporary, 'w');
    try {
      for await (const chunk of sparing(bytes)) {
        byteSize += chunk.length;
        if (byteSize > mostBytes) throw new BlobTooLarge(mostBytes);
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
    await mkdir(join(this.directory, sha256.slice(0, 2)), { recursive: true });
    // Whole or not at all, also where two keep the same.
    await rename(temporary, this.path(sha256));
    return { sha256, byteSize };
  }

  stream(sha256: string, range?: { start: number; end: number }): Readable {
    return Readable.from(sparing(createReadStream(this.path(sha256), range)), { objectMode: false });
  }

  async size(sha256: string): Promise<number> {
    return (await stat(this.path(sha256))).size;
  }

  read(sha256: string): Promise<Buffer> {
    return readFile(this.path(sha256));
  }

  private path(sha256: string): string {
    return join(this.directory, sha256.slice(0, 2), sha256);
  }
}
