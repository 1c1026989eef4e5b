import type { WakeUps } from '../domain/ports/wake-ups.js';

/** Wake-ups within this process. Listeners are called at once; one that throws is told, and the others hear it all the same. */
export class LocalWakeUps implements WakeUps {
  private readonly listeners = new Map<string, Set<() => void>>();

  constructor(protected readonly warn: (message: string) => void = () => {}) {}

  publish(topic: string): void {
    // Those that are there now: anyone who hears it may stop listening.
    for (const wake of [...(this.listeners.get(topic) ?? [])]) this.call(wake);
  }

  publishAll(): void {
    for (const topic of [...this.listeners.keys()]) this.publish(topic);
  }

  listen(topic: string, wake: () => void): () => void {
    // Of its own, also where a function listens twice.
    const own = () => wake();
    const listeners = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, listeners.add(own));
    return () => {
      listeners.delete(own);
      if (listeners.size === 0 && this.listeners.get(topic) === listeners) this.listeners.delete(topic);
    };
  }

  private call(wake: () => void): void {
    try {
      wake();
    } catch (error) {
      this.warn(`A listener failed: ${(error as Error).message}`);
    }
  }
}
