import type { EntityManager } from 'typeorm';
import type { Database } from './data-source.js';
import { databaseWork } from './failures.js';
import { ScopedRunner } from './scoped-runner.js';

/** A transaction in the scope of one tenant. Every function of the store uses one. */
export interface Tx {
  readonly manager: EntityManager;
  /** Projects and runs that changed. Their listeners are notified after the commit. */
  readonly touched: Set<string>;
}

/**
 * Runs work in a transaction that sees the organization and those below it, by row-level security. Called by tenancy for a
 * principal, and by jobs for the organization of a run.
 * @throws LandfallError DATABASE_UNAVAILABLE
 */
export async function transactionFor<T>(
  dataSource: Database,
  organizationId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<{ result: T; touched: ReadonlySet<string> }> {
  return databaseWork(async () => {
    const runner = new ScopedRunner(dataSource, organizationId);
    try {
      return await runner.manager.transaction(async manager => {
        const touched = new Set<string>();
        const result = await work({ manager, touched });
        return { result, touched };
      });
    } finally {
      await runner.release();
    }
  });
}
