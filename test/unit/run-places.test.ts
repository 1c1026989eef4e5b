import { expect, test } from 'vitest';
import { HeldRuns } from '../../src/jobs/held-runs.js';
import { RunSlots } from '../../src/jobs/run-slots.js';

const limits = { concurrentRuns: 1, runsPerTenant: 2 };

/** Runs that wait for an hour. @returns names of those that were put back */
function waiting(held: HeldRuns, names: readonly string[]): () => string[] {
  const back: string[] = [];
  for (const name of names) {
    held.add(name, {
      organizationId: name[0]!,
      begunAt: 0,
      done: Promise.resolve(),
      halt: () => back.push(name),
      wait: () => ({ until: new Date(Date.now() + 3_600_000), reason: 'SOURCE_LIMIT' }),
      putBack: null,
    });
  }
  return () => back;
}

test('a run that waits gives its place to a tenant that has two runs less, or none; tenants that are nearly equal keep theirs', () => {
  const equal = new HeldRuns(limits);
  const ofEqual = waiting(equal, ['a1', 'a2', 'b1', 'c1']);
  equal.makeRoomFor(new Set(['b']));
  expect(ofEqual()).toEqual([]);
  const unequal = new HeldRuns(limits);
  const ofUnequal = waiting(unequal, ['a1', 'a2', 'a3', 'b1']);
  unequal.makeRoomFor(new Set(['b']));
  expect(ofUnequal()).toEqual(['a1']);
  const others = new HeldRuns(limits);
  const ofOthers = waiting(others, ['a1', 'b1', 'c1', 'd1']);
  others.makeRoomFor(new Set(['e']));
  expect(ofOthers()).toHaveLength(1);
});

test('a run that returns from a wait gets a slot, although tenants without a run follow each other', async () => {
  const slots = new RunSlots(1, 1);
  slots.take('b0', 'b');
  let hasReturned = false;
  const returned = slots
    .retake('a', 'a', new AbortController().signal, () => {})
    .then(() => {
      hasReturned = true;
    });
  slots.reserveOne(true);
  let previous = 'b0';
  for (let n = 1; n <= 10 && !hasReturned; n++) {
    slots.release(previous);
    await Promise.resolve();
    if (!slots.hasRoomFor('c')) break;
    previous = `${n % 2 ? 'c' : 'b'}${n}`;
    slots.take(previous, previous[0]!);
    slots.reserveOne(true);
  }
  await returned;
  expect(slots.has('a')).toBe(true);
  // The first free slot was for the tenant without a run.
  expect(previous).toBe('c1');
});
