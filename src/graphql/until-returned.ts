/** A sequence that ends immediately when its consumer returns it. A plain generator would first finish its current wait. */
export async function untilReturned<T>(start: (signal: AbortSignal) => Promise<AsyncGenerator<T>>): Promise<AsyncGenerator<T>> {
  const controller = new AbortController();
  const sequence = await start(controller.signal);
  const returnSequence = sequence.return.bind(sequence);
  sequence.return = value => {
    controller.abort();
    return returnSequence(value);
  };
  return sequence;
}
