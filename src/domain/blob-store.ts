import type { Readable } from 'node:stream';

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
  put(bytes: AsyncIterable<Uint8Array>, mostBytes: number): Promise<StoredBlob>;
  /** Its bytes as a stream, or those from `start` to `end`, both included. Fails while it is read where it is not there. */
  stream(sha256: string, range?: { start: number; end: number }): Readable;
  /** In bytes. @throws Error where it is not there */
  size(sha256: string): Promise<number>;
  /** All bytes of a small blob. @throws Error where it is not there */
  read(sha256: string): Promise<Buffer>;
}

export class BlobTooLarge extends Error {
  constructor(readonly mostBytes: number) {
    super(`It is larger than ${mostBytes} bytes.`);
    this.name = 'BlobTooLarge';
  }
}
