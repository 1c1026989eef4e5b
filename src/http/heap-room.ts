import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { CallFailure } from '../domain/ports/call-failure.js';

/** Smaller answers never wait. */
const alwaysFits = 1024 * 1024;
/** Heap bytes that each byte of an answer can need while it is text, is parsed and is written to the store. */
const costFactor = 6;
/** The rest of the heap is for everything else. */
const usableShare = 0.85;
const pollMs = 50;
const collectEveryMs = 500;
let collectedAt = 0;

const hasRoom = (bytes: number) => {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used + bytes * costFactor < limit * usableShare;
};

/** Garbage is no reason to wait. It can be collected only if the process was started with `--expose-gc`. */
function collect(): void {
  if (performance.now() - collectedAt < collectEveryMs) return;
  collectedAt = performance.now();
  globalThis.gc?.();
}

/**
 * Waits until the heap of this process has room for an answer. Raw bytes are not part of the heap; text and the values that are
 * parsed from it are. So large answers wait here for each other, across all callers.
 * @throws CallFailure TIMEOUT if there is no room in time
 */
export async function heapRoom(bytes: number, maxWaitMs: number, signal: AbortSignal | undefined): Promise<void> {
  if (bytes <= alwaysFits) return;
  const deadline = performance.now() + maxWaitMs;
  while (!hasRoom(bytes)) {
    collect();
    if (hasRoom(bytes)) return;
    if (performance.now() > deadline)
      throw new CallFailure('TIMEOUT', `This process has no memory for an answer of ${Math.ceil(bytes / 1024 / 1024)} MB.`);
    await sleep(pollMs, undefined, signal ? { signal } : {});
  }
}
