import { setTimeout as sleep } from 'node:timers/promises';

/** Limits concurrent records. A record that waits for a settle time gives its slot to others. */
export class Slots {
  private used = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private size: number,
    private readonly signal: AbortSignal,
  ) {}

  get areWaitedFor(): boolean {
    return this.waiting.length > 0;
  }

  async enter(): Promise<void> {
    if (this.used < this.size) this.used++;
    else await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  leave(): void {
    this.used--;
    this.admit();
  }

  /** With a smaller size, records that have a slot keep it until they leave. */
  resize(size: number): void {
    this.size = size;
    this.admit();
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

  private admit(): void {
    while (this.used < this.size && this.waiting.length > 0) {
      this.used++;
      this.waiting.shift()!();
    }
  }
}
