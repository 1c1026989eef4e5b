import { randomUUID } from 'node:crypto';
import type { RateCaller, RateLedger, RateLimitReport, RateStore } from '../domain/ports/rate-budget.js';
import type { RateRules } from './grant.js';
import { KeyBudget } from './key-budget.js';

/** Budgets that all processes on one store share. Each store keeps the same state, changed by the same rules. */
export class SharedLedger implements RateLedger {
  private readonly processId = randomUUID();
  private readonly budgets = new Map<string, KeyBudget>();

  /** @param clock milliseconds of this process */
  constructor(
    private readonly store: RateStore,
    private readonly rules: RateRules,
    private readonly clock: () => number = Date.now,
  ) {}

  take(key: string, caller: RateCaller, maxInFlight: number | null): Promise<number> {
    return this.of(key).take(this.here(caller), maxInFlight);
  }

  answered(key: string, takenAt: number, report: RateLimitReport | null): void {
    this.of(key).answered(takenAt, report);
  }

  ended(key: string, caller: RateCaller): void {
    this.of(key).ended(this.here(caller));
  }

  private of(key: string): KeyBudget {
    const budget = this.budgets.get(key) ?? new KeyBudget(key, this.store, this.rules, this.clock);
    this.budgets.set(key, budget);
    return budget;
  }

  /** A caller counts separately in each process, because each knows only its own calls in flight. */
  private here({ tenantId, runId }: RateCaller): RateCaller {
    return { tenantId, runId: `${runId} ${this.processId}` };
  }
}
