import type { WakeUps } from '../domain/wake-ups.js';

const everyone = 'wake:*';

/** Wake-ups within this process. */
export class LocalWakeUps implements WakeUps {
  private readonly target = new EventTarget();

  publish(topic: string): void {
    this.target.dispatchEvent(new Event(`wake:${topic}`));
  }

  publishAll(): void {
    this.target.dispatchEvent(new Event(everyone));
  }

  listen(topic: string, wake: () => void): () => void {
    const types = [`wake:${topic}`, everyone];
    for (const type of types) this.target.addEventListener(type, wake);
    return () => {
      for (const type of types) this.target.removeEventListener(type, wake);
    };
  }
}
