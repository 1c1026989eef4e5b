/**
 * Works on items, so many at a time: the next begins as soon as one ends.
 * @returns the results in the order of the items
 * @throws the first failure, when what had begun has ended; nothing begins after it
 */
export async function atOnce<T, R>(count: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let failure: { error: unknown } | null = null;
  let next = 0;
  const worker = async () => {
    while (!failure && next < items.length) {
      const n = next++;
      try {
        results[n] = await work(items[n]!);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, worker));
  if (failure) throw (failure as { error: unknown }).error;
  return results;
}
