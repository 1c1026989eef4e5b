import type { Page, Slice } from '../domain/model/page.js';
import { countsOf, type List } from '../store/pages.js';
import type { Tx } from '../store/transaction.js';
import { type OperationContext, within } from './context.js';

/** Reads a page of the list of each parent. The first request for a count counts the lists of all parents. */
export async function countedPages<T>(
  context: OperationContext,
  list: List,
  parentIds: readonly string[],
  read: (tx: Tx) => Promise<Slice<T>[]>,
): Promise<Page<T>[]> {
  const slices = await within(context, read);
  let counts: Promise<number[]> | null = null;
  const countAll = () => {
    counts ??= within(context, tx => countsOf(tx, list, parentIds));
    return counts;
  };
  return slices.map((slice, index) => ({ ...slice, totalCount: async () => (await countAll())[index]! }));
}
