import type { RateStore, StoredBudget } from '../domain/ports/rate-budget.js';

/** Budgets of one process. */
export class MemoryStore implements RateStore {
  private readonly budgets = new Map<string, { state: string; version: number }>();

  constructor(private readonly clock: () => number = Date.now) {}

  async read(key: string): Promise<StoredBudget> {
    return { ...(this.budgets.get(key) ?? { state: null, version: 0 }), now: this.clock() };
  }

  async write(key: string, version: number, state: string): Promise<number | null> {
    if ((this.budgets.get(key)?.version ?? 0) !== version) return null;
    this.budgets.set(key, { state, version: version + 1 });
    return this.clock();
  }
}
