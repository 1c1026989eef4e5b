/** What was opened, to be closed in reverse order. */
export type Resources = AsyncDisposableStack;

/** Keeps what was opened where all of it could be, and closes it where not. */
export async function opened<T>(open: (resources: Resources) => Promise<T>): Promise<T> {
  const resources = new AsyncDisposableStack();
  try {
    return await open(resources);
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}
