import { createHash } from 'node:crypto';
import type { SourceRecord } from '../domain/ports/source.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** Where a record was seen: of which listing, in which sweep of it. */
export interface Seen {
  listing: string;
  sweep: number;
}

/**
 * Stages records as they came. One that is staged already is only marked as seen, unless its text has changed.
 * @returns how many this run sees for the first time
 */
export async function stage(
  tx: Tx,
  lease: RunLease,
  { listing, sweep }: Seen,
  records: readonly SourceRecord[],
): Promise<number> {
  // Of one that came twice in a batch the later text counts: a statement may touch a row once only.
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
      // An array of arrays must be a rectangle: they travel as JSON.
      distinct.map(record => JSON.stringify(record.references)),
      distinct.map(record => JSON.stringify(record.tags)),
      distinct.map(record => record.skipped),
    ],
  );
  return Number(rows[0]!.added);
}

const count = async (tx: Tx, condition: string, parameters: unknown[]): Promise<number> => {
  const rows = await tx.manager.query<{ count: string }[]>(
    `SELECT count(*) FROM landfall.staged_records WHERE ${condition}`,
    parameters,
  );
  return Number(rows[0]!.count);
};

/** How many records of a listing are held; how many of those the source no longer has, and how many are skipped. */
export async function countStaged(
  tx: Tx,
  projectId: string,
  listing: string,
): Promise<{ staged: number; gone: number; skipped: number }> {
  const rows = await tx.manager.query<Record<'staged' | 'gone' | 'skipped', string>[]>(
    `SELECT count(*) AS staged, count(gone_at) AS gone, count(*) FILTER (WHERE skipped) AS skipped
     FROM landfall.staged_records WHERE project_id = $1 AND listing = $2`,
    [projectId, listing],
  );
  const { staged, gone, skipped } = rows[0]!;
  return { staged: Number(staged), gone: Number(gone), skipped: Number(skipped) };
}

/** How many were seen in one sweep. */
export function countSeen(tx: Tx, { projectId, runId }: RunLease, { listing, sweep }: Seen): Promise<number> {
  return count(tx, 'project_id = $1 AND listing = $2 AND seen_run = $3 AND seen_sweep = $4 AND gone_at IS NULL', [
    projectId,
    listing,
    runId,
    sweep,
  ]);
}

/** How many of one parent this run has seen. */
export function countSeenOf(tx: Tx, { projectId, runId }: RunLease, listing: string, parentId: string): Promise<number> {
  return count(tx, 'project_id = $1 AND listing = $2 AND parent_id = $3 AND seen_run = $4', [
    projectId,
    listing,
    parentId,
    runId,
  ]);
}

/** Records that we hold as existing, and that a sweep did not meet; `sinceSweep`: when this run last met them, 0 for never. */
export function missing(
  tx: Tx,
  { projectId, runId }: RunLease,
  { listing, sweep }: Seen,
  limit: number,
): Promise<{ sourceId: string; sinceSweep: number }[]> {
  return tx.manager.query(
    `SELECT source_id AS "sourceId", CASE WHEN seen_run = $3 THEN seen_sweep ELSE 0 END AS "sinceSweep" FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $2 AND gone_at IS NULL AND NOT (seen_run = $3 AND seen_sweep = $4) LIMIT $5`,
    [projectId, listing, runId, sweep, limit],
  );
}

/** Marks records that the source no longer has; they stay. */
export async function markGone(tx: Tx, { projectId }: RunLease, listing: string, sourceIds: readonly string[]): Promise<void> {
  await tx.manager.query(
    'UPDATE landfall.staged_records SET gone_at = clock_timestamp() WHERE project_id = $1 AND listing = $2 AND source_id = ANY($3)',
    [projectId, listing, sourceIds],
  );
}

/** Marks those of one parent that this run did not meet in the parent's whole listing: deleted, or expired. */
export async function markUnseenGone(tx: Tx, { projectId, runId }: RunLease, listing: string, parentId: string): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.staged_records SET gone_at = clock_timestamp()
     WHERE project_id = $1 AND listing = $2 AND parent_id = $3 AND seen_run <> $4 AND gone_at IS NULL`,
    [projectId, listing, parentId, runId],
  );
}

/** A page of records that refer to others, by their ids. */
export function referringRecords(
  tx: Tx,
  projectId: string,
  listing: string,
  after: string,
  limit: number,
): Promise<{ sourceId: string; references: string[] }[]> {
  return tx.manager.query(
    `SELECT source_id AS "sourceId", refs AS references FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $2 AND source_id > $3 AND refs <> '{}' ORDER BY source_id LIMIT $4`,
    [projectId, listing, after, limit],
  );
}

/** Of these ids those that are staged. By ANY, not by a join: without statistics a join compares each with each. */
export async function stagedAmong(tx: Tx, projectId: string, listing: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.manager.query<{ id: string }[]>(
    'SELECT source_id AS id FROM landfall.staged_records WHERE project_id = $1 AND listing = $2 AND source_id = ANY($3)',
    [projectId, listing, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Marks those whose parent is gone: it was deleted, or found deleted when this run listed it. They stay. */
export async function markChildrenOfGone(
  tx: Tx,
  { projectId, runId }: RunLease,
  { parents, children }: { parents: string; children: string },
): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.staged_records SET gone_at = clock_timestamp()
     WHERE project_id = $1 AND listing = $3 AND gone_at IS NULL AND (
       parent_id IN (SELECT source_id FROM landfall.staged_records WHERE project_id = $1 AND listing = $2 AND gone_at IS NOT NULL)
       OR parent_id IN (SELECT parent_id FROM landfall.child_listings WHERE project_id = $1 AND listing = $3 AND run_id = $4 AND outcome = 'SKIPPED'))`,
    [projectId, parents, children, runId],
  );
}

