import { createHash } from 'node:crypto';
import type { SourceRecord } from '../domain/ports/source.js';
import { inFencedBatches } from './fenced-batches.js';
import type { RunLease } from './run-leases.js';
import type { RunWork } from './run-work.js';
import type { Tx } from './transaction.js';

/** The listing and the sweep in which a record was seen. */
export interface Seen {
  listing: string;
  sweep: number;
}

/**
 * Stages records as they were read. An unchanged staged record is only marked as seen.
 * @returns how many this run sees for the first time
 */
export async function stage(
  tx: Tx,
  lease: RunLease,
  { listing, sweep }: Seen,
  records: readonly SourceRecord[],
): Promise<number> {
  // If a record occurs twice in a batch, the later text counts: a statement can change a row only once.
  const distinct = [...new Map(records.map(record => [record.id, record])).values()];
  if (distinct.length === 0) return 0;
  const rows = await tx.manager.query<{ added: string }[]>(
    `WITH input AS (
       SELECT * FROM unnest($6::text[], $7::text[], $8::text[], $9::bytea[], $10::timestamptz[], $11::timestamptz[], $12::text[], $13::text[], $14::text[], $15::bool[])
         AS input (source_id, parent_id, raw, hash, created_at, updated_at, channel, refs, tags, skipped)
     ), known AS (
       -- By ANY, not by a join: without statistics a join reads the whole listing.
       SELECT count(*) AS count FROM landfall.staged_records
       WHERE project_id = $1 AND listing = $3 AND source_id = ANY($6::text[]) AND seen_run = $4
     ), staged AS (
       INSERT INTO landfall.staged_records AS s
         (project_id, organization_id, listing, source_id, parent_id, raw, hash, created_at, updated_at, channel, refs, tags, skipped, seen_run, seen_sweep, staged_at)
       SELECT $1, $2, $3, source_id, parent_id, raw, hash, created_at, updated_at, channel,
         ARRAY(SELECT jsonb_array_elements_text(refs::jsonb)), ARRAY(SELECT jsonb_array_elements_text(tags::jsonb)), skipped, $4, $5, statement_timestamp()
       FROM input
       ON CONFLICT (project_id, listing, source_id) DO UPDATE SET
         parent_id = excluded.parent_id, raw = excluded.raw, hash = excluded.hash, created_at = excluded.created_at,
         updated_at = excluded.updated_at, channel = excluded.channel, refs = excluded.refs, tags = excluded.tags, skipped = excluded.skipped,
         former_refs = CASE WHEN s.refs = excluded.refs THEN s.former_refs ELSE s.refs END,
         seen_run = excluded.seen_run, seen_sweep = excluded.seen_sweep, gone_at = NULL,
         staged_at = CASE WHEN s.hash = excluded.hash THEN s.staged_at ELSE excluded.staged_at END
       RETURNING 1
     )
     SELECT (SELECT count(*) FROM staged) - (SELECT count FROM known) AS added`,
    [
      lease.projectId,
      lease.organizationId,
      listing,
      lease.runId,
      sweep,
      distinct.map(record => record.id),
      distinct.map(record => record.parentId),
      distinct.map(record => record.raw),
      distinct.map(record => createHash('sha256').update(record.raw).digest()),
      distinct.map(record => record.createdAt),
      distinct.map(record => record.updatedAt),
      distinct.map(record => record.channel),
      // Arrays of arrays must be rectangular, so they are sent as JSON.
      distinct.map(record => JSON.stringify(record.references)),
      distinct.map(record => JSON.stringify(record.tags)),
      distinct.map(record => record.skipped),
    ],
  );
  const added = Number(rows[0]!.added);
  tx.used.recordsRead += added;
  return added;
}

const count = async (tx: Tx, condition: string, parameters: unknown[]): Promise<number> => {
  const rows = await tx.manager.query<{ count: string }[]>(
    `SELECT count(*) FROM landfall.staged_records WHERE ${condition}`,
    parameters,
  );
  return Number(rows[0]!.count);
};

