import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

// NOT IN is hashed even without statistics; NOT EXISTS becomes a nested loop on tables that have just been filled.

/** Parents whose text has changed since their children were listed, or whose children could not be listed; oldest first. */
export async function changedParents(
  tx: Tx,
  { projectId, runId }: RunLease,
  { parents, children, limit }: { parents: string; children: string; limit: number },
): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT p.source_id AS id FROM landfall.staged_records p
     LEFT JOIN landfall.child_listings c ON c.project_id = $1 AND c.listing = $3 AND c.parent_id = p.source_id
     WHERE p.project_id = $1 AND p.listing = $2 AND p.gone_at IS NULL AND NOT p.skipped AND c.run_id IS DISTINCT FROM $4
       AND (c.listed_at IS NULL OR c.outcome = 'FAILED' OR c.listed_at < p.staged_at)
     ORDER BY p.created_at NULLS LAST, p.source_id LIMIT $5`,
    [projectId, parents, children, runId, limit],
  );
  return rows.map(row => row.id);
}

/** Ids that records of one listing refer to in another, and that are neither staged nor known to be missing. */
export async function newDetails(
  tx: Tx,
  { projectId, runId }: RunLease,
  { of, details, limit }: { of: string; details: string; limit: number },
): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT DISTINCT substr(ref, length($3) + 2) AS id FROM landfall.staged_records s, unnest(s.refs) AS ref
     WHERE s.project_id = $1 AND s.listing = $2 AND ref LIKE $3 || ':%'
       AND substr(ref, length($3) + 2) NOT IN (SELECT source_id FROM landfall.staged_records WHERE project_id = $1 AND listing = $3)
       AND substr(ref, length($3) + 2) NOT IN (
         SELECT parent_id FROM landfall.child_listings WHERE project_id = $1 AND listing = $3 AND (run_id = $4 OR outcome <> 'FAILED'))
     ORDER BY 1 LIMIT $5`,
    [projectId, of, details, runId, limit],
  );
  return rows.map(row => row.id);
}

/** The sum that the listings of all existing parents report, at any time; null if one of them reports none. */
export async function knownChildTotal(
  tx: Tx,
  { projectId }: RunLease,
  { parents, children }: { parents: string; children: string },
): Promise<number | null> {
  const rows = await tx.manager.query<{ total: string | null }[]>(
    `SELECT CASE WHEN bool_or(c.total IS NULL) THEN NULL ELSE coalesce(sum(c.total), 0) END AS total FROM landfall.child_listings c
     JOIN landfall.staged_records p ON p.project_id = $1 AND p.listing = $2 AND p.source_id = c.parent_id AND p.gone_at IS NULL
     WHERE c.project_id = $1 AND c.listing = $3 AND c.outcome = 'LISTED'`,
    [projectId, parents, children],
  );
  return rows[0]!.total === null ? null : Number(rows[0]!.total);
}

/** How many details the source does not have, in all runs. */
export async function countMissingDetails(tx: Tx, { projectId }: RunLease, details: string): Promise<number> {
  const rows = await tx.manager.query<{ count: string }[]>(
    `SELECT count(*) FROM landfall.child_listings WHERE project_id = $1 AND listing = $2 AND outcome = 'SKIPPED'`,
    [projectId, details],
  );
  return Number(rows[0]!.count);
}
