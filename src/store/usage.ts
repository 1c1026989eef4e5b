import type { Usage } from '../domain/model/usage.js';
import type { Database } from './data-source.js';
import { overAllTenants } from './sealed-values.js';
import type { Tx } from './transaction.js';

/** Adds to the counters of the current month. */
export async function saveUsage(database: Database, counts: ReadonlyMap<string, Usage>): Promise<void> {
  // Always in the same order, so that two processes never wait for each other.
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const column = (name: keyof Usage) => rows.map(([, usage]) => usage[name]);
  await overAllTenants(database, tx =>
    tx.manager.query(
      `INSERT INTO landfall.usage_months AS u (organization_id, month, requests, calls, records_read, records_loaded, bytes_stored)
       SELECT id, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM'), requests, calls, records_read, records_loaded, bytes_stored
       FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
         AS input (id, requests, calls, records_read, records_loaded, bytes_stored)
       ON CONFLICT (organization_id, month) DO UPDATE SET requests = u.requests + excluded.requests, calls = u.calls + excluded.calls,
         records_read = u.records_read + excluded.records_read, records_loaded = u.records_loaded + excluded.records_loaded,
         bytes_stored = u.bytes_stored + excluded.bytes_stored`,
      [
        rows.map(([id]) => id),
        column('requests'),
        column('calls'),
        column('recordsRead'),
        column('recordsLoaded'),
        column('bytesStored'),
      ],
    ),
  );
}

/** The stored months of these organizations. */
export function usageMonths(
  tx: Tx,
  organizationIds: readonly string[],
  from: string,
  to: string,
): Promise<(Usage & { organizationId: string; month: string })[]> {
  return tx.manager.query(
    `SELECT organization_id AS "organizationId", month, requests::float8, calls::float8, records_read::float8 AS "recordsRead",
       records_loaded::float8 AS "recordsLoaded", bytes_stored::float8 AS "bytesStored"
     FROM landfall.usage_months WHERE organization_id = ANY ($1) AND month BETWEEN $2 AND $3`,
    [organizationIds, from, to],
  );
}
