import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../src/domain/model/secret.js';
import { noRun, type RateLedger, type RateLimitReport, type RateStore } from '../../src/domain/ports/rate-budget.js';
import { Budget } from '../../src/rate/budget.js';
import { FallbackStore } from '../../src/rate/fallback-store.js';
import { MemoryStore } from '../../src/rate/memory-store.js';
import { RedisRateStore } from '../../src/rate/redis-store.js';
import { SharedLedger } from '../../src/rate/shared-ledger.js';
import { createDataSource } from '../../src/store/data-source.js';
import { PostgresRateStore } from '../../src/store/postgres-rate-store.js';
import { freshDatabase } from '../support/database.js';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis)
  console.warn('SKIPPED: rate limits in Redis are not tested here. Install redis-server (Debian: apt-get install redis-server).');

async function redis(): Promise<Redis> {
  const probe = createServer();
  await new Promise<void>(done => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as { port: number };
  await new Promise(done => probe.close(done));
  const process = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no']);
  onTestFinished(() => void process.kill());
  const client = new Redis({ port, host: '127.0.0.1', maxRetriesPerRequest: null });
  client.on('error', () => {}); // It is still starting.
  onTestFinished(() => client.disconnect());
  await client.ping();
  return client;
}

async function postgres(): Promise<RateStore> {
  const database = createDataSource((await freshDatabase()).serverUrl, { poolSize: 5 });
  await database.initialize();
  onTestFinished(() => database.destroy());
  return new PostgresRateStore(database);
}

const windowMs = 400;
const stores: [string, () => Promise<RateStore>][] = [
  ['memory', async () => new MemoryStore()],
  ['Postgres', postgres],
  ...(hasRedis ? [['Redis', async () => new RedisRateStore(await redis())] as [string, () => Promise<RateStore>]] : []),
];
const rules = { windowMs, reserve: 0 };
const ledgerOn = (store: RateStore) => new SharedLedger(store, rules);

describe.each(stores)('a rate ledger in %s', (_name, makeStore) => {
  const make = async () => ledgerOn(await makeStore());
  const taken = async (ledger: RateLedger, key: string, times: number) => {
    let free = 0;
    for (let n = 0; n < times; n++) if ((await ledger.take(key, noRun, null)) === 0) free++;
    return free;
  };
  /** As the answer to a call that this ledger does not know. */
  const report = (ledger: RateLedger, key: string, told: Partial<RateLimitReport>) =>
    ledger.answered(key, 0, { remaining: null, limitedForMs: null, ...told });
  const window = (limit: number, remaining: number, endsIn: number, lengthMs = 10_000) => ({
    window: { limit, remaining, endsAt: Date.now() + endsIn, lengthMs },
  });

  test('a key with an unknown limit is not limited, and a 429 does not affect other keys', async () => {
    const ledger = await make();
    const key = randomUUID();
    expect(await taken(ledger, key, 50)).toBe(50);
    report(ledger, key, {});
    expect(await taken(ledger, key, 50)).toBe(50);
    report(ledger, key, { limitedForMs: 300 });
    expect(await ledger.take(key, noRun, null)).toBeGreaterThan(0);
    expect(await taken(ledger, randomUUID(), 50)).toBe(50);
    await expect.poll(() => ledger.take(key, noRun, null), { timeout: 5_000 }).toBe(0);
  });

  test('the remaining calls of a header can be taken, and no more until the window has passed', async () => {
    const ledger = await make();
    const key = randomUUID();
    report(ledger, key, { remaining: 3 });
    expect(await taken(ledger, key, 3)).toBe(3);
    const wait = await ledger.take(key, noRun, null);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(windowMs);
    await sleep(wait + 10);
    expect(await ledger.take(key, noRun, null)).toBe(0);
  });

  test('a lower number counts, a slightly higher one does not, a much higher one is a new window', async () => {
    const store = await makeStore();
    const ledger = new SharedLedger(store, { ...rules, windowMs: 60_000 });
    const [key, fresh] = [randomUUID(), randomUUID()];
    for (const remaining of [10, 2, 4]) report(ledger, key, { remaining });
    expect(await taken(ledger, key, 4)).toBe(2);
    for (const remaining of [2, 30]) report(ledger, fresh, { remaining });
    expect(await taken(ledger, fresh, 31)).toBe(30);
  });

  test('a window is spent evenly, a little ahead, and completely', async () => {
    const ledger = await make();
    const [early, late] = [randomUUID(), randomUUID()];
    const begun = Date.now();
    report(ledger, early, window(1_000, 1_000, 10_000));
    const first = await taken(ledger, early, 200);
    expect(first).toBeGreaterThanOrEqual(50);
    expect(first).toBeLessThanOrEqual(52 + (1_000 * (Date.now() - begun)) / 10_000);
    report(ledger, late, window(1_000, 20, 300));
    expect(await taken(ledger, late, 40)).toBe(20);
    await expect.poll(() => ledger.take(late, noRun, null), { timeout: 5_000 }).toBe(0);
  });

  test('concurrent callers get together as many calls as allowed, in one process and in two', async () => {
    const store = await makeStore();
    const ledgers = [ledgerOn(store), ledgerOn(store)];
    const key = randomUUID();
    report(ledgers[0]!, key, window(1_000, 30, 300));
    expect(await ledgers[0]!.take(key, noRun, null)).toBe(0);
    const waits = await Promise.all(Array.from({ length: 60 }, (_, n) => ledgers[n % 2]!.take(key, noRun, null)));
    expect(waits.filter(wait => wait === 0).length).toBe(29);
  });

  test('calls in flight are limited over all processes, and ended calls make room', async () => {
    const store = await makeStore();
    const ledgers = [ledgerOn(store), ledgerOn(store)];
    const key = randomUUID();
    const caller = (n: number) => ({ tenantId: 'one', runId: `run ${n}` });
    const take = (n: number) => ledgers[n % 2]!.take(key, caller(n % 2), 5);
    const waits: number[] = [];
    for (let n = 0; n < 10; n++) waits.push(await take(n));
    expect(waits.filter(wait => wait === 0).length).toBe(5);
    const first = waits.indexOf(0);
    ledgers[first % 2]!.ended(key, caller(first % 2));
    await expect.poll(async () => Math.min(await take(0), await take(1)), { timeout: 5_000 }).toBe(0);
    expect(await take(0)).toBeGreaterThan(0);
  });

  test('a budget waits for its turn, reports it, and stops waiting when it is aborted', async () => {
    const budget = new Budget(await make(), { digest: each => each, maxWaitMs: Number.POSITIVE_INFINITY });
    const secret = new Secret(randomUUID());
    const limited = (limitedForMs: number) => ({ remaining: null, limitedForMs });
    const first = await budget.take(secret, { signal: new AbortController().signal, onWait: () => {} });
    // A shorter wait is not reported.
    first.answered(limited(700));
    first.end();
    const waits: number[] = [];
    const second = await budget.take(secret, {
      signal: new AbortController().signal,
      onWait: ms => {
        waits.push(ms);
      },
    });
    expect(waits.length).toBeGreaterThan(0);
    second.answered(limited(60_000));
    second.end();
    const off = new AbortController();
    await expect(budget.take(secret, { signal: off.signal, onWait: () => off.abort() })).rejects.toThrow(/abort/i);
  });
});

test('while the first store does not answer, the other one is used, and the first again later', async () => {
  let isUp = true;
  let now = 0;
  const memory = new MemoryStore(() => now);
  const first: RateStore = {
    read: async key => {
      if (!isUp) throw new Error('gone');
      return memory.read(key);
    },
    write: async (key, version, state) => {
      if (!isUp) throw new Error('gone');
      return memory.write(key, version, state);
    },
  };
  const other = new MemoryStore(() => now);
  const warnings: string[] = [];
  const store = new FallbackStore(
    first,
    other,
    message => warnings.push(message),
    () => now,
  );
  expect(await store.write('key', 0, 'a')).toBe(0);
  isUp = false;
  expect(await store.read('key')).toMatchObject({ state: null });
  expect(await store.write('key', 0, 'b')).toBe(0);
  expect(warnings).toHaveLength(1);
  isUp = true;
  expect(await store.read('key')).toMatchObject({ state: 'b' });
  now = 20_000;
  expect(await store.read('key')).toMatchObject({ state: 'a' });
});
