import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Shortage, type ShortageCode } from '../domain/model/shortage.js';
import type { BlobStore } from '../domain/ports/blob-store.js';
import { CallFailure } from '../domain/ports/call-failure.js';

const codes: Record<string, ShortageCode> = {
  ENOSPC: 'STORAGE_FULL',
  EDQUOT: 'STORAGE_FULL',
  EROFS: 'STORAGE_UNAVAILABLE',
  EACCES: 'STORAGE_UNAVAILABLE',
  EPERM: 'STORAGE_UNAVAILABLE',
  ENOTDIR: 'STORAGE_UNAVAILABLE',
  EISDIR: 'STORAGE_UNAVAILABLE',
  ELOOP: 'STORAGE_UNAVAILABLE',
  EIO: 'STORAGE_UNAVAILABLE',
  ESTALE: 'STORAGE_UNAVAILABLE',
  EMFILE: 'STORAGE_UNAVAILABLE',
  ENFILE: 'STORAGE_UNAVAILABLE',
};
/** Where something is written, a folder that is missing or no folder is no missing blob. */
const codesOfWriting: Record<string, ShortageCode> = { ...codes, ENOENT: 'STORAGE_UNAVAILABLE', EEXIST: 'STORAGE_UNAVAILABLE' };

/** A failure of the file system that is a shortage of ours, as that; anything else as it is. */
export function storageFailure(error: unknown, writing = false): unknown {
  // The other side's failures may have such a code too.
  if (error instanceof CallFailure) return error;
  const shortage = (writing ? codesOfWriting : codes)[(error as NodeJS.ErrnoException | undefined)?.code ?? ''];
  return shortage ? new Shortage(shortage, error) : error;
}

/** The same store, whose shortages of ours are told as such. */
export function tellShortages(blobs: BlobStore): BlobStore {
  return {
    put: (bytes, maxBytes) => blobs.put(bytes, maxBytes).catch(error => Promise.reject(storageFailure(error, true))),
    state: sha256 => blobs.state(sha256).catch(error => Promise.reject(storageFailure(error))),
    size: sha256 => blobs.size(sha256).catch(error => Promise.reject(storageFailure(error))),
    read: sha256 => blobs.read(sha256).catch(error => Promise.reject(storageFailure(error))),
    stream: (sha256, range) => Readable.from(telling(blobs.stream(sha256, range)), { objectMode: false }),
  };
}

async function* telling(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw storageFailure(error);
  }
}

/** Writes a little and takes it away again. @throws Shortage */
export async function checkStorage(directory: string): Promise<void> {
  const probe = join(directory, `probe-${randomUUID()}`);
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(probe, 'Can be written.', { flush: true });
  } catch (error) {
    throw storageFailure(error, true);
  } finally {
    await rm(probe, { force: true }).catch(() => {}); // What can't be written is told; a probe that stays harms nobody.
  }
}
