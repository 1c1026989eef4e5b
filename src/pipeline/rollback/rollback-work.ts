import { setTimeout as sleep } from 'node:timers/promises';
import { mapConcurrently } from '../../domain/model/map-concurrently.js';
import type { Run } from '../../domain/model/run.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Destination } from '../../domain/ports/destination.js';
import type { LoadScope } from '../../store/load-scope.js';
import type { RunWork } from '../../store/run-work.js';

/** What a rollback works with. */
export interface RollbackWork {
  work: RunWork;
  run: Run;
  scope: LoadScope;
  destination: Destination;
  /** After this time, the absence of an ambiguous write counts. */
  settleMs: number;
  requestTimeoutMs: number;
  signal: AbortSignal;
}

const concurrentCalls = 16;
const attempts = 8;

/** Runs work on each item, several at a time. @returns the results in the order of the items */
export function forEachConcurrently<T, R>(
  { work }: RollbackWork,
  items: readonly T[],
  each: (item: T) => Promise<R>,
): Promise<R[]> {
  return mapConcurrently(concurrentCalls, items, item => {
    work.checkHalt();
    return each(item);
  });
}

/** Sends a write that can be repeated safely, and repeats it while its outcome is unknown. */
export async function again<T>({ settleMs, signal }: RollbackWork, write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof CallFailure && error.isAmbiguous) || attempt >= attempts) throw error;
      await sleep(Math.min(settleMs, 200 * 2 ** attempt), undefined, { signal });
    }
  }
}
