import type { RecordType } from '../domain/model/record-type.js';
import type { LoadScope } from './load-scope.js';
import type { Tx } from './transaction.js';

type Scope = Pick<LoadScope, 'projectId' | 'environment'>;

/** Whether a record, of these types or of any, is loaded in this workspace. */
export async function hasLoaded(tx: Tx, { projectId, environment }: Scope, types: RecordType[] | null = null): Promise<boolean> {
  const rows = await tx.manager.query<{ loaded: boolean }[]>(
    `SELECT EXISTS (SELECT FROM landfall.load_states WHERE project_id = $1 AND environment = $2 AND state = 'DONE'
       AND ($3::text[] IS NULL OR record_type = ANY($3))) AS loaded`,
    [projectId, environment, types],
  );
  return rows[0]!.loaded;
}

export interface RepairRequest {
  recordType: RecordType | null;
  sourceId: string | null;
  /** Whether values that people have changed are overwritten too. */
  includeHumanEdits: boolean;
}

/**
 * Marks records to be written again by the next load: the one that is named, or all that were found different, and with
 * `includeHumanEdits` all that people have changed.
 * @returns how many
 */
export async function markForRewrite(
  tx: Tx,
  { projectId, environment }: Scope,
  { recordType, sourceId, includeHumanEdits }: RepairRequest,
): Promise<number> {
  const rows = await tx.manager.query<unknown[]>(
    `WITH wanted AS (
       SELECT CASE v.record_type WHEN 'MESSAGE' THEN 'TICKET' ELSE v.record_type END AS record_type, v.source_id FROM landfall.verifications v
       WHERE v.project_id = $1 AND v.environment = $2 AND v.differences <> '[]'
       UNION
       SELECT i.record_type, i.source_id FROM landfall.issues i
       WHERE $5 AND i.project_id = $1 AND i.code = 'HUMAN_EDIT' AND i.about = $2 AND i.status <> 'RESOLVED'
     )
     UPDATE landfall.load_states s SET rewrite = CASE WHEN $5 THEN 'ALL' ELSE 'OURS' END
     WHERE s.project_id = $1 AND s.environment = $2 AND s.state IN ('DONE', 'FAILED', 'OPEN')
       AND s.record_type = ANY($6)
       AND ($3::text IS NULL OR s.record_type = $3) AND ($4::text IS NULL OR s.source_id = $4)
       AND ($4::text IS NOT NULL OR EXISTS (SELECT FROM wanted w WHERE w.record_type = s.record_type AND w.source_id = s.source_id))
     RETURNING 1 AS marked`,
    [projectId, environment, recordType, sourceId, includeHumanEdits, repairable],
  );
  return changedRows(rows);
}

/** Types that are written by a draft of their own. */
const repairable = ['COMPANY', 'CONTACT', 'DEAL', 'CATEGORY', 'ARTICLE', 'TICKET', 'CALL'] satisfies RecordType[];
export const isRepairable = (type: RecordType) => (repairable as readonly RecordType[]).includes(type);

/** For an UPDATE … RETURNING the driver returns the rows and their number. */
const changedRows = (answer: unknown[]): number => (Array.isArray(answer[0]) ? (answer[0] as unknown[]).length : answer.length);
