/** Wake-ups can be lost (Redis, a broken connection), so a wait ends after this time without one. */
const maxWaitMs = 10_000;

/** Waits for wake-ups. It remembers a wake-up between two waits, so that none is lost between a read and the next wait. */
export class Alarm {
  private isPending = false;
  private endWait: (() => void) | null = null;
  private readonly unsubscribe: () => void;
  private readonly ring = () => {
    this.isPending = true;
    this.endWait?.();
  };

  /** @param listen calls the function on each wake-up, until the function that it returns is called */
  constructor(
    listen: (ring: () => void) => () => void,
    private readonly signal: AbortSignal,
  ) {
    this.unsubscribe = listen(this.ring);
    signal.addEventListener('abort', this.ring);
  }

  async next(): Promise<void> {
    if (!this.isPending) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, maxWaitMs);
        this.endWait = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.endWait = null;
    }
    this.isPending = false;
  }

  close(): void {
    this.unsubscribe();
    this.signal.removeEventListener('abort', this.ring);
  }
}
