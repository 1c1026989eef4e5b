import { isRefusedValue } from './failures.js';
import type { Tx } from './transaction.js';

/**
 * Does a part of a transaction on its own: where the database refuses a value, the part is undone and the rest stands.
 * @returns whether it was taken
 */
export async function inSavepoint(tx: Tx, work: () => Promise<void>): Promise<boolean> {
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

/** Does work on all items at once; where the database refuses a value of one, on each alone. @returns the refused ones */
export async function eachUnlessRefused<T>(
  tx: Tx,
  items: readonly T[],
  work: (items: readonly T[]) => Promise<void>,
): Promise<T[]> {
  if (items.length === 0 || (await inSavepoint(tx, () => work(items)))) return [];
  const refused: T[] = [];
  for (const item of items) if (items.length === 1 || !(await inSavepoint(tx, () => work([item])))) refused.push(item);
  return refused;
}