/** The distinct tags of all records that this run has seen. */
export async function stagedTags(tx: Tx, { projectId, runId }: RunLease): Promise<string[]> {
  const rows = await tx.manager.query<{ tag: string }[]>(
    'SELECT DISTINCT tag FROM landfall.staged_records s, unnest(s.tags) AS tag WHERE s.project_id = $1 AND s.seen_run = $2 ORDER BY 1',
    [projectId, runId],
  );
  return rows.map(row => row.tag);
}

/** Whether a listing holds records that this run has not seen: those of an earlier one. */
export async function holdsEarlier(tx: Tx, { projectId, runId }: RunLease, listing: string): Promise<boolean> {
  const rows = await tx.manager.query<{ held: boolean }[]>(
    'SELECT EXISTS (SELECT FROM landfall.staged_records WHERE project_id = $1 AND listing = $2 AND seen_run <> $3) AS held',
    [projectId, listing, runId],
  );
  return rows[0]!.held;
}

/** Any record of a listing that the source still has. */
export async function firstParent(tx: Tx, projectId: string, listing: string): Promise<string | undefined> {
  const rows = await tx.manager.query<{ id: string }[]>(
    'SELECT source_id AS id FROM landfall.staged_records WHERE project_id = $1 AND listing = $2 AND gone_at IS NULL AND NOT skipped ORDER BY source_id LIMIT 1',
    [projectId, listing],
  );
  return rows[0]?.id;
}

/** A record as it is staged. */
export interface StagedRecord {
  sourceId: string;
  parentId: string | null;
  raw: string;
  /** When this text was staged first. */
  stagedAt: Date;
}

const recordsPerBatch = 500;

/** All records of a listing, by their ids, a portion at a time. */
export async function* stagedRecords(tx: Tx, projectId: string, listing: string): AsyncGenerator<StagedRecord> {
  for (let after = ''; ; ) {
    const records = await stagedBatch(tx, projectId, listing, after, recordsPerBatch);
    yield* records;
    if (records.length < recordsPerBatch) return;
    after = records.at(-1)!.sourceId;
  }
}

/** How often each tag is given, over all records. */
export function tagCounts(tx: Tx, projectId: string): Promise<{ tag: string; count: number }[]> {
  return tx.manager.query(
    `SELECT tag, count(*)::int AS count FROM landfall.staged_records s, unnest(s.tags) AS tag
     WHERE s.project_id = $1 AND s.listing IN ('companies', 'contacts', 'tickets') GROUP BY tag ORDER BY tag COLLATE "C"`,
    [projectId],
  );
}

/** Records of a listing behind an id, by their ids. */
export function stagedBatch(tx: Tx, projectId: string, listing: string, after: string, limit: number): Promise<StagedRecord[]> {
  return tx.manager.query(
    `SELECT source_id AS "sourceId", parent_id AS "parentId", raw, staged_at AS "stagedAt" FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $2 AND source_id > $3 AND NOT skipped ORDER BY source_id LIMIT $4`,
    [projectId, listing, after, limit],
  );
}

export function recordsByIds(tx: Tx, projectId: string, listing: string, ids: readonly string[]): Promise<StagedRecord[]> {
  return tx.manager.query(
    `SELECT source_id AS "sourceId", parent_id AS "parentId", raw, staged_at AS "stagedAt" FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $2 AND source_id = ANY($3) AND NOT skipped ORDER BY source_id`,
    [projectId, listing, ids],
  );
}

/** All records of some parents. */
export function childrenOf(tx: Tx, projectId: string, listing: string, parentIds: readonly string[]): Promise<StagedRecord[]> {
  return tx.manager.query(
    `SELECT source_id AS "sourceId", parent_id AS "parentId", raw, staged_at AS "stagedAt" FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $2 AND parent_id = ANY($3) AND NOT skipped ORDER BY source_id`,
    [projectId, listing, parentIds],
  );
}

/** Records of a listing that refer to some of another. */
export function recordsReferringTo(
  tx: Tx,
  projectId: string,
  listing: string,
  other: string,
  ids: readonly string[],
): Promise<StagedRecord[]> {
  return tx.manager.query(
    `SELECT source_id AS "sourceId", parent_id AS "parentId", raw, staged_at AS "stagedAt" FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $2 AND refs && $3::text[] ORDER BY source_id`,
    [projectId, listing, ids.map(id => `${other}:${id}`)],
  );
}
