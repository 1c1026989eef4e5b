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
/** In a write, ENOENT and EEXIST mean that the folder is missing or is not a folder. */
const codesOfWrites: Record<string, ShortageCode> = { ...codes, ENOENT: 'STORAGE_UNAVAILABLE', EEXIST: 'STORAGE_UNAVAILABLE' };

/** Converts an error of the local file system to a Shortage. Any other error is returned unchanged. */
export function storageFailure(error: unknown, isWrite = false): unknown {
  // Failures of a remote host may have the same codes.
  if (error instanceof CallFailure) return error;
  const shortage = (isWrite ? codesOfWrites : codes)[(error as NodeJS.ErrnoException | undefined)?.code ?? ''];
  return shortage ? new Shortage(shortage, error) : error;
}

/** A blob store whose file system errors are converted to Shortage. */
export function withShortages(blobs: BlobStore): BlobStore {
  return {
    put: (bytes, maxBytes) => blobs.put(bytes, maxBytes).catch(error => Promise.reject(storageFailure(error, true))),
    state: sha256 => blobs.state(sha256).catch(error => Promise.reject(storageFailure(error))),
    remove: sha256 => blobs.remove(sha256).catch(error => Promise.reject(storageFailure(error))),
    size: sha256 => blobs.size(sha256).catch(error => Promise.reject(storageFailure(error))),
    check: () => blobs.check().catch(error => Promise.reject(storageFailure(error, true))),
    read: sha256 => blobs.read(sha256).catch(error => Promise.reject(storageFailure(error))),
    stream: (sha256, range) => Readable.from(converted(blobs.stream(sha256, range)), { objectMode: false }),
  };
}

async function* converted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw storageFailure(error);
  }
}
