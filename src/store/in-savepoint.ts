import { isRefusedValue } from './failures.js';
import type { Tx } from './transaction.js';

/**
 * Runs a part of a transaction in a savepoint. If the database refuses a value, the part is undone and the rest is kept.
 * @returns whether it was done
 */
async function inSavepoint(tx: Tx, work: () => Promise<void>): Promise<boolean> {
  await tx.manager.query('SAVEPOINT part');
  try {
    await work();
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    await tx.manager.query('ROLLBACK TO SAVEPOINT part');
    return false;
  }
  await tx.manager.query('RELEASE SAVEPOINT part');
  return true;
}

/** Runs a transaction. If the database refuses a value, it is run again carefully, so that the usual case has no overhead. */
export async function withCareIfNeeded<T>(work: (careful: boolean) => Promise<T>): Promise<T> {
  try {
    return await work(false);
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    return work(true);
  }
}

/** Runs work on each item separately if `careful`, otherwise on all at once. @returns the items with refused values */
export async function eachUnlessRefused<T>(
  tx: Tx,
  careful: boolean,
  items: readonly T[],
  work: (items: readonly T[]) => Promise<void>,
): Promise<T[]> {
  if (!careful) {
    await work(items);
    return [];
  }
  const refused: T[] = [];
  for (const item of items) if (!(await inSavepoint(tx, () => work([item])))) refused.push(item);
  return refused;
}
