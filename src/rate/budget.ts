import { setTimeout as sleep } from 'node:timers/promises';
import type { Secret } from '../domain/model/secret.js';
import type { RateBudget, RateLedger, RateLimitReport } from '../domain/ports/rate-budget.js';

/** Waits until the ledger permits a call. */
export class Budget implements RateBudget {
  /**
   * @param digest of a key, so that the ledger stores no credentials
   * @param maxWaitMs longest wait after a 429, even if Retry-After is longer
   */
  constructor(
    private readonly ledger: RateLedger,
    private readonly options: { digest: (key: string) => string; maxWaitMs: number },
  ) {}

  async take(key: Secret, signal: AbortSignal, onWait: (ms: number) => void | Promise<void>): Promise<void> {
    const name = this.options.digest(key.reveal());
    for (;;) {
      signal.throwIfAborted();
      const wait = await this.ledger.take(name);
      if (wait <= 0) return;
      // With jitter, so that not all waiting calls start at once.
      await Promise.all([onWait(wait), sleep(wait + Math.random() * 20, undefined, { signal })]);
    }
  }

  report(key: Secret, limits: RateLimitReport): Promise<void> {
    const { limitedForMs } = limits;
    return this.ledger.report(this.options.digest(key.reveal()), {
      ...limits,
      limitedForMs: limitedForMs === null ? null : Math.min(limitedForMs, this.options.maxWaitMs),
    });
  }
}
