import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../src/domain/model/secret.js';
import type { RateLedger } from '../../src/domain/ports/rate-budget.js';
import { Budget } from '../../src/rate/budget.js';
import { MemoryLedger } from '../../src/rate/memory-ledger.js';
import { createDataSource } from '../../src/store/data-source.js';
import { PostgresLedger } from '../../src/store/postgres-ledger.js';
import { freshDatabase } from '../support/database.js';

const windowMs = 400;
const ledgers: [string, () => Promise<RateLedger>][] = [
  ['memory', async () => new MemoryLedger(windowMs)],
  [
    'Postgres',
    async () => {
      const database = createDataSource((await freshDatabase()).serverUrl, { poolSize: 5 });
      await database.initialize();
      onTestFinished(() => database.destroy());
      return new PostgresLedger(database, windowMs);
    },
  ],
];

describe.each(ledgers)('a rate ledger in %s', (_name, make) => {
  const key = randomUUID();
  const taken = async (ledger: RateLedger, times: number) => {
    let free = 0;
    for (let n = 0; n < times; n++) if ((await ledger.take(key)) === 0) free++;
    return free;
  };

  test('nothing bounds a key whose limit is unknown', async () => {
    const ledger = await make();
    expect(await taken(ledger, 50)).toBe(50);
    await ledger.report(key, { remaining: null, limitedForMs: null });
    expect(await taken(ledger, 50)).toBe(50);
  });

  test('what a header says is left can be taken, and no more until the window has passed', async () => {
    const ledger = await make();
    await ledger.report(key, { remaining: 3, limitedForMs: null });
    expect(await taken(ledger, 3)).toBe(3);
    const wait = await ledger.take(key);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(windowMs);
    // Answers that were on their way open nothing.
    await ledger.report(key, { remaining: 0, limitedForMs: null });
    expect(await ledger.take(key)).toBeGreaterThan(0);
    await sleep(wait + 10);
    expect(await ledger.take(key)).toBe(0);
  });

  test('a window whose limit and end are known is spent evenly, a little ahead of its course, and never beyond', async () => {
    const ledger = await make();
    const limit = 1_000;
    const report = (endsIn: number, remaining: number) =>
      ledger.report(key, {
        remaining: null,
        limitedForMs: null,
        window: { limit, remaining, endsAt: Date.now() + endsIn, lengthMs: 10_000 },
      });
    // Its beginning: a tenth ahead of the course, no more.
    await report(9_900, 990);
    const begun = Date.now();
    const early = await taken(ledger, 500);
    expect(early).toBeGreaterThan(50);
    expect(early).toBeLessThan(400 + (limit * (Date.now() - begun)) / 10_000);
    // Its end: what is left, less what may be in flight.
    const late = await make();
    const other = randomUUID();
    await late.report(other, {
      remaining: null,
      limitedForMs: null,
      window: { limit, remaining: 250, endsAt: Date.now() + 3_000, lengthMs: 10_000 },
    });
    let free = 0;
    for (let n = 0; n < 300; n++) if ((await late.take(other)) === 0) free++;
    expect(free).toBeGreaterThan(10);
    expect(free).toBeLessThanOrEqual(226);
  });

  const reportedWindow = (limit: number, endsIn: number, lengthMs: number) => ({
    remaining: null,
    limitedForMs: null,
    window: { limit, remaining: limit, endsAt: Date.now() + endsIn, lengthMs },
  });

  test('who takes at once gets together what the course allows', async () => {
    const ledger = await make();
    const own = randomUUID();
    await ledger.report(own, reportedWindow(1_000, 9_900, 10_000));
    const waits = await Promise.all(Array.from({ length: 300 }, () => ledger.take(own)));
    // A tenth ahead of the course, and none of it is lost between those who ask.
    expect(waits.filter(wait => wait === 0).length).toBeGreaterThan(90);
  });

  test('a window is as long as reported', async () => {
    const ledger = await make();
    const [long, short] = [randomUUID(), randomUUID()];
    // At the beginning of a minute.
    await ledger.report(long, reportedWindow(1_000, 59_900, 60_000));
    expect(await ledger.take(long)).toBe(0);
    // At the end of a second there is no more to spend of it, and then comes the next.
    await ledger.report(short, {
      ...reportedWindow(1_000, 300, 1_000),
      window: { ...reportedWindow(1_000, 300, 1_000).window, remaining: 0 },
    });
    const wait = await ledger.take(short);
    expect(wait).toBeGreaterThan(0);
    await expect.poll(() => ledger.take(short), { timeout: 5_000 }).toBe(0);
  });

  test('a lower number than is counted here counts, a slightly higher one does not, a much higher one is a new window', async () => {
    const ledger = await make();
    await ledger.report(key, { remaining: 10, limitedForMs: null });
    await ledger.report(key, { remaining: 2, limitedForMs: null });
    await ledger.report(key, { remaining: 4, limitedForMs: null });
    expect(await taken(ledger, 4)).toBe(2);
    const fresh = await make();
    await fresh.report(key, { remaining: 2, limitedForMs: null });
    await fresh.report(key, { remaining: 30, limitedForMs: null });
    expect(await taken(fresh, 31)).toBe(30);
  });

  test('after a 429 nothing may be taken for as long as it says; another key is not concerned', async () => {
    const ledger = await make();
    await ledger.report(key, { remaining: null, limitedForMs: 300 });
    expect(await ledger.take(key)).toBeGreaterThan(0);
    expect(await ledger.take(randomUUID())).toBe(0);
    await sleep(310);
    expect(await ledger.take(key)).toBe(0);
  });

  test('a budget waits for its turn, reports it, and stops waiting when it is called off', async () => {
    const ledger = await make();
    const budget = new Budget(ledger, { digest: each => each, maxWaitMs: Number.POSITIVE_INFINITY });
    const secret = new Secret(key);
    await budget.report(secret, { remaining: null, limitedForMs: 150 });
    const waits: number[] = [];
    await budget.take(secret, new AbortController().signal, ms => {
      waits.push(ms);
    });
    expect(waits.length).toBeGreaterThan(0);
    await budget.report(secret, { remaining: null, limitedForMs: 60_000 });
    const off = new AbortController();
    const waiting = budget.take(secret, off.signal, () => off.abort());
    await expect(waiting).rejects.toThrow(/abort/i);
  });
});
