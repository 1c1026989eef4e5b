import { In, IsNull } from 'typeorm';
import type { Purge, PurgeCounts, PurgedThing } from '../domain/model/purge.js';
import type { Database } from './data-source.js';
import { PurgeRow } from './entities/purge-row.js';
import { overAllTenants } from './sealed-values.js';
import type { Tx } from './transaction.js';

const toPurge = ({ project: _p, ...purge }: PurgeRow): Purge => purge;

export async function insertPurge(
  tx: Tx,
  row: Pick<Purge, 'projectId' | 'organizationId' | 'requestedBy' | 'reconciliations'>,
): Promise<void> {
  await tx.manager.insert(PurgeRow, row as object);
}

/** By the project's id. */
export async function purgesOf(tx: Tx, projectIds: readonly string[]): Promise<Map<string, Purge>> {
  const rows = await tx.manager.findBy(PurgeRow, { projectId: In([...projectIds]) });
  return new Map(rows.map(row => [row.projectId, toPurge(row)]));
}

export async function purgeOf(tx: Tx, projectId: string): Promise<Purge | null> {
  return (await purgesOf(tx, [projectId])).get(projectId) ?? null;
}

/** Purges of all tenants that are not complete, oldest first. */
export async function unfinishedPurges(
  database: Database,
  limit: number,
): Promise<{ projectId: string; organizationId: string }[]> {
  const rows = await overAllTenants(database, tx =>
    tx.manager.find(PurgeRow, { where: { finishedAt: IsNull() }, order: { requestedAt: 'ASC' }, take: limit }),
  );
  return (rows ?? []).map(({ projectId, organizationId }) => ({ projectId, organizationId }));
}

/** Locks a purge until the end of the transaction. Each later statement sees what other processes have committed. */
export async function lockPurge(tx: Tx, projectId: string): Promise<void> {
  await tx.manager.query('SELECT FROM landfall.purges WHERE project_id = $1 FOR NO KEY UPDATE', [projectId]);
}

/** Adds to a count, in the transaction that deletes. */
export async function countPurged(tx: Tx, projectId: string, thing: PurgedThing, more: number): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.purges SET counts = counts || jsonb_build_object($2::text, coalesce((counts ->> $2)::bigint, 0) + $3::bigint) WHERE project_id = $1`,
    [projectId, thing, more],
  );
}

/** Ends a purge. @returns null if it was over already */
export async function finishPurge(tx: Tx, projectId: string): Promise<PurgeCounts | null> {
  const [rows] = await tx.manager.query<[{ counts: PurgeCounts }[], number]>(
    'UPDATE landfall.purges SET finished_at = clock_timestamp() WHERE project_id = $1 AND finished_at IS NULL RETURNING counts',
    [projectId],
  );
  return rows[0]?.counts ?? null;
}
