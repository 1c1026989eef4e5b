import { mapConcurrently } from '../../../domain/model/map-concurrently.js';
import type { Loading } from './loading.js';

const concurrentCalls = 24;

/** Runs work on each item, several at a time, in any order. */
export async function forEachConcurrently<T>(
  context: Loading,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  await mapConcurrently(concurrentCalls, items, item => {
    context.work.checkHalt();
    return work(item);
  });
}
