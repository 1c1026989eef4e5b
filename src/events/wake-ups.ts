import type { WakeUps } from '../domain/wake-ups.js';

type Target = Pick<EventTarget, 'addEventListener' | 'removeEventListener' | 'dispatchEvent'>;
const everyone = 'wake:*';

/** Wake-ups over any event target: one of this process, or one that Redis carries to all. */
export class EventTargetWakeUps implements WakeUps {
  constructor(private readonly target: Target = new EventTarget()) {}

  publish(topic: string): void {
    this.target.dispatchEvent(new CustomEvent(`wake:${topic}`, { detail: null }));
  }

  publishAll(): void {
    this.target.dispatchEvent(new CustomEvent(everyone, { detail: null }));
  }

  listen(topic: string, wake: () => void): () => void {
    const types = [`wake:${topic}`, everyone];
    for (const type of types) this.target.addEventListener(type, wake);
    return () => {
      for (const type of types) this.target.removeEventListener(type, wake);
    };
  }
}
