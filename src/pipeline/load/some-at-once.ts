import type { Loading } from './loading.js';

const callsAtOnce = 16;

/** Does something for each, some at once, where their order makes no difference. */
export async function someAtOnce<T>(x: Loading, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += callsAtOnce) {
    x.work.checkHalt();
    await Promise.all(items.slice(from, from + callsAtOnce).map(work));
  }
}
