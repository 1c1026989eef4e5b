import type { PurgedThing } from '../domain/model/purge.js';
import { countPurged, lockPurge } from './purges.js';
import type { Tx } from './transaction.js';

/** Deletes or empties rows of a project, at most $2. Repeated until it finds none, it empties the table. */
const statements = {
  connection_secrets: `UPDATE landfall.connections SET sealed_secret = '', status = 'FAILED', detail = 'The secret was deleted with the raw data.'
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM landfall.connections WHERE project_id = $1 AND sealed_secret <> '' LIMIT $2))`,
  staged_records: `DELETE FROM landfall.staged_records
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM landfall.staged_records WHERE project_id = $1 LIMIT $2))`,
  child_listings: `DELETE FROM landfall.child_listings
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM landfall.child_listings WHERE project_id = $1 LIMIT $2))`,
  duplicate_groups: `DELETE FROM landfall.duplicate_groups
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM landfall.duplicate_groups WHERE project_id = $1 LIMIT $2))`,
  drafts: `DELETE FROM landfall.drafts WHERE ctid = ANY (ARRAY(SELECT ctid FROM landfall.drafts WHERE project_id = $1 LIMIT $2))`,
  load_intents: `DELETE FROM landfall.load_intents
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM landfall.load_intents WHERE project_id = $1 LIMIT $2))`,
  sample_reviews: `DELETE FROM landfall.sample_reviews
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM landfall.sample_reviews WHERE project_id = $1 LIMIT $2))`,
  differences: `UPDATE landfall.verifications SET read_values = '{}', differences = (
      SELECT coalesce(jsonb_agg(d || '{"expected": null, "actual": null}'), '[]') FROM jsonb_array_elements(differences) d)
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM landfall.verifications v WHERE project_id = $1 AND (read_values <> '{}'
      OR EXISTS (SELECT FROM jsonb_array_elements(v.differences) d WHERE d ->> 'expected' IS NOT NULL OR d ->> 'actual' IS NOT NULL)) LIMIT $2))`,
  sample_values: `UPDATE landfall.field_mappings SET profile = profile || '{"samples": []}', suggestion_reason = NULL
    WHERE ctid = ANY (ARRAY(SELECT f.ctid FROM landfall.field_mappings f JOIN landfall.mapping_versions m ON m.id = f.mapping_version_id
      WHERE m.project_id = $1 AND (f.profile -> 'samples' <> '[]' OR f.suggestion_reason IS NOT NULL) LIMIT $2))`,
  pre_images: `UPDATE landfall.crosswalk SET pre_image = NULL
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM landfall.crosswalk WHERE project_id = $1 AND pre_image IS NOT NULL LIMIT $2))`,
  rollback_values: `UPDATE landfall.rollback_objects SET change = '{}', label = '', note = NULL
    WHERE ctid = ANY (ARRAY(SELECT o.ctid FROM landfall.rollback_objects o JOIN landfall.rollback_plans p ON p.run_id = o.run_id
      WHERE p.project_id = $1 AND (o.change <> '{}' OR o.label <> '' OR o.note IS NOT NULL) LIMIT $2))`,
} as const satisfies Partial<Record<PurgedThing, string>>;

export type PurgedTable = keyof typeof statements;
export const purgedTables = Object.keys(statements) as PurgedTable[];

/** Purges a batch of a table. @returns the number of rows; 0 once nothing is left */
export async function purgeBatch(tx: Tx, projectId: string, table: PurgedTable, limit: number): Promise<number> {
  // One process at a time: a second one would not see rows that the first is deleting, and would end the purge too early.
  await lockPurge(tx, projectId);
  const [, count] = await tx.manager.query<[unknown, number]>(statements[table], [projectId, limit]);
  if (count > 0) await countPurged(tx, projectId, table, count);
  return count;
}

/** Files, or recordings, whose bytes or numbers are still there. */
export function batchOfBlobs(
  tx: Tx,
  projectId: string,
  table: 'stored_files' | 'recordings',
  limit: number,
): Promise<{ id: string; sha256: string | null }[]> {
  const sql = {
    stored_files: 'SELECT source_id AS id, sha256 FROM landfall.stored_files WHERE project_id = $1 ORDER BY source_id LIMIT $2',
    recordings: `SELECT id::text, sha256 FROM landfall.call_recordings
      WHERE project_id = $1 AND (sha256 IS NOT NULL OR phone IS NOT NULL OR phones <> '{}') ORDER BY id LIMIT $2`,
  };
  return tx.manager.query(sql[table], [projectId, limit]);
}

/** Those of these blobs that another project or a document refers to. */
export async function blobsUsedElsewhere(tx: Tx, projectId: string, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.manager.query<{ sha256: string }[]>('SELECT sha256 FROM landfall.blobs_used_elsewhere($1, $2)', [
    projectId,
    digests,
  ]);
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** Forgets files or recordings once their bytes are gone. @returns how many, without those that another process has forgotten */
export async function forgetBlobs(
  tx: Tx,
  projectId: string,
  table: 'stored_files' | 'recordings',
  ids: readonly string[],
): Promise<number> {
  const sql = {
    stored_files: 'DELETE FROM landfall.stored_files WHERE project_id = $1 AND source_id = ANY ($2::text[])',
    recordings: `UPDATE landfall.call_recordings SET sha256 = NULL, phone = NULL, phones = '{}'
      WHERE project_id = $1 AND id = ANY ($2::uuid[]) AND (sha256 IS NOT NULL OR phone IS NOT NULL OR phones <> '{}')`,
  };
  const [, count] = await tx.manager.query<[unknown, number]>(sql[table], [projectId, ids]);
  if (count > 0) await countPurged(tx, projectId, table, count);
  return count;
}
