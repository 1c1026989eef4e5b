import type { EntityManager } from 'typeorm';
import type { Database } from './data-source.js';
import { databaseWork } from './failures.js';

/** A process that is frozen in the middle of a transaction loses it, and with it the locks that everybody else waits for. */
const maxIdleMs = 10_000;

/** A transaction in one tenant's scope: the only thing that the functions of the store read and write by. */
export interface Tx {
  readonly manager: EntityManager;
  /** Projects and runs that changed; who waits for them is woken once the transaction is committed. */
  readonly touched: Set<string>;
}

/**
 * Runs work in a transaction that sees what belongs to the organization and to those below it, by row-level security.
 * Called by tenancy for a principal, and by jobs for the organization whose run it is.
 * @throws LandfallError DATABASE_UNAVAILABLE
 */
export async function transactionFor<T>(
  dataSource: Database,
  organizationId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<{ result: T; touched: ReadonlySet<string> }> {
  return databaseWork(() =>
    dataSource.transaction(async manager => {
      await manager.query(
        `SELECT set_config('landfall.organization_id', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)`,
        [organizationId, String(maxIdleMs)],
      );
      const touched = new Set<string>();
      const result = await work({ manager, touched });
      return { result, touched };
    }),
  );
}
