import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { CallFailure } from '../domain/ports/call-failure.js';

/** Smaller answers need no room to be looked for. */
const alwaysFits = 1024 * 1024;
/** What an answer can cost while it is text, is parsed and is on its way to the store, in bytes of the heap for each byte of it. */
const costFactor = 6;
/** The rest of the heap is for everybody else. */
const usableShare = 0.85;
const lookAgainMs = 50;
const collectEveryMs = 500;
let collectedAt = 0;

const hasRoom = (bytes: number) => {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used + bytes * costFactor < limit * usableShare;
};

/** What is garbage already is no reason to wait; it can be collected only where the process was started with `--expose-gc`. */
function collect(): void {
  if (performance.now() - collectedAt < collectEveryMs) return;
  collectedAt = performance.now();
  globalThis.gc?.();
}

/**
 * Waits until the heap of this process has room for an answer. Bytes as they come are no part of the heap; text and what is
 * parsed from it is, so large answers wait here for each other, no matter who asked for them.
 * @throws CallFailure TIMEOUT where there was no room in time
 */
export async function heapRoom(bytes: number, longestMs: number, signal: AbortSignal | undefined): Promise<void> {
  if (bytes <= alwaysFits) return;
  const until = performance.now() + longestMs;
  while (!hasRoom(bytes)) {
    collect();
    if (hasRoom(bytes)) return;
    if (performance.now() > until)
      throw new CallFailure('TIMEOUT', `There was no memory here for an answer of ${Math.ceil(bytes / 1024 / 1024)} MB.`);
    await sleep(lookAgainMs, undefined, signal ? { signal } : {});
  }
}
