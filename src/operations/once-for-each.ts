import { type ErrorCode, UserError, UserErrors } from '../domain/model/errors.js';
import type { Tx } from '../store/transaction.js';
import type { OperationContext } from './context.js';
import { once } from './once.js';

/** An error as an idempotency key stores it. */
interface KeptError {
  code: ErrorCode;
  message: string;
  path: readonly string[] | null;
  retryable: boolean;
}

/** What became of one item: what its answer needs, or what is wrong with it. */
export type Attempt<T> = { value: T } | { errors: readonly KeptError[] };

const maxItems = 100;

/** @throws UserError INVALID_INPUT */
export function checkItems(items: readonly unknown[]): void {
  if (items.length === 0 || items.length > maxItems)
    throw new UserError('INVALID_INPUT', `Give 1 to ${maxItems} items.`, { path: ['input', 'items'] });
}

/** Tries each item alone. The path of an error names the item. */
export const attemptEach = <Item, T>(items: readonly Item[], attempt: (item: Item) => T): Attempt<T>[] =>
  items.map((item, index) => attemptAt(index, () => attempt(item)));

/** Continues with the items that have succeeded so far. */
export const thenEach = <A, B>(attempts: readonly Attempt<A>[], attempt: (value: A) => B): Attempt<B>[] =>
  attempts.map((each, index) => ('errors' in each ? each : attemptAt(index, () => attempt(each.value))));

function attemptAt<T>(index: number, work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    const errors = error instanceof UserErrors ? error.errors : error instanceof UserError ? [error] : null;
    if (!errors) throw error;
    return { errors: errors.map(each => keptError(each, index)) };
  }
}

/** The values of the items that have succeeded. */
export const valuesOf = <T>(attempts: readonly Attempt<T>[]): T[] =>
  attempts.flatMap(each => ('value' in each ? [each.value] : []));

export const toUserErrors = (errors: readonly KeptError[]): UserError[] =>
  errors.map(({ code, message, path, retryable }) => new UserError(code, message, { ...(path ? { path } : {}), retryable }));

/** Everything that is wrong, so that nothing is done. */
class NothingDone extends Error {
  constructor(readonly attempts: readonly Attempt<never>[]) {
    super('No item can be done.');
  }
}

/**
 * As `once`, for several items in one transaction. Items with errors do not stop the others. A repetition gets the first result, with
 * its errors. If no item succeeds, nothing is kept, and a corrected input can use the key.
 */
export async function onceForEach<T extends Record<string, unknown>>(
  context: OperationContext,
  mutation: string,
  input: { idempotencyKey?: string | null },
  effect: (tx: Tx) => Promise<Attempt<T>[]>,
): Promise<Attempt<T>[]> {
  try {
    const { attempts } = await once(context, mutation, input, async tx => {
      const found = await effect(tx);
      const failed = found.flatMap(each => ('errors' in each ? [each] : []));
      if (failed.length === found.length) throw new NothingDone(failed);
      return { attempts: found };
    });
    return attempts;
  } catch (error) {
    if (error instanceof NothingDone) return [...error.attempts];
    throw error;
  }
}

function keptError({ code, message, options: { path, retryable = false } }: UserError, index: number): KeptError {
  const [input, ...rest] = path ?? ['input'];
  return { code, message, path: [input!, 'items', String(index), ...rest], retryable };
}
