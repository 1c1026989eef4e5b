/**
 * Runs work on items, `limit` at a time, started in their order. After the first failure no further items are started, and it
 * is thrown when the running ones have ended.
 */
export async function inOrder<T>(
  items: AsyncIterable<T> | Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let failure: { error: unknown } | null = null;
  const running = new Set<Promise<void>>();
  try {
    for await (const item of items) {
      if (failure) break;
      const one: Promise<void> = work(item)
        .catch(error => {
          failure ??= { error };
        })
        .finally(() => running.delete(one));
      running.add(one);
      if (running.size >= limit) await Promise.race(running);
      if (failure) break;
    }
  } catch (error) {
    failure ??= { error };
  }
  await Promise.all(running);
  if (failure) throw (failure as { error: unknown }).error;
}
