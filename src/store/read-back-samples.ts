import type { DraftType } from '../domain/drafts/drafts.js';
import type { UnverifiedDraft } from './drafts.js';
import type { LoadScope } from './load-scope.js';
import type { Tx } from './transaction.js';

const loaded = `FROM landfall.drafts d JOIN landfall.load_states s USING (project_id, environment, record_type, source_id)
  WHERE d.project_id = $1 AND d.environment = $2 AND s.state = 'DONE' AND s.digest = d.digest AND s.read_digest = s.digest
    AND EXISTS (SELECT FROM landfall.crosswalk c WHERE c.project_id = $1 AND c.environment = $2 AND c.source_type = d.record_type
      AND c.source_id = d.source_id AND c.destination_type <> 'DOCUMENT' AND c.state = 'ACTIVE')`;

/**
 * Loaded records whose draft has not changed and that were read back once: a page of all, or of a sample over all types.
 * The sample depends on the run, so that a resumed run continues with the same sample.
 */
export function loadedSamples(
  tx: Tx,
  { projectId, environment }: LoadScope,
  { runId, sampleSize }: { runId: string; sampleSize: number | null },
  type: DraftType,
  after: string,
  limit: number,
): Promise<UnverifiedDraft[]> {
  const chosen = `SELECT d.record_type, d.source_id ${loaded} ORDER BY md5($6 || d.record_type || ' ' || d.source_id) LIMIT $7`;
  return tx.manager.query(
    `SELECT d.source_id AS "sourceId", d.digest, d.body, s.destination_id AS "destinationId", s.linked_to AS "linkedTo", true AS "wasRead"
     ${loaded} AND d.record_type = $3 AND d.source_id > $4
       AND ($7::int IS NULL OR (d.record_type, d.source_id) IN (${chosen}))
     ORDER BY d.source_id LIMIT $5`,
    [projectId, environment, type, after, limit, runId, sampleSize],
  );
}
