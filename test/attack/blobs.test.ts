import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packagePath } from '../../src/domain/text/package-paths.js';
import { closeToOthers } from '../../src/files/data-dir.js';
import { LocalBlobStore } from '../../src/files/local-blob-store.js';
import { zipArchive } from '../../src/files/zip-archive.js';

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'blobs-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function* of(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

async function textOf(bytes: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const large = 'x'.repeat(300_000);
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

async function kept() {
  const directory = folder();
  const store = new LocalBlobStore(join(directory, 'files'));
  const blob = await store.put(of(large, 'the end'), 1e9);
  const path = join(directory, 'files', blob.sha256.slice(0, 2), blob.sha256);
  return { directory, store, path, ...blob };
}

test('blobs are closed to other users, also in a store that an older version left open', async () => {
  const old = process.umask(0);
  onTestFinished(() => void process.umask(old));
  const { directory, path, store } = await kept();
  const files = join(directory, 'files');
  const closed = () => [files, join(files, 'incoming'), join(path, '..'), path].map(modeOf);
  expect(closed()).toEqual(['700', '700', '700', '600']);
  chmodSync(files, 0o755);
  chmodSync(join(path, '..'), 0o777);
  chmodSync(path, 0o644);
  await closeToOthers(files);
  expect(closed()).toEqual(['700', '700', '700', '600']);
  expect(await store.state(path.slice(-64))).toBe('KEPT');
});

test('changed bytes are refused: before a whole read ends, before a part begins, also with a forged time', async () => {
  const { store, path, sha256, byteSize } = await kept();
  expect(await textOf(store.stream(sha256))).toBe(`${large}the end`);
  expect(await textOf(store.stream(sha256, { start: byteSize - 3, end: byteSize - 1 }))).toBe('end');
  const { atime, mtime } = statSync(path);
  writeFileSync(path, `${large}THE END`);
  utimesSync(path, atime, mtime);
  expect(await store.state(sha256)).toBe('CHANGED');
  await expect(textOf(store.stream(sha256))).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  await expect(textOf(store.stream(sha256, { start: 0, end: 2 }))).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  await expect(store.read(sha256)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  const zip = zipArchive(store)([{ path: packagePath('1', 'audio/wav'), sha256, byteSize }]);
  await expect(textOf(zip)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  // Stored again, it is valid again.
  await store.put(of(large, 'the end'), 1e9);
  expect(await textOf(store.stream(sha256))).toBe(`${large}the end`);
});

test('a file that changes while it is read is not delivered completely', async () => {
  const { store, path, sha256 } = await kept();
  const reading = store.stream(sha256)[Symbol.asyncIterator]();
  await reading.next();
  appendFileSync(path, '!');
  const rest = async () => {
    while (!(await reading.next()).done);
  };
  await expect(rest()).rejects.toMatchObject({ code: 'FILE_CHANGED' });
});

test('missing, cut off and empty blobs', async () => {
  const { store, path, sha256 } = await kept();
  renameSync(path, `${path}.away`);
  expect([await store.state(sha256), await store.size(sha256)]).toEqual(['MISSING', null]);
  await expect(textOf(store.stream(sha256))).rejects.toMatchObject({ code: 'FILE_MISSING' });
  await expect(store.read(sha256)).rejects.toMatchObject({ code: 'FILE_MISSING' });
  renameSync(`${path}.away`, path);
  truncateSync(path, 5);
  expect(await store.state(sha256)).toBe('CHANGED');
  const empty = await store.put(of(), 1e9);
  expect([await store.state(empty.sha256), await textOf(store.stream(empty.sha256))]).toEqual(['KEPT', '']);
  expect(readdirSync(join(path, '..', '..', 'incoming'))).toEqual([]);
  mkdirSync(join(path, '..', 'odd'));
});

test('a blob that is stored again while it is read stays valid', async () => {
  const { directory, sha256 } = await kept();
  const files = join(directory, 'files');
  let isReading = true;
  // As other processes do that find the same bytes.
  const storing = Array.from({ length: 2 }, async () => {
    while (isReading) await new LocalBlobStore(files).put(of(large, 'the end'), 1e9);
  });
  const states = new Set<string>();
  for (let time = 0; time < 150; time++) {
    const store = new LocalBlobStore(files);
    states.add(await store.state(sha256));
    expect(await textOf(store.stream(sha256))).toBe(`${large}the end`);
  }
  isReading = false;
  await Promise.all(storing);
  expect([...states]).toEqual(['KEPT']);
});
