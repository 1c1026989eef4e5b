import type { Environment } from '../domain/model/run.js';
import type { RunLease } from './run-leases.js';
import type { StagedRecord } from './staged-records.js';
import type { Tx } from './transaction.js';

export interface GoneRecord {
  listing: string;
  sourceId: string;
  raw: string;
}

/** Records that the source no longer has and that no issue reports yet. */
export function unreportedGone(tx: Tx, projectId: string, listings: readonly string[], limit: number): Promise<GoneRecord[]> {
  return tx.manager.query(
    `SELECT s.listing, s.source_id AS "sourceId", s.raw FROM landfall.staged_records s
     WHERE s.project_id = $1 AND s.listing = ANY($2) AND s.gone_at IS NOT NULL AND NOT EXISTS (
       SELECT FROM landfall.issues i WHERE i.project_id = $1 AND i.listing = s.listing AND i.source_id = s.source_id
         AND i.code IN ('SOURCE_DELETED', 'SOURCE_MERGED'))
     ORDER BY s.listing, s.source_id LIMIT $3`,
    [projectId, listings, limit],
  );
}

/** A page, by id, of records that are still listed and now refer to another record of their listing: they were merged into it. */
export function newlyMerged(
  tx: Tx,
  projectId: string,
  listing: string,
  { after, limit }: { after: string; limit: number },
): Promise<{ sourceId: string; survivor: string }[]> {
  return tx.manager.query(
    `SELECT s.source_id AS "sourceId", substr(now.ref, length($2) + 2) AS survivor FROM landfall.staged_records s, unnest(s.refs) AS now (ref)
     WHERE s.project_id = $1 AND s.listing = $2 AND s.source_id > $3 AND s.former_refs IS NOT NULL AND now.ref LIKE $2 || ':%'
       AND now.ref <> $2 || ':' || s.source_id AND NOT EXISTS (SELECT FROM unnest(s.former_refs) AS former (ref) WHERE former.ref = now.ref)
     ORDER BY 1 LIMIT $4`,
    [projectId, listing, after, limit],
  );
}

/** What records that referred to this record refer to since this run, with the number of these records. */
export function replacementsOf(
  tx: Tx,
  { projectId, runId }: RunLease,
  listing: string,
  sourceId: string,
): Promise<{ id: string | null; records: number }[]> {
  return tx.manager.query(
    `SELECT substr(now.ref, length($2) + 2) AS id, count(*)::int AS records FROM landfall.staged_records s
     LEFT JOIN LATERAL unnest(s.refs) AS now (ref) ON now.ref LIKE $2 || ':%'
     WHERE s.project_id = $1 AND s.listing <> $2 AND s.gone_at IS NULL AND $2 || ':' || $3 = ANY (s.former_refs)
       AND NOT $2 || ':' || $3 = ANY (s.refs)
       AND s.staged_at >= (SELECT started_at FROM landfall.runs WHERE id = $4) GROUP BY 1`,
    [projectId, listing, sourceId, runId],
  );
}

/**
 * A page of the tickets that refer to another ticket, into which they were merged, by their ids.
 * @param page since: null for all; otherwise tickets that changed since then, or whose conversation was loaded since then
 */
export function mergedTickets(
  tx: Tx,
  { projectId, environment }: { projectId: string; environment: Environment },
  listing: string,
  { since, after, limit }: { since: Date | null; after: string; limit: number },
): Promise<StagedRecord[]> {
  return tx.manager.query(
    `SELECT source_id AS "sourceId", parent_id AS "parentId", raw, staged_at AS "stagedAt" FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $6 AND source_id > $2 AND EXISTS (SELECT FROM unnest(refs) AS ref WHERE ref LIKE $6 || ':%')
       AND ($4::timestamptz IS NULL OR staged_at >= $4 OR EXISTS (SELECT FROM landfall.crosswalk c
         WHERE c.project_id = $1 AND c.environment = $5 AND c.source_type = 'TICKET' AND c.destination_type = 'CONVERSATION'
           AND ($6 || ':' || c.source_id = ANY (refs) OR c.source_id = staged_records.source_id) AND c.loaded_at >= $4))
     ORDER BY source_id LIMIT $3`,
    [projectId, after, limit, since, environment, listing],
  );
}
