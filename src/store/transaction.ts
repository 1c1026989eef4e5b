import type { EntityManager } from 'typeorm';
import type { Actor } from '../domain/model/audit-entry.js';
import { noUsage, type Usage } from '../domain/model/usage.js';
import { auditOtherChange } from './audit-other-change.js';
import type { Database } from './data-source.js';
import { databaseWork } from './failures.js';

/** A process that is frozen in a transaction loses it, and the locks that others wait for. */
const maxIdleMs = 10_000;

/** A transaction in the scope of one tenant. Every function of the store uses one. */
export interface Tx {
  readonly manager: EntityManager;
  /** Projects and runs that changed. Their listeners are notified after the commit. */
  readonly touched: Set<string>;
  /** What the organization uses by it. It is counted after the commit. */
  readonly used: Usage;
}

/** What a transaction sees. */
export interface Visibility {
  organizationId: string;
  /** The only projects; null for all of the organization and those below it. */
  projectIds: readonly string[] | null;
  /** Who changes something; if absent, changes are not audited. */
  actor?: Actor;
}

/**
 * Runs work in a transaction that sees the organization and those below it, by row-level security. Called by tenancy for a
 * principal, and by jobs for the organization of a run.
 * @param visibility id of an organization, or what is seen of it
 * @throws LandfallError DATABASE_UNAVAILABLE
 */
export async function transactionFor<T>(
  dataSource: Database,
  visibility: string | Visibility,
  work: (tx: Tx) => Promise<T>,
): Promise<{ result: T; touched: ReadonlySet<string>; used: Usage }> {
  const { organizationId, projectIds, actor }: Visibility =
    typeof visibility === 'string' ? { organizationId: visibility, projectIds: null } : visibility;
  return databaseWork(() =>
    dataSource.transaction(async manager => {
      await manager.query(
        `SELECT set_config('landfall.organization_id', $1, true), set_config('idle_in_transaction_session_timeout', $2, true),
           set_config('landfall.project_ids', $3, true),
           set_config('landfall.actor', $4, true)`,
        [organizationId, String(maxIdleMs), projectIds ? `{${projectIds.join(',')}}` : '', actor ? JSON.stringify(actor) : ''],
      );
      const tx = { manager, touched: new Set<string>(), used: noUsage() };
      const result = await work(tx);
      if (actor) await auditOtherChange(manager, organizationId, actor);
      return { result, touched: tx.touched, used: tx.used };
    }),
  );
}
