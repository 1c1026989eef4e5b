import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

// NOT IN is always hashed; NOT EXISTS becomes a nested loop on tables that were just filled.

export interface ChildListing {
  parentId: string;
  /** The number that the source reports; null if it reports none. */
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

/** The sum that the listings of the parents report; null if one of them reports none. */
export async function childTotal(tx: Tx, { projectId, runId }: RunLease, listing: string): Promise<number | null> {
  const rows = await tx.manager.query<{ total: string | null }[]>(
    `SELECT CASE WHEN bool_or(total IS NULL) THEN NULL ELSE coalesce(sum(total), 0) END AS total FROM landfall.child_listings
     WHERE project_id = $1 AND listing = $2 AND run_id = $3 AND outcome = 'LISTED'`,
    [projectId, listing, runId],
  );
  // Without parents nothing is reported, and nothing is missing.
  return rows[0]!.total === null ? null : Number(rows[0]!.total);
}

export interface ParentsWanted {
  parents: string;
  children: string;
  /** Parents that were updated since then come first. */
  since: Date | null;
  /** Among them, parents of this channel come first. */
  urgentChannel: string;
  limit: number;
}

/** Parents whose children this run has not listed: the most urgent first, otherwise the oldest first. */
export async function parentsToList(
  tx: Tx,
  { projectId, runId }: RunLease,
  { parents, children, since, urgentChannel, limit }: ParentsWanted,
): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT p.source_id AS id FROM landfall.staged_records p
     WHERE p.project_id = $1 AND p.listing = $2 AND p.gone_at IS NULL AND NOT p.skipped AND p.source_id NOT IN (
       SELECT parent_id FROM landfall.child_listings WHERE project_id = $1 AND listing = $3 AND run_id = $4)
     ORDER BY CASE WHEN p.updated_at < $5 OR $5 IS NULL THEN 2 WHEN p.channel = $7 THEN 0 ELSE 1 END, p.created_at NULLS LAST, p.source_id
     LIMIT $6`,
    [projectId, parents, children, runId, since, limit, urgentChannel],
  );
  return rows.map(row => row.id);
}

/** Ids in another listing that records refer to, and that this run has not read yet. */
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

/** The number of distinct ids of `details` that the records of a listing refer to. */
export async function countDetails(tx: Tx, { projectId }: RunLease, of: string, details: string): Promise<number> {
  const rows = await tx.manager.query<{ count: string }[]>(
    `SELECT count(DISTINCT ref) FROM landfall.staged_records s, unnest(s.refs) AS ref
     WHERE s.project_id = $1 AND s.listing = $2 AND ref LIKE $3 || ':%'`,
    [projectId, of, details],
  );
  return Number(rows[0]!.count);
}
