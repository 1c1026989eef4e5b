import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../src/domain/model/secret.js';
import type { BlobStore } from '../../src/domain/ports/blob-store.js';
import { packagePath } from '../../src/domain/text/package-paths.js';
import { LocalBlobStore } from '../../src/files/local-blob-store.js';
import type { BucketOptions } from '../../src/files/s3/bucket.js';
import { S3BlobStore } from '../../src/files/s3/s3-blob-store.js';
import { zipArchive } from '../../src/files/zip-archive.js';
import { atEndOfFile } from '../support/end-of-file.js';
import { type S3Server, startS3Server } from '../support/s3-server.js';

/** A store, as another process opens it, and what only its administrator can do. */
interface Kept {
  open(): BlobStore;
  /** Replaces the bytes behind the back of the store. */
  overwrite(sha256: string, bytes: Buffer): Promise<unknown>;
  /** Names of all that is stored, without probes. */
  names(): Promise<string[]>;
}

const directory = mkdtempSync(join(tmpdir(), 'blob-stores-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const local: Kept = {
  open: () => new LocalBlobStore(directory),
  overwrite: async (sha256, bytes) => {
    const path = join(directory, sha256.slice(0, 2), sha256);
    writeFileSync(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
  },
  names: async () =>
    readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap(each => (each.isFile() ? [each.name] : [])),
};

let server: S3Server;
let bucket: BucketOptions;
let client: S3Client;
beforeAll(async () => {
  server = await startS3Server();
  bucket = server.options;
  const credentials = { accessKeyId: bucket.keys!.id.reveal(), secretAccessKey: bucket.keys!.secret.reveal() };
  client = new S3Client({ endpoint: bucket.endpoint!, region: bucket.region, forcePathStyle: true, credentials });
  atEndOfFile(() => server.close());
});
const openS3 = (changes: Partial<BucketOptions> = {}) => {
  const store = new S3BlobStore({ ...bucket, ...changes });
  atEndOfFile(async () => store.close());
  return store;
};
const s3: Kept = {
  open: openS3,
  overwrite: (sha256, bytes) =>
    client.send(
      new PutObjectCommand({ Bucket: bucket.bucket, Key: `${bucket.prefix}/${sha256.slice(0, 2)}/${sha256}`, Body: bytes }),
    ),
  names: async () => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket.bucket }));
    return Contents.map(({ Key }) => Key!.split('/').at(-1)!).filter(name => name !== 'probe');
  },
};

