import type { PackedFile } from '../domain/model/document.js';
import { type BlobStore, blobGone } from '../domain/ports/blob-store.js';

/** @throws LandfallError FILE_MISSING, FILE_CHANGED */
export async function requireKept(blobs: BlobStore, sha256: string): Promise<void> {
  const state = await blobs.state(sha256);
  if (state !== 'KEPT') throw blobGone(state);
}

/**
 * Of an archive, which may hold very much: that all files are there, in their length. Each one is read whole as it is packed.
 * @throws LandfallError FILE_MISSING, FILE_CHANGED
 */
export async function requireAllThere(blobs: BlobStore, files: readonly PackedFile[]): Promise<void> {
  for (const { sha256, byteSize } of files) {
    const size = await blobs.size(sha256);
    if (size === null) throw blobGone('MISSING');
    if (size !== byteSize) throw blobGone('CHANGED');
  }
}
