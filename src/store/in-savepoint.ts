import { isRefusedValue } from './failures.js';
import type { Tx } from './transaction.js';

/**
 * Does a part of a transaction on its own: where the database refuses a value, the part is undone and the rest stands.
 * @returns whether it was taken
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

/** Does a whole transaction; where the database refuses a value in it, once more with care, so that the usual one pays nothing. */
export async function withCareIfNeeded<T>(work: (careful: boolean) => Promise<T>): Promise<T> {
  try {
    return await work(false);
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    return work(true);
  }
}

/** Does work on each item alone where that takes care, else on all at once. @returns the items of which the database refuses a value */
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
