import { setTimeout as sleep } from 'node:timers/promises';
import type { RateBudget, RateLedger, RateTold } from '../domain/rate-budget.js';

/** Waits for its turn by any ledger. */
export class Budget implements RateBudget {
  /** @param longestMs that the other side can make it wait after a 429, whatever it says */
  constructor(
    private readonly ledger: RateLedger,
    private readonly longestMs = Number.POSITIVE_INFINITY,
  ) {}

  async take(key: string, signal: AbortSignal, onWait: (ms: number) => void | Promise<void>): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const wait = await this.ledger.take(key);
      if (wait <= 0) return;
      // Not all at the same moment.
      await Promise.all([onWait(wait), sleep(wait + Math.random() * 20, undefined, { signal })]);
    }
  }

  report(key: string, told: RateTold): Promise<void> {
    const { limitedForMs } = told;
    return this.ledger.report(key, {
      ...told,
      limitedForMs: limitedForMs === null ? null : Math.min(limitedForMs, this.longestMs),
    });
  }
}
