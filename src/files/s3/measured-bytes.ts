import { createHash } from 'node:crypto';
import { BlobTooLarge } from '../../domain/ports/blob-store.js';

/** Bytes that are counted and hashed while they are read, once. */
export class MeasuredBytes {
  byteSize = 0;
  isAtEnd = false;
  /** What the source of the bytes threw, or BlobTooLarge; undefined if they could be read. */
  failure: unknown;
  private readonly hash = createHash('sha256');
  private readonly chunks: AsyncIterator<Uint8Array>;
  private digest: string | null = null;

  constructor(
    bytes: AsyncIterable<Uint8Array>,
    private readonly maxBytes: number,
  ) {
    this.chunks = bytes[Symbol.asyncIterator]();
  }

  /** Hex; of all bytes, after their end. */
  sha256(): string {
    this.digest ??= this.hash.digest('hex');
    return this.digest;
  }

  /** The bytes up to the end of the chunk with the given one, in one buffer; fewer if that is all. */
  async take(atLeast: number): Promise<Buffer> {
    const taken: Uint8Array[] = [];
    while (this.byteSize < atLeast) {
      const chunk = await this.next();
      if (!chunk) break;
      taken.push(chunk);
    }
    return Buffer.concat(taken);
  }

  /** What was taken, and all that follows. */
  async *after(taken: Uint8Array): AsyncGenerator<Uint8Array> {
    try {
      yield taken;
      for (let chunk = await this.next(); chunk; chunk = await this.next()) yield chunk;
    } finally {
      // Whoever reads may stop early.
      if (!this.isAtEnd) await this.chunks.return?.();
    }
  }

  private async next(): Promise<Uint8Array | null> {
    try {
      const { done, value } = await this.chunks.next();
      this.isAtEnd = done === true;
      if (done) return null;
      this.byteSize += value.length;
      if (this.byteSize > this.maxBytes) throw new BlobTooLarge(this.maxBytes);
      this.hash.update(value);
      return value;
    } catch (error) {
      this.failure = error;
      await this.chunks.return?.();
      throw error;
    }
  }
}
