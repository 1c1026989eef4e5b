import type { WakeUps } from '../domain/ports/wake-ups.js';

/** Wake-ups within this process. Listeners are called immediately. If one throws, the error is logged and the others are called. */
export class LocalWakeUps implements WakeUps {
  private readonly listeners = new Map<string, Set<() => void>>();

  private readonly followers = new Set<(topic: string | null) => void>();

  constructor(protected readonly warn: (message: string) => void = () => {}) {}

  publish(topic: string): void {
    // A copy, because a listener can unsubscribe during the call.
    for (const wake of [...(this.listeners.get(topic) ?? [])]) this.call(wake);
    for (const follow of [...this.followers]) this.call(() => follow(topic));
  }

  publishAll(): void {
    for (const topic of [...this.listeners.keys()]) this.publish(topic);
    for (const follow of [...this.followers]) this.call(() => follow(null));
  }

  listen(topic: string, wake: () => void): () => void {
    // A wrapper, so that the same function can subscribe twice.
    const listener = () => wake();
    const listeners = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.listeners.get(topic) === listeners) this.listeners.delete(topic);
    };
  }

  listenToAll(wake: (topic: string | null) => void): () => void {
    const follower = (topic: string | null) => wake(topic);
    this.followers.add(follower);
    return () => void this.followers.delete(follower);
  }

  private call(wake: () => void): void {
    try {
      wake();
    } catch (error) {
      this.warn(`A listener failed: ${(error as Error).message}`);
    }
  }
}
