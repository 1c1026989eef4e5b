import { setTimeout as sleep } from 'node:timers/promises';

/** Limits concurrent records. A record that waits for a settle time gives its slot to others. */
export class Slots {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(
    count: number,
    private readonly signal: AbortSignal,
  ) {
    this.free = count;
  }

  async enter(): Promise<void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free++;
  }

  /** Waits without using a slot. */
  async park(ms: number): Promise<void> {
    this.leave();
    try {
      await sleep(ms, undefined, { signal: this.signal });
    } finally {
      await this.enter();
    }
  }
}
