import { setTimeout as sleep } from 'node:timers/promises';
import type { Secret } from '../domain/model/secret.js';
import type { RateBudget, RateLedger, RateLimitReport } from '../domain/ports/rate-budget.js';

/** Waits for its turn by any ledger. */
export class Budget implements RateBudget {
  /**
   * @param digest of a key, by which the ledger knows it: no credential is written down
   * @param longestMs that the other side can make it wait after a 429, whatever it says
   */
  constructor(
    private readonly ledger: RateLedger,
    private readonly options: { digest: (key: string) => string; longestMs: number },
  ) {}

  async take(key: Secret, signal: AbortSignal, onWait: (ms: number) => void | Promise<void>): Promise<void> {
    const name = this.options.digest(key.reveal());
    for (;;) {
      signal.throwIfAborted();
      const wait = await this.ledger.take(name);
      if (wait <= 0) return;
      // Not all at the same moment.
      await Promise.all([onWait(wait), sleep(wait + Math.random() * 20, undefined, { signal })]);
    }
  }

  report(key: Secret, told: RateLimitReport): Promise<void> {
    const { limitedForMs } = told;
    return this.ledger.report(this.options.digest(key.reveal()), {
      ...told,
      limitedForMs: limitedForMs === null ? null : Math.min(limitedForMs, this.options.longestMs),
    });
  }
}
