import { setTimeout as sleep } from 'node:timers/promises';
import type { RateBudget, RateLedger, RateTold } from '../domain/rate-budget.js';

/** Waits for its turn by any ledger. */
export class Budget implements RateBudget {
  constructor(private readonly ledger: RateLedger) {}

  async take(key: string, signal: AbortSignal, onWait: (ms: number) => void): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const wait = await this.ledger.take(key);
      if (wait <= 0) return;
      onWait(wait);
      // Not all at the same moment.
      await sleep(wait + Math.random() * 20, undefined, { signal });
    }
  }

  report(key: string, told: RateTold): Promise<void> {
    return this.ledger.report(key, told);
  }
}
