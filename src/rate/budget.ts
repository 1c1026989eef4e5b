import { setTimeout as sleep } from 'node:timers/promises';
import type { Secret } from '../domain/model/secret.js';
import {
  noRun,
  type RateBudget,
  type RateCaller,
  type RateLedger,
  type RateLimitReport,
  type TakenCall,
} from '../domain/ports/rate-budget.js';
import { Queue } from './queue.js';

/** Waits until the ledger permits a call. */
export class Budget implements RateBudget {
  private readonly queues = new Map<string, Queue>();

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
    { signal, caller = noRun, maxInFlight, weight = 0, onWait }: Parameters<RateBudget['take']>[1],
  ): Promise<TakenCall> {
    const name = this.options.digest(key.reveal());
    const limited = maxInFlight ?? null;
    for (;;) {
      signal.throwIfAborted();
      const wait = await this.queueOf(name).take(caller, limited, weight);
      if (wait <= 0) break;
      // With jitter, so that waiting calls do not all start at the same time.
      await Promise.all([onWait(wait), sleep(wait + Math.random() * 20, undefined, { signal })]);
    }
    const call = this.taken(name, caller, limited);
    if (!signal.aborted) return call;
    call.end();
    throw signal.reason;
  }

  private taken(name: string, caller: RateCaller, limited: number | null): TakenCall {
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

  private queueOf(name: string): Queue {
    const queue = this.queues.get(name) ?? new Queue(this.ledger, name);
    this.queues.set(name, queue);
    return queue;
  }

  private bounded(report: RateLimitReport): RateLimitReport {
    const { limitedForMs } = report;
    return { ...report, limitedForMs: limitedForMs === null ? null : Math.min(limitedForMs, this.options.maxWaitMs) };
  }
}
