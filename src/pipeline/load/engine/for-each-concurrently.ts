import type { Loading } from './loading.js';

const concurrentCalls = 16;

/** Runs work on each item, several at a time, in any order. */
export async function forEachConcurrently<T>(
  context: Loading,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < items.length; from += concurrentCalls) {
    context.work.checkHalt();
    await Promise.all(items.slice(from, from + concurrentCalls).map(work));
  }
}
