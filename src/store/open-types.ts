import type { DraftType } from '../domain/drafts/drafts.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { LoadScope } from './load-scope.js';
import { isCovered } from './load-slices.js';
import type { Tx } from './transaction.js';

/**
 * Types of which something is to be written or was written and not read back: a draft that is not done, a write without outcome, a
 * record that somebody wants to be written again.
 */
export async function openTypes(
  tx: Tx,
  { projectId, environment }: LoadScope,
  types: readonly DraftType[],
): Promise<ReadonlySet<RecordType>> {
  const rows = await tx.manager.query<{ recordType: RecordType }[]>(
    `SELECT DISTINCT d.record_type AS "recordType" FROM landfall.drafts d
     LEFT JOIN landfall.load_states s USING (project_id, environment, record_type, source_id)
     WHERE d.project_id = $1 AND d.environment = $2 AND d.record_type = ANY($3) AND ${isCovered('$1', '$2')} AND (
       s.state IS NULL OR s.state IN ('OPEN', 'FAILED') OR s.digest IS DISTINCT FROM d.digest OR s.rewrite IS NOT NULL
       OR s.state = 'DONE' AND s.read_digest IS DISTINCT FROM s.digest AND EXISTS (SELECT FROM landfall.crosswalk c
         WHERE c.project_id = $1 AND c.environment = $2 AND c.source_type = d.record_type AND c.source_id = d.source_id AND c.destination_type <> 'DOCUMENT'))
     UNION SELECT record_type FROM landfall.load_intents WHERE project_id = $1 AND environment = $2 AND record_type = ANY($3)`,
    [projectId, environment, types],
  );
  return new Set(rows.map(({ recordType }) => recordType));
}
