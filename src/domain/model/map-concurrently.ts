/**
 * Works on up to `limit` items at a time. The next item begins as soon as one ends.
 * @returns the results in the order of the items
 * @throws the first failure, after the running items have ended; no item begins after it
 */
export async function mapConcurrently<T, R>(limit: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
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
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failure) throw (failure as { error: unknown }).error;
  return results;
}
