import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Secret } from '../../domain/model/secret.js';
import { codeOf, isPassing, storageFailure } from './failure.js';

export interface BucketOptions {
  bucket: string;
  /** Null: that of AWS. */
  endpoint: string | null;
  region: string;
  /** Beginning of each key, without a slash at either end; '' for none. */
  prefix: string;
  pathStyle: boolean;
  /** Null: the SDK looks for credentials itself. */
  keys: { id: Secret; secret: Secret } | null;
}

/** An object as it is now. Its tag changes with its bytes. */
export interface StoredObject {
  etag: string;
  size: number;
}

/** Bytes of a part of an upload: the least that S3 accepts. */
export const partBytes = 5 * 1024 * 1024;
/** Connections at once. A download holds one as long as its client reads. */
const maxConnections = 200;
const connectMs = 10_000;
/** Milliseconds without a byte. A slow client of a download makes the storage wait. */
const silenceMs = 120_000;
const maxBreaks = 3;

/** The objects below a prefix of a bucket. Its methods throw Shortage if the storage does not do its work. */
export class Bucket {
  private readonly client: S3Client;

  constructor(private readonly options: BucketOptions) {
    const { endpoint, region, pathStyle, keys } = options;
    const agent = { keepAlive: true, maxSockets: maxConnections };
    this.client = new S3Client({
      region,
      forcePathStyle: pathStyle,
      ...(endpoint ? { endpoint } : {}),
      ...(keys ? { credentials: { accessKeyId: keys.id.reveal(), secretAccessKey: keys.secret.reveal() } } : {}),
      requestHandler: { connectionTimeout: connectMs, socketTimeout: silenceMs, httpAgent: agent, httpsAgent: agent },
      // Other storages do not know the newer checksums. Each request is signed with the SHA-256 of its body.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  close(): void {
    this.client.destroy();
  }

  /** null if there is no such object. */
  async find(key: string): Promise<StoredObject | null> {
    try {
      const { ETag, ContentLength } = await this.client.send(new HeadObjectCommand(this.at(key)));
      return { etag: ETag ?? '', size: ContentLength ?? 0 };
    } catch (error) {
      if (codeOf(error) === 'MISSING') return null;
      throw storageFailure(error);
    }
  }

  /**
   * The bytes from `start` to `end`, both included. A connection that breaks is opened again.
   * @throws ObjectReplaced if the object has other bytes now, or none
   */
  async *read(key: string, { etag }: StoredObject, start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let next = start, breaks = 0; next <= end; ) {
      try {
        for await (const chunk of await this.open(key, etag, next, end)) {
          next += chunk.length;
          yield chunk;
        }
        if (next <= end) breaks++;
      } catch (error) {
        if (error instanceof ObjectReplaced) throw error;
        if (!isPassing(error) || ++breaks >= maxBreaks) throw storageFailure(error);
      }
      if (breaks >= maxBreaks) throw storageFailure(new Error('The storage sends less than the whole object.'));
    }
  }

  async write(key: string, body: Uint8Array): Promise<void> {
    await this.client.send(new PutObjectCommand({ ...this.at(key), Body: body })).catch(rethrow);
  }

  /** Writes part by part, and leaves nothing behind if it fails. */
  async upload(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const params = { ...this.at(key), Body: Readable.from(bytes, { objectMode: false }) };
    await new Upload({ client: this.client, params, partSize: partBytes, queueSize: 1 }).done().catch(rethrow);
  }

  /** At most 5 GB. */
  async copy(from: string, to: string): Promise<void> {
    const { Bucket, Key } = this.at(from);
    const source = `${Bucket}/${Key.split('/').map(encodeURIComponent).join('/')}`;
    await this.client.send(new CopyObjectCommand({ ...this.at(to), CopySource: source })).catch(rethrow);
  }

  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.at(key))).catch(rethrow);
  }

  private async open(key: string, etag: string, start: number, end: number): Promise<AsyncIterable<Uint8Array>> {
    const range = { Range: `bytes=${start}-${end}`, IfMatch: etag };
    try {
      const { Body, ETag } = await this.client.send(new GetObjectCommand({ ...this.at(key), ...range }));
      const body = Body as Readable;
      if (ETag === etag) return body;
      // A storage that does not know the condition.
      body.destroy();
    } catch (error) {
      if (codeOf(error) === null) throw error;
    }
    throw new ObjectReplaced(key);
  }

  private at(key: string) {
    const { bucket, prefix } = this.options;
    return { Bucket: bucket, Key: prefix === '' ? key : `${prefix}/${key}` };
  }
}

/** The object that was found is no longer there. */
export class ObjectReplaced extends Error {
  constructor(key: string) {
    super(`${key} was replaced or removed.`);
    this.name = 'ObjectReplaced';
  }
}

function rethrow(error: unknown): never {
  throw storageFailure(error);
}
