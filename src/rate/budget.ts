import { setTimeout as sleep } from 'node:timers/promises';
import type { Secret } from '../domain/model/secret.js';
import { noRun, type RateBudget, type RateLedger, type RateLimitReport, type TakenCall } from '../domain/ports/rate-budget.js';

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

  async take(
    key: Secret,
    { signal, caller = noRun, maxInFlight, onWait }: Parameters<RateBudget['take']>[1],
  ): Promise<TakenCall> {
    const name = this.options.digest(key.reveal());
    const limited = maxInFlight ?? null;
    for (;;) {
      signal.throwIfAborted();
      const wait = await this.ledger.take(name, caller, limited);
      if (wait <= 0) break;
      // With jitter, so that not all waiting calls start at once.
      await Promise.all([onWait(wait), sleep(wait + Math.random() * 20, undefined, { signal })]);
    }
    const takenAt = Date.now();
    let isAnswered = false;
    const answered = (report: RateLimitReport | null) => {
      if (isAnswered) return;
      isAnswered = true;
      this.ledger.answered(name, takenAt, report && this.bounded(report));
    };
    return {
      answered,
      end: () => {
        answered(null);
        if (limited !== null) this.ledger.ended(name, caller);
      },
    };
  }

  private bounded(report: RateLimitReport): RateLimitReport {
    const { limitedForMs } = report;
    return { ...report, limitedForMs: limitedForMs === null ? null : Math.min(limitedForMs, this.options.maxWaitMs) };
  }
}