/** The number of records seen in one sweep. */
export function countSeen(tx: Tx, { projectId, runId }: RunLease, { listing, sweep }: Seen): Promise<number> {
  return count(tx, 'project_id = $1 AND listing = $2 AND seen_run = $3 AND seen_sweep = $4 AND gone_at IS NULL', [
    projectId,
    listing,
    runId,
    sweep,
  ]);
}

/** The number of records of one parent that this run has seen. */
export function countSeenOf(tx: Tx, { projectId, runId }: RunLease, listing: string, parentId: string): Promise<number> {
  return count(tx, 'project_id = $1 AND listing = $2 AND parent_id = $3 AND seen_run = $4', [
    projectId,
    listing,
    parentId,
    runId,
  ]);
}

/**
 * Records that count as existing and that a sweep did not find. `sinceSweep`: the sweep of this run that last found them, 0 for
 * none.
 */
export function missing(
  tx: Tx,
  { projectId, runId }: RunLease,
  { listing, sweep }: Seen,
  after: string,
  limit: number,
): Promise<{ sourceId: string; sinceSweep: number }[]> {
  return tx.manager.query(
    `SELECT source_id AS "sourceId", CASE WHEN seen_run = $3 THEN seen_sweep ELSE 0 END AS "sinceSweep" FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $2 AND gone_at IS NULL AND NOT (seen_run = $3 AND seen_sweep = $4)
       AND source_id > $5 ORDER BY source_id LIMIT $6`,
    [projectId, listing, runId, sweep, after, limit],
  );
}

/** Marks records that the source no longer has. They stay staged. */
export async function markGone(tx: Tx, { projectId }: RunLease, listing: string, sourceIds: readonly string[]): Promise<void> {
  await tx.manager.query(
    'UPDATE landfall.staged_records SET gone_at = clock_timestamp() WHERE project_id = $1 AND listing = $2 AND source_id = ANY($3)',
    [projectId, listing, sourceIds],
  );
}

/**
 * Marks records of one parent that this run did not find in the whole listing of the parent: they were deleted or have expired.
 */
export async function markUnseenGone(tx: Tx, { projectId, runId }: RunLease, listing: string, parentId: string): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.staged_records SET gone_at = clock_timestamp()
     WHERE project_id = $1 AND listing = $2 AND parent_id = $3 AND seen_run <> $4 AND gone_at IS NULL`,
    [projectId, listing, parentId, runId],
  );
}

/** Marks records whose parent was deleted, or was found deleted when this run listed it. They stay staged. */
export async function markChildrenOfGone(
  work: RunWork,
  { parents, children }: { parents: string; children: string },
): Promise<void> {
  const { projectId, runId } = work.lease;
  await inFencedBatches<string>(
    work,
    async (tx, limit, after) => {
      const rows = await tx.manager.query<{ id: string }[]>(
        `SELECT source_id AS id FROM landfall.staged_records
         WHERE project_id = $1 AND listing = $3 AND gone_at IS NULL AND source_id > $6 AND (
           parent_id IN (SELECT source_id FROM landfall.staged_records WHERE project_id = $1 AND listing = $2 AND gone_at IS NOT NULL)
           OR parent_id IN (SELECT parent_id FROM landfall.child_listings WHERE project_id = $1 AND listing = $3 AND run_id = $4 AND outcome = 'SKIPPED'))
         ORDER BY source_id LIMIT $5`,
        [projectId, parents, children, runId, limit, after ?? ''],
      );
      return rows.map(({ id }) => id);
    },
    async (tx, ids) => {
      await tx.manager.query(
        `UPDATE landfall.staged_records SET gone_at = clock_timestamp()
         WHERE project_id = $1 AND listing = $2 AND source_id = ANY($3) AND gone_at IS NULL`,
        [projectId, children, ids],
      );
    },
  );
}

/** Whether a listing has records of an earlier run that this run has not seen. */
export async function holdsEarlier(tx: Tx, { projectId, runId }: RunLease, listing: string): Promise<boolean> {
  const rows = await tx.manager.query<{ held: boolean }[]>(
    'SELECT EXISTS (SELECT FROM landfall.staged_records WHERE project_id = $1 AND listing = $2 AND seen_run <> $3) AS held',
    [projectId, listing, runId],
  );
  return rows[0]!.held;
}
