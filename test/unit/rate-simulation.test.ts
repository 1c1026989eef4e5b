// The rules of the ledger against a server that counts calls by windows, with a virtual clock.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RateCaller } from '../../src/domain/ports/rate-budget.js';
import { MemoryStore } from '../../src/rate/memory-store.js';
import { SharedLedger } from '../../src/rate/shared-ledger.js';

const start = Date.UTC(2026, 0, 1) + 3_000;
beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Counts calls by windows and reports them in headers. */
class Server {
  readonly windows = new Map<number, { used: number; refused: number; byCaller: Record<string, number> }>();

  constructor(
    public limit: number,
    readonly windowMs: number,
    /** Its clock less that of the clients. */
    private readonly skewMs: number,
  ) {}

  call(caller: string) {
    const now = Date.now() + this.skewMs;
    const number = Math.floor(now / this.windowMs);
    const window = this.windows.get(number) ?? { used: 0, refused: 0, byCaller: {} };
    this.windows.set(number, window);
    const isRefused = window.used >= this.limit;
    if (isRefused) window.refused++;
    else {
      window.used++;
      window.byCaller[caller] = (window.byCaller[caller] ?? 0) + 1;
    }
    const endsAt = Math.ceil(((number + 1) * this.windowMs) / 1_000) * 1_000;
    return {
      remaining: null,
      limitedForMs: isRefused ? Math.max(50, Math.min(this.windowMs, endsAt - Date.now())) : null,
      // The connector assumes windows of ten seconds.
      window: { limit: this.limit, remaining: Math.max(0, this.limit - window.used), endsAt, lengthMs: 10_000 },
    };
  }
}

interface Setting {
  limit: number;
  windowMs?: number;
  /** Sequential chains of calls for each run; each run has its own process. */
  runs: { chains: number; tenantId?: string; latencyMs?: number }[];
  seconds?: number;
  skewMs?: number;
  reserve?: number;
  others?: { everyMs: number };
  changes?: [atSeconds: number, limit: number][];
}

/** @returns the windows from the second to the one before the last */
async function simulate({
  limit,
  windowMs = 10_000,
  runs,
  seconds = 42,
  skewMs = 0,
  reserve = 0,
  others,
  changes = [],
}: Setting) {
  const server = new Server(limit, windowMs, skewMs);
  const store = new MemoryStore();
  const end = start + seconds * 1_000;
  const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
  let random = 42;
  const jitter = () => {
    random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
    return (random / 2 ** 31) * 20;
  };
  const chain = async (ledger: SharedLedger, caller: RateCaller, latencyMs: number) => {
    while (Date.now() < end) {
      const wait = await ledger.take('key', caller, null);
      if (wait > 0) {
        await pause(wait + jitter());
        continue;
      }
      const takenAt = Date.now();
      await pause(latencyMs);
      const answer = server.call(caller.runId);
      await pause(latencyMs / 10);
      ledger.answered('key', takenAt, answer);
      await pause(jitter() / 2);
    }
  };
  const work = runs.flatMap(({ chains, tenantId = 'one', latencyMs = 80 }, n) => {
    const ledger = new SharedLedger(store, { windowMs: 60_000, reserve });
    return Array.from({ length: chains }, () => chain(ledger, { tenantId, runId: `run ${n}` }, latencyMs));
  });
  const other = async () => {
    while (others && Date.now() < end) {
      server.call('others');
      await pause(others.everyMs);
    }
  };
  for (const [at, next] of changes)
    setTimeout(() => {
      server.limit = next;
    }, at * 1_000);
  const all = Promise.all([...work, other()]);
  await vi.advanceTimersByTimeAsync((seconds + 20) * 1_000);
  await all;
  return [...server.windows.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([, window]) => window)
    .slice(1, -1);
}

const refused = (windows: { refused: number }[]) => windows.reduce((sum, each) => sum + each.refused, 0);

test.each([
  [400, 1],
  [400, 3],
  [1_666, 1],
  [1_666, 3],
])('of a limit of %i calls in 10 s, %i processes use at least 98 % and never meet a 429', async (limit, processes) => {
  const windows = await simulate({ limit, runs: Array.from({ length: processes }, () => ({ chains: 24 })) });
  expect(windows.length).toBeGreaterThanOrEqual(3);
  expect(refused(windows)).toBe(0);
  for (const { used } of windows) expect(used / limit).toBeGreaterThanOrEqual(0.98);
});

test.each([
  ['behind', -1_400],
  ['ahead', 1_400],
])('a clock that is %s of the server by less than two seconds costs a 429 only at the beginning', async (_name, skewMs) => {
  const windows = await simulate({ limit: 400, skewMs, runs: [{ chains: 24 }], seconds: 62 });
  expect(refused(windows.slice(2))).toBe(0);
  for (const { used } of windows.slice(2)) expect(used).toBeGreaterThanOrEqual(0.97 * 400);
});

test.each([
  ['a second', 1_000, 40],
  ['a minute', 60_000, 1_000],
])('windows of %s are learnt', async (_name, windowMs, limit) => {
  const windows = await simulate({ limit, windowMs, runs: [{ chains: 24 }], seconds: Math.max(60, (windowMs * 6) / 1_000) });
  const learnt = windows.slice(windowMs === 1_000 ? 12 : 1);
  expect(refused(learnt)).toBe(0);
  const used = learnt.reduce((sum, each) => sum + each.used, 0);
  expect(used / learnt.length / limit).toBeGreaterThanOrEqual(0.9);
});

test('a limit that changes is used within one window', async () => {
  const windows = await simulate({
    limit: 400,
    runs: [{ chains: 24 }],
    seconds: 92,
    changes: [
      [25, 1_000],
      [55, 200],
    ],
  });
  // Of the windows of 7 s, 17 s ... after the start: 1,000 from the third on, 200 from the sixth on.
  expect(windows.slice(2, 4).every(({ used }) => used >= 0.98 * 1_000)).toBe(true);
  expect(windows.slice(5).every(({ used }) => used >= 0.98 * 200 && used <= 200)).toBe(true);
  expect(refused(windows.slice(5))).toBe(0);
});

test('the reserve is left to others, and what others use is not used twice', async () => {
  const kept = await simulate({ limit: 400, reserve: 0.25, runs: [{ chains: 24 }] });
  for (const { used } of kept) expect(used).toBeLessThanOrEqual(300);
  expect(kept.every(({ used }) => used >= 0.98 * 300)).toBe(true);
  const shared = await simulate({ limit: 400, runs: [{ chains: 24 }], others: { everyMs: 100 } });
  expect(refused(shared)).toBe(0);
  for (const { used, byCaller } of shared) {
    expect(used).toBeGreaterThanOrEqual(0.97 * 400);
    expect(byCaller.others).toBeGreaterThanOrEqual(95);
  }
});

test('tenants share a limit evenly, and so do the runs of a tenant, for any number of requested calls', async () => {
  const windows = await simulate({
    limit: 400,
    runs: [
      { chains: 24, tenantId: 'one' },
      { chains: 24, tenantId: 'one' },
      { chains: 8, tenantId: 'two' },
    ],
  });
  for (const { byCaller, used } of windows) {
    expect(used).toBeGreaterThanOrEqual(0.98 * 400);
    expect(byCaller['run 0']! + byCaller['run 1']!).toBeLessThan(260);
    expect(byCaller['run 2']).toBeGreaterThan(140);
    expect(Math.abs(byCaller['run 0']! - byCaller['run 1']!)).toBeLessThan(60);
  }
});
