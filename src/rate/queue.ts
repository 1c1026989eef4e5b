import type { RateCaller, RateLedger } from '../domain/ports/rate-budget.js';

/** A caller that must wait longer than this waits outside of the queue, and reports it. */
export const longWaitMs = 500;

interface Waiter {
  caller: RateCaller;
  maxInFlight: number | null;
  /** The caller with more work left comes first. */
  weight: number;
  resolve: (waitMs: number) => void;
  reject: (error: unknown) => void;
}

/** The calls of this process that wait for one budget. All of them ask together, in their order. */
export class Queue {
  private waiters: Waiter[] = [];
  private isAsking = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly ledger: RateLedger,
    private readonly key: string,
  ) {}

  /** @returns 0 when a call may be sent, or the milliseconds of a long wait */
  take(caller: RateCaller, maxInFlight: number | null, weight: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.waiters.push({ caller, maxInFlight, weight, resolve, reject });
      if (!this.timer && !this.isAsking) void this.ask();
    });
  }

  private async ask(): Promise<void> {
    this.isAsking = true;
    const asking = this.waiters.splice(0).toSorted((a, b) => b.weight - a.weight);
    const waits = await Promise.all(
      asking.map(waiter =>
        this.ledger.take(this.key, waiter.caller, waiter.maxInFlight).catch((error: unknown) => {
          waiter.reject(error);
          return null;
        }),
      ),
    );
    this.isAsking = false;
    let soonest = Number.POSITIVE_INFINITY;
    for (const [n, waiter] of asking.entries()) {
      const wait = waits[n]!;
      if (wait === null) continue;
      if (wait <= 0 || wait >= longWaitMs) waiter.resolve(wait);
      else {
        this.waiters.push(waiter);
        soonest = Math.min(soonest, wait);
      }
    }
    if (this.waiters.length === 0) return;
    // Callers that came in the meantime ask immediately, unless no call is available for some time.
    const pause = Number.isFinite(soonest) ? soonest : 0;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.ask();
    }, pause);
  }
}
