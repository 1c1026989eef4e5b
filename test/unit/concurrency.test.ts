import { describe, expect, test } from 'vitest';
import { Concurrency, startSize } from '../../src/pipeline/load/engine/concurrency.js';
import { Slots } from '../../src/pipeline/load/engine/slots.js';

const periodMs = 2_000;

/** A workspace that answers at most so many calls in a period, each after the latency; with more at once it only gets slower. */
const workspace = (latencyMs: number, most: number) => (size: number) => Math.min(most, (size * periodMs) / latencyMs);

function sizesOf(
  answersOf: (size: number) => number,
  periods: number,
  more: { limitWaitMs?: number; areWaiting?: boolean } = {},
) {
  const concurrency = new Concurrency();
  return Array.from({ length: periods }, () =>
    concurrency.next({ answers: answersOf(concurrency.size), failures: 0, limitWaitMs: 0, areWaiting: true, ...more }),
  );
}

describe('concurrency', () => {
  test('a workspace with a long latency gets more records at once, within bounds', () => {
    const sizes = sizesOf(workspace(2_000, 10_000), 30);
    expect(Math.max(...sizes)).toBe(64);
    expect(sizes.at(-1)).toBe(64);
  });

  test('where more at once answer no more, it stays, and asks again only now and then', () => {
    const sizes = sizesOf(workspace(500, 100), 60);
    const probes = sizes.filter(size => size > startSize).length;
    expect(sizes.at(-1)).toBe(startSize);
    expect(probes).toBeGreaterThan(1);
    expect(probes).toBeLessThan(6);
  });

  test('a plateau above the start is found', () => {
    const sizes = sizesOf(workspace(1_000, 2 * 40), 40);
    const late = sizes.slice(20);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(38);
    expect(Math.max(...late)).toBeLessThanOrEqual(60);
  });

  test('if the rate limit or the work is what limits, nothing is probed', () => {
    expect(new Set(sizesOf(() => 100, 20, { limitWaitMs: 100 * 500 }))).toEqual(new Set([startSize]));
    expect(new Set(sizesOf(() => 100, 20, { areWaiting: false }))).toEqual(new Set([startSize]));
    expect(new Set(sizesOf(() => 0, 20))).toEqual(new Set([startSize]));
  });

  test('many failures halve it, single ones do not, and it recovers', () => {
    const concurrency = new Concurrency();
    const failing = (failures: number) => concurrency.next({ answers: 100, failures, limitWaitMs: 0, areWaiting: false });
    expect(failing(10)).toBe(24);
    expect([failing(50), failing(50), failing(50), failing(50)]).toEqual([12, 6, 4, 4]);
    const answersOf = workspace(1_000, 10_000);
    for (let period = 0; period < 40; period++)
      concurrency.next({ answers: answersOf(concurrency.size), failures: 0, limitWaitMs: 0, areWaiting: true });
    expect(concurrency.size).toBe(64);
  });
});

test('slots follow a new size: more enter immediately, and with fewer those inside may finish', async () => {
  const slots = new Slots(2, new AbortController().signal);
  let inside = 0;
  const enter = async () => {
    await slots.enter();
    inside++;
  };
  const leave = () => {
    inside--;
    slots.leave();
  };
  const settled = () => new Promise(resolve => setImmediate(resolve));
  const entering = Array.from({ length: 8 }, enter);
  await settled();
  expect([inside, slots.areWaitedFor]).toEqual([2, true]);
  slots.resize(4);
  await settled();
  expect(inside).toBe(4);
  slots.resize(1);
  leave();
  leave();
  leave();
  await settled();
  expect(inside).toBe(1);
  leave();
  await settled();
  expect(inside).toBe(1);
  slots.resize(8);
  await Promise.all(entering);
  expect([inside, slots.areWaitedFor]).toEqual([4, false]);
});
