import { afterEach, expect, test } from 'vitest';
import { Secret } from '../../src/domain/model/secret.js';
import type { RateLedger } from '../../src/domain/ports/rate-budget.js';
import { createDownload } from '../../src/http/download.js';
import { createHttp } from '../../src/http/http-client.js';
import { Budget } from '../../src/rate/budget.js';
import { MemoryStore } from '../../src/rate/memory-store.js';
import { SharedLedger } from '../../src/rate/shared-ledger.js';
import { InfosetClient } from '../../src/sources/infoset/client.js';
import { download } from '../../src/sources/infoset/download.js';
import { keyLogin } from '../../src/sources/infoset/login.js';
import { type FileAnswer, fileHost } from '../support/file-host.js';

const hosts: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(hosts.splice(0).map(each => each.close()));
});
async function host(answer: (path: string, times: number) => FileAnswer) {
  const started = await fileHost(answer);
  hosts.push(started);
  return started;
}

const bytes = Buffer.from('dosya');
const json = { bytes: Buffer.from('{"id":71}'), headers: { 'content-type': 'application/json' } };
const key = 'anahtar-of-the-tests';

/** A client of an API, and the waits for its limits. */
function clientOf(url: string, maxWaitMs = Number.POSITIVE_INFINITY) {
  const means = { requestTimeoutMs: 5_000, allowPrivateHosts: true };
  const memory = new SharedLedger(new MemoryStore(), { windowMs: 60_000, reserve: 0 });
  const taken: string[] = [];
  const ledger: RateLedger = {
    take: (name, ...rest) => {
      taken.push(name);
      return memory.take(name, ...rest);
    },
    answered: (...answer) => memory.answered(...answer),
    ended: (...call) => memory.ended(...call),
  };
  const waits: number[] = [];
  const off = new AbortController();
  const client = new InfosetClient({
    http: createHttp(means),
    openDownload: createDownload(means),
    budget: new Budget(ledger, { digest: name => name, maxWaitMs }),
    baseUrl: url,
    login: keyLogin(new Secret(key)),
    rateLimitWaitMs: 300,
    signal: off.signal,
    onLimit: ms => {
      waits.push(ms);
      if (ms > 5_000) off.abort();
    },
  });
  // So that a hundred attempts do not take a hundred pauses.
  client.pause = async () => {};
  return { client, taken, waits };
}

async function wholeOf(from: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of from) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('a file on another host uses no call of the budget of the API, and a 429 of its host stops no call of the API', async () => {
  const api = await host(() => json);
  const bucket = await host((_, times) => (times === 1 ? { bytes } : { status: 429, headers: { 'retry-after': '60' } }));
  const { client, taken, waits } = clientOf(api.url);
  expect((await download(client, `${bucket.url}/1`, {}, wholeOf)).kept).toBe('dosya');
  await expect(download(client, `${bucket.url}/1`, { mayWait: false }, wholeOf)).rejects.toMatchObject({ kind: 'RATE_LIMITED' });
  await client.get('/v1/account');
  expect(waits).toEqual([]);
  expect(taken.filter(name => name.includes(key))).toHaveLength(1);
  expect(taken.filter(name => name.startsWith(bucket.url))).toHaveLength(2);
  // It is not asked again before that time.
  const asked = bucket.asked.length;
  await expect(download(client, `${bucket.url}/2`, { mayWait: false }, wholeOf)).rejects.toMatchObject({ kind: 'RATE_LIMITED' });
  await expect(download(client, `${bucket.url}/2`, {}, wholeOf)).rejects.toThrow(/abort/);
  expect(bucket.asked.length).toBe(asked);
  expect(waits[0]).toBeGreaterThan(50_000);
});

test('a 429 of the API on a file stops all calls of the API, but no file on other hosts', async () => {
  const api = await host(path => (path.startsWith('v1/files') ? { status: 429, headers: { 'retry-after': '60' } } : json));
  const bucket = await host(() => ({ bytes, headers: { 'x-ratelimit-remaining': '0' } }));
  const { client } = clientOf(api.url);
  await expect(download(client, '/v1/files/1', { mayWait: false }, wholeOf)).rejects.toMatchObject({ kind: 'RATE_LIMITED' });
  for (const name of ['1', '2', '3']) expect((await download(client, `${bucket.url}/${name}`, {}, wholeOf)).kept).toBe('dosya');
  const asked = api.asked.length;
  await expect(client.get('/v1/account')).rejects.toThrow(/abort/);
  expect(api.asked.length).toBe(asked);
});

test('a 429 is not a failed attempt, but their number is limited', async () => {
  const now = { status: 429, headers: { 'retry-after': '0' } };
  const bucket = await host((path, times) => (path === 'late' && times > 6 ? { bytes } : now));
  const api = await host(() => json);
  const { client } = clientOf(api.url);
  expect((await download(client, `${bucket.url}/late`, {}, wholeOf)).kept).toBe('dosya');
  await expect(download(client, `${bucket.url}/never`, {}, wholeOf)).rejects.toMatchObject({ kind: 'RATE_LIMITED' });
  expect(bucket.asked.filter(({ path }) => path === 'never')).toHaveLength(10);
});

test('Retry-After is obeyed in seconds and as a date, up to the longest allowed wait', async () => {
  const api = await host(() => json);
  for (const [retryAfter, maxWaitMs, least, most] of [
    ['3', Number.POSITIVE_INFINITY, 1_500, 3_000],
    [new Date(Date.now() + 20_000).toUTCString(), Number.POSITIVE_INFINITY, 10_000, 20_000],
    ['86400', 900_000, 890_000, 900_000],
    ['soon', Number.POSITIVE_INFINITY, 1, 300],
  ] as const) {
    const bucket = await host((_, times) => (times === 1 ? { status: 429, headers: { 'retry-after': retryAfter } } : { bytes }));
    const { client, waits } = clientOf(api.url, maxWaitMs);
    const got = await download(client, `${bucket.url}/1`, {}, wholeOf).catch((error: Error) => error.message);
    expect(got).toEqual(most > 5_000 ? expect.stringMatching(/abort/) : expect.objectContaining({ kept: 'dosya' }));
    // A wait of less than half a second is not reported.
    if (most < 500) {
      expect(waits).toEqual([]);
      continue;
    }
    expect(waits[0], retryAfter).toBeGreaterThanOrEqual(least);
    expect(waits[0], retryAfter).toBeLessThanOrEqual(most);
  }
});

test('bytes before a broken connection are not lost, even if they are read slowly', async () => {
  const whole = Buffer.from(Array.from({ length: 300_000 }, (_, place) => place % 251));
  const bucket = await host(() => ({ bytes: whole, ranges: true, breakAfter: 40_000 }));
  const api = await host(() => json);
  const { client } = clientOf(api.url);
  const slowly = async (from: AsyncIterable<Uint8Array>) => {
    await new Promise(resolve => setTimeout(resolve, 100));
    return wholeOf(from);
  };
  const { kept } = await download(client, `${bucket.url}/1`, {}, slowly);
  expect(kept).toBe(whole.toString());
  expect(bucket.asked.length).toBeGreaterThan(7);
});
