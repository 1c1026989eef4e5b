import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** The number of staged records of a listing; how many of them the source no longer has, and how many are skipped. */
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

/** The staged ids among these. With ANY: without statistics a join compares every pair. */
export async function stagedAmong(tx: Tx, projectId: string, listing: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.manager.query<{ id: string }[]>(
    'SELECT source_id AS id FROM landfall.staged_records WHERE project_id = $1 AND listing = $2 AND source_id = ANY($3)',
    [projectId, listing, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** The distinct tags of all records that this run has seen. */
export async function stagedTags(tx: Tx, { projectId, runId }: RunLease): Promise<string[]> {
  const rows = await tx.manager.query<{ tag: string }[]>(
    'SELECT DISTINCT tag FROM landfall.staged_records s, unnest(s.tags) AS tag WHERE s.project_id = $1 AND s.seen_run = $2 ORDER BY 1',
    [projectId, runId],
  );
  return rows.map(row => row.tag);
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
  /** When this text was first staged. */
  stagedAt: Date;
}

const recordsPerBatch = 500;

/** All records of a listing by their ids, read in batches. */
export async function* stagedRecords(tx: Tx, projectId: string, listing: string): AsyncGenerator<StagedRecord> {
  for (let after = ''; ; ) {
    const records = await stagedBatch(tx, projectId, listing, after, recordsPerBatch);
    yield* records;
    if (records.length < recordsPerBatch) return;
    after = records.at(-1)!.sourceId;
  }
}

/** How often each tag occurs in these listings. */
export function tagCounts(tx: Tx, projectId: string, listings: readonly string[]): Promise<{ tag: string; count: number }[]> {
  return tx.manager.query(
    `SELECT tag, count(*)::int AS count FROM landfall.staged_records s, unnest(s.tags) AS tag
     WHERE s.project_id = $1 AND s.listing = ANY($2) GROUP BY tag ORDER BY tag COLLATE "C"`,
    [projectId, listings],
  );
}

/** A batch of records of a listing after an id, by their ids. */
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

/** All records of these parents. */
export function childrenOf(tx: Tx, projectId: string, listing: string, parentIds: readonly string[]): Promise<StagedRecord[]> {
  return tx.manager.query(
    `SELECT source_id AS "sourceId", parent_id AS "parentId", raw, staged_at AS "stagedAt" FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $2 AND parent_id = ANY($3) AND NOT skipped ORDER BY source_id`,
    [projectId, listing, parentIds],
  );
}

/** Records of a listing that refer to these records of another listing. */
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
