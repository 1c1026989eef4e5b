import type { WakeUps } from '../domain/ports/wake-ups.js';

// Wake-ups can be lost (Redis, a connection that breaks); who waits looks again by himself after this time.
const lookAgainMs = 10_000;

/** Remembers a wake-up that comes while nobody waits, so that none falls between a read and the wait after it. */
export class Alarm {
  private rang = false;
  private wakeSleeper: (() => void) | null = null;
  private readonly stopListening: () => void;
  private readonly ring = () => {
    this.rang = true;
    this.wakeSleeper?.();
  };

  constructor(
    wakeUps: WakeUps,
    topic: string,
    private readonly signal: AbortSignal,
  ) {
    this.stopListening = wakeUps.listen(topic, this.ring);
    signal.addEventListener('abort', this.ring);
  }

  async rings(): Promise<void> {
    if (!this.rang) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, lookAgainMs);
        this.wakeSleeper = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wakeSleeper = null;
    }
    this.rang = false;
  }

  close(): void {
    this.stopListening();
    this.signal.removeEventListener('abort', this.ring);
  }
}
