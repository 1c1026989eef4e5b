import type { RunWork } from './run-work.js';
import type { Tx } from './transaction.js';

const batchSize = 500;

/**
 * Changes many rows in batches. It looks for them outside of the transaction that locks the row of the run, because a look over a
 * project can take long. A run that is killed in the middle finds the others when it continues.
 * @param find at most `limit` keys after `after`, in order
 */
export async function inFencedBatches<K>(
  work: RunWork,
  find: (tx: Tx, limit: number, after: K | null) => Promise<K[]>,
  change: (tx: Tx, keys: readonly K[]) => Promise<void>,
): Promise<void> {
  for (let after: K | null = null; ; ) {
    work.checkHalt();
    const keys: K[] = await work.transaction(tx => find(tx, batchSize, after));
    if (keys.length > 0) await work.fencedTransaction(tx => change(tx, keys));
    if (keys.length < batchSize) return;
    after = keys.at(-1)!;
  }
}
