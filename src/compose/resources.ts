/** Open resources. They are closed in reverse order. */
export type Resources = AsyncDisposableStack;

/** Opens several resources. If one fails, the others are closed. */
export async function openAll<T>(open: (resources: Resources) => Promise<T>): Promise<T> {
  const resources = new AsyncDisposableStack();
  try {
    return await open(resources);
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}
