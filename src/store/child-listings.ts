import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

// NOT IN is hashed whatever the statistics say; NOT EXISTS becomes a nested loop on tables that have just been filled.

export interface ChildListing {
  parentId: string;
  /** How many the source says there are; null where it does not say. */
  total: number | null;
  outcome: 'LISTED' | 'SKIPPED' | 'FAILED';
}

export async function saveChildListings(tx: Tx, lease: RunLease, listing: string, rows: readonly ChildListing[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.manager.query(
    `INSERT INTO landfall.child_listings (project_id, organization_id, listing, run_id, parent_id, total, outcome, listed_at)
     SELECT $1, $2, $3, $4, parent_id, total, outcome, clock_timestamp() FROM unnest($5::text[], $6::int[], $7::text[]) AS input (parent_id, total, outcome)
     ON CONFLICT (project_id, listing, parent_id) DO UPDATE SET run_id = excluded.run_id, total = excluded.total, outcome = excluded.outcome,
       listed_at = excluded.listed_at`,
    [
      lease.projectId,
      lease.organizationId,
      listing,
      lease.runId,
      rows.map(row => row.parentId),
      rows.map(row => row.total),
      rows.map(row => row.outcome),
    ],
  );
}

/** What the parents' listings say together; null where one of them does not say. */
export async function childTotal(tx: Tx, { projectId, runId }: RunLease, listing: string): Promise<number | null> {
  const rows = await tx.manager.query<{ total: string | null }[]>(
    `SELECT CASE WHEN bool_or(total IS NULL) THEN NULL ELSE coalesce(sum(total), 0) END AS total FROM landfall.child_listings
     WHERE project_id = $1 AND listing = $2 AND run_id = $3 AND outcome = 'LISTED'`,
    [projectId, listing, runId],
  );
  // No parent at all: nothing is said, and nothing is missing.
  return rows[0]!.total === null ? null : Number(rows[0]!.total);
}

/**
 * Parents whose children this run has not listed, the most urgent first: with a chat and updated since `since`, the oldest
 * first; then others updated since; then the rest.
 */
export async function parentsToList(
  tx: Tx,
  { projectId, runId }: RunLease,
  { parents, children, since, limit }: { parents: string; children: string; since: Date | null; limit: number },
): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT p.source_id AS id FROM landfall.staged_records p
     WHERE p.project_id = $1 AND p.listing = $2 AND p.gone_at IS NULL AND NOT p.skipped AND p.source_id NOT IN (
       SELECT parent_id FROM landfall.child_listings WHERE project_id = $1 AND listing = $3 AND run_id = $4)
     ORDER BY CASE WHEN p.updated_at < $5 OR $5 IS NULL THEN 2 WHEN p.channel = 'chat' THEN 0 ELSE 1 END, p.created_at NULLS LAST, p.source_id
     LIMIT $6`,
    [projectId, parents, children, runId, since, limit],
  );
  return rows.map(row => row.id);
}

/** Ids that records of one listing refer to in another, and that this run has not asked for. */
export async function detailsToRead(
  tx: Tx,
  { projectId, runId }: RunLease,
  { of, details, limit }: { of: string; details: string; limit: number },
): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT DISTINCT substr(ref, length($3) + 2) AS id FROM landfall.staged_records s, unnest(s.refs) AS ref
     WHERE s.project_id = $1 AND s.listing = $2 AND ref LIKE $3 || ':%' AND substr(ref, length($3) + 2) NOT IN (
       SELECT parent_id FROM landfall.child_listings WHERE project_id = $1 AND listing = $3 AND run_id = $4)
     ORDER BY 1 LIMIT $5`,
    [projectId, of, details, runId, limit],
  );
  return rows.map(row => row.id);
}

/** How many distinct ids of `details` the records of a listing refer to. */
export async function countDetails(tx: Tx, { projectId }: RunLease, of: string, details: string): Promise<number> {
  const rows = await tx.manager.query<{ count: string }[]>(
    `SELECT count(DISTINCT ref) FROM landfall.staged_records s, unnest(s.refs) AS ref
     WHERE s.project_id = $1 AND s.listing = $2 AND ref LIKE $3 || ':%'`,
    [projectId, of, details],
  );
  return Number(rows[0]!.count);
}
