import type { PackedFile } from '../domain/model/document.js';
import { type BlobStore, blobGone } from '../domain/ports/blob-store.js';

/** @throws LandfallError FILE_MISSING, FILE_CHANGED */
export async function requireBlob(blobs: BlobStore, sha256: string): Promise<void> {
  const state = await blobs.state(sha256);
  if (state !== 'KEPT') throw blobGone(state);
}

/**
 * Checks that all files of an archive exist with their length. Their bytes are checked when they are packed.
 * @throws LandfallError FILE_MISSING, FILE_CHANGED
 */
export async function requireFiles(blobs: BlobStore, files: readonly PackedFile[]): Promise<void> {
  for (const { sha256, byteSize } of files) {
    const size = await blobs.size(sha256);
    if (size === null) throw blobGone('MISSING');
    if (size !== byteSize) throw blobGone('CHANGED');
  }
}
