import type { Sample, SampleRecord } from '../domain/sample/sample.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** What SANDBOX runs of the project move, with the reason for each record. */
export function sampleRecords(tx: Tx, projectId: string): Promise<SampleRecord[]> {
  return tx.manager.query(
    'SELECT listing, source_id AS "sourceId", reason FROM landfall.sample_records WHERE project_id = $1 ORDER BY listing, source_id',
    [projectId],
  );
}

/** @param listings those that move by sample; a listing without records moves nothing */
export function toSample(records: readonly SampleRecord[], listings: readonly string[]): Sample {
  const ids = new Map<string, string[]>(listings.map(listing => [listing, []]));
  for (const { listing, sourceId } of records) ids.get(listing)?.push(sourceId);
  return ids;
}

/** Adds records to the sample. Existing records are not changed. */
export async function addToSample(tx: Tx, lease: RunLease, records: readonly SampleRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.manager.query(
    `INSERT INTO landfall.sample_records (project_id, organization_id, listing, source_id, reason)
     SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[]) ON CONFLICT DO NOTHING`,
    [
      lease.projectId,
      lease.organizationId,
      records.map(each => each.listing),
      records.map(each => each.sourceId),
      records.map(each => each.reason),
    ],
  );
}

/** What staged records refer to, as `listing:id`. */
export async function referencesOf(tx: Tx, projectId: string, listing: string, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.manager.query<{ ref: string }[]>(
    `SELECT DISTINCT ref FROM landfall.staged_records s, unnest(s.refs) AS ref
     WHERE s.project_id = $1 AND s.listing = $2 AND s.source_id = ANY($3) ORDER BY ref`,
    [projectId, listing, ids],
  );
  return rows.map(({ ref }) => ref);
}

/** The children of some records, and their references. */
export async function childrenAndReferences(
  tx: Tx,
  projectId: string,
  listing: string,
  parentIds: readonly string[],
): Promise<{ ids: string[]; refs: string[] }> {
  const rows = await tx.manager.query<{ sourceId: string; refs: string[] }[]>(
    `SELECT source_id AS "sourceId", refs FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $2 AND parent_id = ANY($3) AND NOT skipped`,
    [projectId, listing, parentIds],
  );
  return { ids: rows.map(each => each.sourceId), refs: [...new Set(rows.flatMap(each => each.refs))] };
}

/** Ids of the records with the most children, in descending order. */
export async function withMostChildren(tx: Tx, projectId: string, childListing: string, limit: number): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT parent_id AS id FROM landfall.staged_records WHERE project_id = $1 AND listing = $2 AND parent_id IS NOT NULL
     GROUP BY parent_id ORDER BY count(*) DESC, parent_id LIMIT $3`,
    [projectId, childListing, limit],
  );
  return rows.map(({ id }) => id);
}
