import { setTimeout as sleep } from 'node:timers/promises';
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
  /** Until the absence of an ambiguous write counts. */
  settleMs: number;
  requestTimeoutMs: number;
  signal: AbortSignal;
}

const concurrentCalls = 16;
const attempts = 8;

/** Does something for each, some at once. */
export async function forEachConcurrently<T, R>(
  { work }: RollbackWork,
  items: readonly T[],
  each: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += concurrentCalls) {
    work.checkHalt();
    results.push(...(await Promise.all(items.slice(from, from + concurrentCalls).map(each))));
  }
  return results;
}

/** Sends a write again whose outcome is not known: each may be sent any number of times. */
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
