/** A person has changed a webhook: the senders look at all webhooks. */
export const webhooksTopic = 'webhooks';

/**
 * Notifies listeners of changes. A wake-up has no content: listeners read the rows again. It can be lost, so listeners must
 * also poll.
 */
export interface WakeUps {
  publish(topic: string): void;
  /** Wakes all listeners, after a time in which wake-ups may have been missed. */
  publishAll(): void;
  /** Calls `wake` on each wake-up until the returned function is called. */
  listen(topic: string, wake: () => void): () => void;
  /** The same for all topics. The topic is null after a time in which wake-ups may have been missed. */
  listenToAll(wake: (topic: string | null) => void): () => void;
}
