/** A sequence that ends at once when its consumer leaves: a generator that waits would not hear it. */
export async function untilReturned<T>(make: (signal: AbortSignal) => Promise<AsyncGenerator<T>>): Promise<AsyncGenerator<T>> {
  const controller = new AbortController();
  const sequence = await make(controller.signal);
  const leave = sequence.return.bind(sequence);
  sequence.return = value => {
    controller.abort();
    return leave(value);
  };
  return sequence;
}
