import { expect, test, vi } from 'vitest';
import { lookUntilSettled, settledAfter } from '../../src/domain/model/look-until-settled.js';
import { CallFailure } from '../../src/domain/ports/call-failure.js';
import { EarlierWrites } from '../../src/pipeline/load/engine/earlier-writes.js';

const settleMs = 60;

test('an existing effect is found immediately, without a wait', async () => {
  const waits: number[] = [];
  const settledAt = performance.now() + settleMs;
  const wait = async (ms: number) => waits.push(ms);
  expect(await lookUntilSettled({ settledAt, settleMs }, async () => 'found', wait)).toBe('found');
  expect(waits).toEqual([]);
});

test('an absence counts only after the settle time, and a late effect is found', async () => {
  const settledAt = performance.now() + settleMs;
  const looks: { isProof: boolean; at: number }[] = [];
  const find = async (isProof: boolean) => void looks.push({ isProof, at: performance.now() });
  const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
  expect(await lookUntilSettled({ settledAt, settleMs }, find, wait)).toBeUndefined();
  expect(looks.map(({ isProof }) => isProof).filter(Boolean)).toEqual([true]);
  expect(looks.every(({ isProof, at }) => isProof === at >= settledAt || !isProof)).toBe(true);
  expect(looks.at(-1)!.at).toBeGreaterThanOrEqual(settledAt);
  let count = 0;
  const late = await lookUntilSettled(
    { settledAt: performance.now() + 1_000_000, settleMs },
    async () => (++count === 3 ? 'late' : undefined),
    wait,
  );
  expect(late).toBe('late');
});

test('four looks: after a sixteenth and five sixteenths of the settle time, and one at its end that counts', async () => {
  let now = 1_000;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  try {
    const [looks, waits]: [boolean[], number[]] = [[], []];
    const find = async (isProof: boolean) => void looks.push(isProof);
    const wait = async (ms: number) => {
      waits.push(ms);
      now += ms;
    };
    expect(await lookUntilSettled({ settledAt: 2_600, settleMs: 1_600 }, find, wait)).toBeUndefined();
    expect(waits).toEqual([100, 400, 1_100]);
    expect(looks).toEqual([false, false, false, true]);
  } finally {
    clock.mockRestore();
  }
});

test('only after a time-out with a known time of sending does the settle time begin there', () => {
  const now = performance.now();
  expect(settledAfter(new CallFailure('TIMEOUT', 'late', { sentAt: now - 50 }), settleMs)).toBe(now - 50 + settleMs);
  expect(settledAfter(new CallFailure('RESET', 'reset'), settleMs)).toBeGreaterThanOrEqual(now + settleMs);
});

test('only a record with an open write of an earlier worker waits', () => {
  const open = { recordType: 'TICKET' as const, sourceId: '7', step: 'rebuild' };
  const earlier = new EarlierWrites([open], performance.now() + 1_000_000);
  expect(earlier.msLeft(open)).toBeGreaterThan(0);
  expect(earlier.msLeft({ recordType: 'TICKET', sourceId: '70' })).toBe(0);
  expect(earlier.msLeft()).toBeGreaterThan(0);
  expect([earlier.has(open), earlier.delete(open), earlier.delete(open)]).toEqual([true, true, false]);
  expect(new EarlierWrites([], performance.now() + 1_000_000).msLeft()).toBe(0);
});
