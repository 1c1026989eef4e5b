import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type BlobState, type BlobStore, blobGone, type StoredBlob } from '../../domain/ports/blob-store.js';
import { collectGarbageWhileStreaming } from '../collect-garbage-while-streaming.js';
import { Bucket, type BucketOptions, ObjectReplaced, partBytes, type StoredObject } from './bucket.js';
import { MeasuredBytes } from './measured-bytes.js';

const maxRemembered = 10_000;
const maxAttempts = 5;
/** For how long a check counts. Load balancers ask often, and each write costs money. */
const checkedForMs = 30_000;

/** Blobs in a bucket by digest, in folders by its first two letters. */
export class S3BlobStore implements BlobStore {
  private readonly bucket: Bucket;
  /** The tag of the object that was read and had the digest. */
  private readonly verified = new Map<string, string>();
  private checkedUntil = 0;

  constructor(options: BucketOptions) {
    this.bucket = new Bucket(options);
  }

  close(): void {
    this.bucket.close();
  }

  async check(): Promise<void> {
    if (Date.now() < this.checkedUntil) return;
    await this.bucket.write('probe', Buffer.from('This storage is writable.'));
    this.checkedUntil = Date.now() + checkedForMs;
  }

  async put(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredBlob> {
    const measured = new MeasuredBytes(collectGarbageWhileStreaming(bytes), maxBytes);
    try {
      const beginning = await measured.take(partBytes);
      if (measured.isAtEnd) await this.bucket.write(keyOf(measured.sha256()), beginning);
      else await this.putLarge(measured.after(beginning), () => measured.sha256());
    } catch (error) {
      throw measured.failure ?? error;
    }
    return { sha256: measured.sha256(), byteSize: measured.byteSize };
  }

  stream(sha256: string, range?: { start: number; end: number }): Readable {
    const bytes = range ? this.part(sha256, range) : this.whole(sha256);
    return Readable.from(collectGarbageWhileStreaming(bytes), { objectMode: false });
  }

  async state(sha256: string): Promise<BlobState> {
    return (await this.verifiedObject(sha256)).state;
  }

  async remove(sha256: string): Promise<boolean> {
    const found = await this.bucket.find(keyOf(sha256));
    if (found) await this.bucket.remove(keyOf(sha256));
    return found !== null;
  }

  async size(sha256: string): Promise<number | null> {
    return (await this.bucket.find(keyOf(sha256)))?.size ?? null;
  }

  async read(sha256: string): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.whole(sha256)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** The digest, and so the key, is known only at the end: the object is copied to it within the storage. */
  private async putLarge(bytes: AsyncIterable<Uint8Array>, digest: () => string): Promise<void> {
    const incoming = `incoming/${randomUUID()}`;
    await this.bucket.upload(incoming, bytes);
    try {
      await this.bucket.copy(incoming, keyOf(digest()));
    } finally {
      await this.bucket.remove(incoming);
    }
  }

  /** Passes the last chunk on only if all of them have the digest. */
  private async *whole(sha256: string): AsyncGenerator<Uint8Array> {
    const found = await this.bucket.find(keyOf(sha256));
    if (!found) throw blobGone('MISSING');
    const hash = createHash('sha256');
    let held: Uint8Array | null = null;
    for await (const chunk of this.bytesOf(sha256, found, 0, found.size - 1)) {
      if (held) yield held;
      hash.update(chunk);
      held = chunk;
    }
    if (hash.digest('hex') !== sha256) throw blobGone('CHANGED');
    this.remember(sha256, found);
    if (held) yield held;
  }

  private async *part(sha256: string, { start, end }: { start: number; end: number }): AsyncGenerator<Uint8Array> {
    const { state, object } = await this.verifiedObject(sha256);
    if (state !== 'KEPT') throw blobGone(state);
    yield* this.bytesOf(sha256, object!, start, Math.min(end, object!.size - 1));
  }

  private async *bytesOf(sha256: string, object: StoredObject, start: number, end: number): AsyncGenerator<Uint8Array> {
    try {
      yield* this.bucket.read(keyOf(sha256), object, start, end);
    } catch (error) {
      throw error instanceof ObjectReplaced ? blobGone('CHANGED') : error;
    }
  }

  /** Reads the object as a whole, unless this process has done so since it last changed. */
  private async verifiedObject(sha256: string): Promise<{ state: BlobState; object: StoredObject | null }> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const object = await this.bucket.find(keyOf(sha256));
      if (!object) return { state: 'MISSING', object };
      if (this.verified.get(sha256) === object.etag) return { state: 'KEPT', object };
      const hash = createHash('sha256');
      try {
        const bytes = this.bucket.read(keyOf(sha256), object, 0, object.size - 1);
        for await (const chunk of collectGarbageWhileStreaming(bytes)) hash.update(chunk);
      } catch (error) {
        // Another process has stored it again: the new one is read.
        if (error instanceof ObjectReplaced) continue;
        throw error;
      }
      if (hash.digest('hex') !== sha256) return { state: 'CHANGED', object };
      this.remember(sha256, object);
      return { state: 'KEPT', object };
    }
    return { state: 'CHANGED', object: null };
  }

  private remember(sha256: string, { etag }: StoredObject): void {
    this.verified.delete(sha256);
    this.verified.set(sha256, etag);
    if (this.verified.size > maxRemembered) this.verified.delete(this.verified.keys().next().value!);
  }
}

const keyOf = (sha256: string) => `${sha256.slice(0, 2)}/${sha256}`;
