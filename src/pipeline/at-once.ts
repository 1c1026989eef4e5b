import pLimit from 'p-limit';

/**
 * Works on items, so many at a time: the next begins as soon as one ends.
 * @returns the results in the order of the items
 * @throws the first failure, when what had begun has ended; nothing begins after it
 */
export async function atOnce<T, R>(count: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const limit = pLimit(count);
  const results: R[] = [];
  let failure: { error: unknown } | null = null;
  await Promise.all(
    items.map((item, n) =>
      limit(async () => {
        if (failure) return;
        try {
          results[n] = await work(item);
        } catch (error) {
          failure ??= { error };
        }
      }),
    ),
  );
  if (failure) throw (failure as { error: unknown }).error;
  return results;
}
