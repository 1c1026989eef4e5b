import type { Readable } from 'node:stream';
import { LandfallError } from '../model/errors.js';

/** Bytes that were kept, by what they are. */
export interface StoredBlob {
  /** Hex. */
  sha256: string;
  byteSize: number;
}

/** Where files and recordings lie; the same bytes lie there once. */
export interface BlobStore {
  /**
   * Keeps bytes as they come, without holding them in memory.
   * @throws BlobTooLarge beyond `mostBytes`, and whatever the source of the bytes throws; then nothing is kept
   */
  put(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredBlob>;
  /**
   * Its bytes as a stream, or those from `start` to `end`, both included. Fails before its end where they are not, or no longer,
   * what the digest says: FILE_MISSING, FILE_CHANGED.
   */
  stream(sha256: string, range?: { start: number; end: number }): Readable;
  /** Whether it is there, and what its digest says; it is read whole where it was not yet, or was written to since. */
  state(sha256: string): Promise<BlobState>;
  /** In bytes; null where it is not there. */
  size(sha256: string): Promise<number | null>;
  /** All bytes of a small blob. @throws LandfallError FILE_MISSING, FILE_CHANGED */
  read(sha256: string): Promise<Buffer>;
}

export type BlobState = 'KEPT' | 'MISSING' | 'CHANGED';

export function blobGone(state: Exclude<BlobState, 'KEPT'>): LandfallError {
  return state === 'MISSING'
    ? new LandfallError('FILE_MISSING', 'The bytes of this file are missing. Restore DATA_DIR, or let all processes share one.')
    : new LandfallError('FILE_CHANGED', 'The bytes of this file have changed since they were stored. Restore DATA_DIR.');
}

export const isBlobGone = (error: unknown) =>
  error instanceof LandfallError && (error.code === 'FILE_MISSING' || error.code === 'FILE_CHANGED');

export class BlobTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super(`It is larger than ${maxBytes} bytes.`);
    this.name = 'BlobTooLarge';
  }
}
