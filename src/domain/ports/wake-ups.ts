/**
 * Tells those who wait that something changed. A wake-up carries nothing: rows are the truth, and who is woken looks
 * again. One may be lost, so nobody waits for it alone.
 */
export interface WakeUps {
  publish(topic: string): void;
  /** Wakes everyone, whatever they wait for: after a time in which wake-ups may have been missed. */
  publishAll(): void;
  /** Calls `wake` at each wake-up until the returned function is called. */
  listen(topic: string, wake: () => void): () => void;
}
