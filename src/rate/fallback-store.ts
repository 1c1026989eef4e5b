import type { RateStore, StoredBudget } from '../domain/ports/rate-budget.js';

/** After this time the first store is tried again. */
const retryMs = 10_000;

/**
 * Uses another store while the first one does not answer, so that no run stops. The limit is then learnt again from the next answer.
 */
export class FallbackStore implements RateStore {
  private failedAt: number | null = null;

  constructor(
    private readonly first: RateStore,
    private readonly other: RateStore,
    private readonly warn: (message: string) => void,
    private readonly clock: () => number = Date.now,
  ) {}

  read(key: string): Promise<StoredBudget> {
    return this.withStore(store => store.read(key));
  }

  write(key: string, version: number, state: string): Promise<number | null> {
    return this.withStore(store => store.write(key, version, state));
  }

  private async withStore<T>(use: (store: RateStore) => Promise<T>): Promise<T> {
    if (this.failedAt !== null && this.clock() < this.failedAt + retryMs) return use(this.other);
    try {
      const result = await use(this.first);
      this.failedAt = null;
      return result;
    } catch (error) {
      if (this.failedAt === null)
        this.warn(`Rate limits are shared by Postgres until Redis answers: ${(error as Error).message}`);
      this.failedAt = this.clock();
      return use(this.other);
    }
  }
}
