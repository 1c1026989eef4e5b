import type { Readable } from 'node:stream';
import { LandfallError } from '../model/errors.js';

/** Stored bytes: their digest and size. */
export interface StoredBlob {
  /** Hex. */
  sha256: string;
  byteSize: number;
}

/** Storage of files and recordings. The same bytes are stored once. */
export interface BlobStore {
  /**
   * Stores bytes as a stream, without holding them in memory.
   * @throws BlobTooLarge if there are more than `maxBytes`, and any error of the source of the bytes; then nothing is stored
   */
  put(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredBlob>;
  /**
   * The bytes as a stream, or those from `start` to `end`, both included. Fails before its end if they do not match the digest:
   * FILE_MISSING, FILE_CHANGED.
   */
  stream(sha256: string, range?: { start: number; end: number }): Readable;
  /**
   * Whether the blob exists and matches its digest. It is read completely if that was not checked yet, or if it has changed
   * since.
   */
  state(sha256: string): Promise<BlobState>;
  /** Deletes a blob. @returns false if it did not exist */
  remove(sha256: string): Promise<boolean>;
  /** In bytes; null if it does not exist. */
  size(sha256: string): Promise<number | null>;
  /** Proves that blobs can be written. @throws Shortage, or whatever else prevents it */
  check(): Promise<void>;
  /** All bytes of a small blob. @throws LandfallError FILE_MISSING, FILE_CHANGED */
  read(sha256: string): Promise<Buffer>;
}

export type BlobState = 'KEPT' | 'MISSING' | 'CHANGED';

export function blobGone(state: Exclude<BlobState, 'KEPT'>): LandfallError {
  return state === 'MISSING'
    ? new LandfallError(
        'FILE_MISSING',
        'The bytes of this file are missing. Restore DATA_DIR (or S3_BUCKET), or let all processes share one.',
      )
    : new LandfallError(
        'FILE_CHANGED',
        'The bytes of this file have changed since they were stored. Restore DATA_DIR (or S3_BUCKET).',
      );
}

export const isBlobGone = (error: unknown) =>
  error instanceof LandfallError && (error.code === 'FILE_MISSING' || error.code === 'FILE_CHANGED');

export class BlobTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super(`It is larger than ${maxBytes} bytes.`);
    this.name = 'BlobTooLarge';
  }
}
