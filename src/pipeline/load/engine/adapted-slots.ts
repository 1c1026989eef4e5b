import type { CallPace, Destination } from '../../../domain/ports/destination.js';
import { Concurrency, startSize } from './concurrency.js';
import { Slots } from './slots.js';

const periodMs = 2_000;

/** Slots for records whose number follows what the workspace sustains. `stop` ends that. */
export function adaptedSlots({ pace }: Destination, signal: AbortSignal): { slots: Slots; stop: () => void } {
  const slots = new Slots(startSize, signal);
  const concurrency = new Concurrency();
  let before: CallPace = { ...pace };
  const timer = setInterval(() => {
    const now = { ...pace };
    const size = concurrency.next({
      answers: now.answers - before.answers,
      failures: now.failures - before.failures,
      limitWaitMs: now.limitWaitMs - before.limitWaitMs,
      areWaiting: slots.areWaitedFor,
    });
    before = now;
    slots.resize(size);
  }, periodMs);
  return { slots, stop: () => clearInterval(timer) };
}