/** In chunks whose size does not divide anything. */
async function* chunksOf(bytes: Buffer, size = 100_003) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function bytesOf(bytes: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const mb = 1024 * 1024;

describe.each([
  ['a folder', local],
  ['a bucket', s3],
])('%s', (_, kept) => {
  test.each([0, 1, 5 * mb, 11 * mb + 7])(
    '%i bytes are stored by their digest, read as a whole and in part, by this and another process',
    async size => {
      const bytes = randomBytes(size);
      const sha256 = digestOf(bytes);
      expect(await kept.open().put(chunksOf(bytes), 1e9)).toEqual({ sha256, byteSize: size });
      for (const store of [kept.open(), kept.open()]) {
        expect([await store.size(sha256), await store.state(sha256)]).toEqual([size, 'KEPT']);
        expect((await bytesOf(store.stream(sha256))).equals(bytes)).toBe(true);
        expect((await store.read(sha256)).equals(bytes)).toBe(true);
      }
      if (size < 10) return;
      const range = { start: Math.floor(size / 3), end: size - 2 };
      const part = await bytesOf(kept.open().stream(sha256, range));
      expect(part.equals(bytes.subarray(range.start, range.end + 1))).toBe(true);
      expect(await kept.names()).toContain(sha256);
      expect((await kept.names()).filter(name => /^[0-9a-f-]{36}$/.test(name))).toEqual([]);
    },
  );

  test('what is too large, or whose source fails, is not stored, and the error is that of the source', async () => {
    const before = await kept.names();
    for (const size of [10, 3 * mb, 11 * mb]) {
      const bytes = randomBytes(size);
      await expect(kept.open().put(chunksOf(bytes, 7_919), size - 1)).rejects.toMatchObject({ name: 'BlobTooLarge' });
      const failure = Object.assign(new Error('the source is gone'), { code: 'ECONNRESET' });
      const failing = async function* () {
        yield* chunksOf(bytes);
        throw failure;
      };
      await expect(kept.open().put(failing(), 1e9)).rejects.toBe(failure);
      expect(await kept.open().state(digestOf(bytes))).toBe('MISSING');
    }
    expect((await kept.names()).sort()).toEqual(before.sort());
  });

  test('missing and removed blobs', async () => {
    const store = kept.open();
    const { sha256 } = await store.put(chunksOf(randomBytes(500)), 1e9);
    expect([await store.remove(sha256), await store.remove(sha256)]).toEqual([true, false]);
    expect([await store.state(sha256), await store.size(sha256)]).toEqual(['MISSING', null]);
    const reads = [
      () => store.read(sha256),
      () => bytesOf(store.stream(sha256)),
      () => bytesOf(store.stream(sha256, { start: 0, end: 1 })),
    ];
    for (const read of reads) await expect(read()).rejects.toMatchObject({ code: 'FILE_MISSING' });
  });

  test.each([700])(
    '%i bytes that were changed are refused, also in part and after they were good, until they are stored anew',
    async size => {
      const bytes = randomBytes(size);
      const store = kept.open();
      const { sha256 } = await store.put(chunksOf(bytes), 1e9);
      expect(await store.state(sha256)).toBe('KEPT');
      for (const changed of [randomBytes(size), bytes.subarray(0, size - 1), Buffer.concat([bytes, bytes])]) {
        await kept.overwrite(sha256, changed);
        for (const each of [store, kept.open()]) {
          expect(await each.state(sha256)).toBe('CHANGED');
          const read: number[] = [];
          const whole = async () => {
            for await (const chunk of each.stream(sha256)) read.push((chunk as Buffer).length);
          };
          await expect(whole()).rejects.toMatchObject({ code: 'FILE_CHANGED' });
          expect(read.reduce((sum, length) => sum + length, 0)).toBeLessThan(changed.length);
          await expect(bytesOf(each.stream(sha256, { start: 1, end: 3 }))).rejects.toMatchObject({ code: 'FILE_CHANGED' });
          await expect(each.read(sha256)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
        }
        const zip = zipArchive(store)([{ path: packagePath('1', 'audio/wav'), sha256, byteSize: changed.length }]);
        await expect(bytesOf(zip)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
      }
      await kept.open().put(chunksOf(bytes), 1e9);
      expect((await bytesOf(store.stream(sha256, { start: 0, end: size - 1 }))).equals(bytes)).toBe(true);
    },
  );

  test('several processes store and read the same bytes at once', async () => {
    const bytes = randomBytes(6 * mb);
    const sha256 = digestOf(bytes);
    await kept.open().put(chunksOf(bytes), 1e9);
    const storing = Array.from({ length: 3 }, () => kept.open().put(chunksOf(bytes), 1e9));
    const reading = Array.from({ length: 5 }, () => bytesOf(kept.open().stream(sha256)));
    for (const read of await Promise.all(reading)) expect(read.equals(bytes)).toBe(true);
    expect((await Promise.all(storing)).map(stored => stored.sha256)).toEqual([sha256, sha256, sha256]);
    expect((await kept.names()).filter(name => name === sha256)).toEqual([sha256]);
  });

  test('a reader that stops early disturbs nothing', async () => {
    const store = kept.open();
    const { sha256 } = await store.put(chunksOf(randomBytes(6 * mb)), 1e9);
    for (let time = 0; time < 20; time++) for await (const _ of store.stream(sha256)) break;
    expect(await store.state(sha256)).toBe('KEPT');
  });

  test('it can be written', async () => {
    await kept.open().check();
    expect((await kept.names()).filter(name => name.startsWith('probe'))).toEqual([]);
  });
});

describe('a bucket', () => {
  test('an upload whose source fails is aborted', async () => {
    server.requests.length = 0;
    const failing = async function* () {
      yield* chunksOf(randomBytes(12 * mb));
      throw new Error('the source is gone');
    };
    await expect(openS3().put(failing(), 1e9)).rejects.toThrow('the source is gone');
    const uploads = server.requests
      .filter(each => /incoming/.test(each))
      .map(each => each.replace(/\/landfall.*\?/, '').replace(/=.*/, ''));
    expect(uploads.at(0)).toBe('POST uploads');
    expect(uploads).toContain('PUT partNumber');
    expect(uploads.at(-1)).toMatch(/^DELETE /);
  });

  test('an answer that breaks off goes on where it ended; one that always does is a shortage', async () => {
    const bytes = randomBytes(6 * mb);
    const { sha256 } = await openS3().put(chunksOf(bytes), 1e9);
    server.breakNext = 2;
    expect((await bytesOf(openS3().stream(sha256))).equals(bytes)).toBe(true);
    expect(server.breakNext).toBe(0);
    server.breakNext = 1_000;
    await expect(bytesOf(openS3().stream(sha256))).rejects.toMatchObject({ shortage: 'STORAGE_UNAVAILABLE' });
    server.breakNext = 0;
  });

  test('a wrong key, bucket or address is a shortage of storage that names neither the key nor its secret', async () => {
    const wrong: Partial<BucketOptions>[] = [
      { keys: { id: bucket.keys!.id, secret: new Secret('planted-secret') } },
      { keys: { id: new Secret('planted-id'), secret: new Secret('planted-secret') } },
      { bucket: 'another' },
      { endpoint: 'http://127.0.0.1:1' },
    ];
    for (const changes of wrong) {
      const store = openS3(changes);
      const works: (() => Promise<unknown>)[] = [() => store.check(), () => store.put(chunksOf(randomBytes(10)), 100)];
      // The answer to HEAD has no body, so a missing bucket looks like a missing object.
      if (!changes.bucket) works.push(() => store.state('0'.repeat(64)));
      for (const work of works) {
        const error = await work().then(
          () => null,
          (failure: Error) => failure,
        );
        expect(error, JSON.stringify(changes)).toMatchObject({ shortage: 'STORAGE_UNAVAILABLE', code: 'STORAGE_UNAVAILABLE' });
        const texts = [error, error!.cause].map(
          each => `${(each as Error).name} ${(each as Error).message} ${(each as Error).stack}`,
        );
        expect(texts.join()).not.toMatch(/planted/);
      }
    }
  });
});
