import type { LoadPlan } from '../domain/model/load-plan.js';
import { isSlice } from '../domain/model/load-plan.js';
import type { RecordType } from '../domain/model/record-type.js';
import { listingOf } from '../domain/model/record-types.js';
import type { Environment } from '../domain/model/run.js';
import type { LoadScope } from './load-scope.js';
import { hasLoaded } from './repairs.js';
import type { Tx } from './transaction.js';

/**
 * SQL: whether a draft `d` with the load state `s` moves. Without slices everything does; with slices the tickets and calls in one
 * of them, and everything that was begun.
 */
export const isCovered = (
  project: string,
  environment: string,
) => `(d.record_type NOT IN ('TICKET', 'CALL') OR s.state IS NOT NULL
  OR NOT EXISTS (SELECT FROM landfall.load_slices l WHERE l.project_id = ${project} AND l.environment = ${environment})
  OR EXISTS (SELECT FROM landfall.load_slices l WHERE l.project_id = ${project} AND l.environment = ${environment}
    AND (l.with_open AND d.is_open OR (coalesce(d.created_at, '-infinity') >= coalesce(l.created_from, '-infinity')
      AND coalesce(d.created_at, '-infinity') < coalesce(l.created_to, 'infinity')))))`;

/**
 * Adds the slice of a PRODUCTION run to what the project loads. A run over everything ends all slices. If no ticket or call
 * is loaded, for example after a rollback, earlier slices no longer count.
 */
export async function saveSlice(tx: Tx, scope: LoadScope, runId: string, plan: LoadPlan | null): Promise<void> {
  const { projectId, organizationId, environment } = scope;
  // A rollback keeps companies and contacts that people have changed.
  if (!isSlice(plan) || !(await hasLoaded(tx, scope, ['TICKET', 'CALL'])))
    await tx.manager.query('DELETE FROM landfall.load_slices WHERE project_id = $1 AND environment = $2 AND run_id <> $3', [
      projectId,
      environment,
      runId,
    ]);
  if (!plan || !isSlice(plan)) return;
  await tx.manager.query(
    `INSERT INTO landfall.load_slices (project_id, environment, run_id, organization_id, created_from, created_to, with_open)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [projectId, environment, runId, organizationId, plan.createdFrom, plan.createdTo, plan.order === 'OPEN_AND_RECENT_FIRST'],
  );
}

/** How many records of each type no slice contains yet; a message belongs to its ticket. */
export async function countOutside(
  tx: Tx,
  projectIds: readonly string[],
  environment: Environment,
): Promise<Map<string, Map<RecordType, number>>> {
  const rows = await tx.manager.query<{ projectId: string; of: RecordType; outside: number }[]>(
    `WITH outside AS (
       SELECT d.project_id, d.record_type, d.source_id FROM landfall.drafts d
       LEFT JOIN landfall.load_states s USING (project_id, environment, record_type, source_id)
       WHERE d.project_id IN (SELECT l.project_id FROM landfall.load_slices l WHERE l.project_id = ANY($1) AND l.environment = $2)
         AND d.environment = $2 AND NOT ${isCovered('d.project_id', 'd.environment')}
     )
     SELECT project_id AS "projectId", record_type AS of, count(*)::int AS outside FROM outside GROUP BY 1, 2
     UNION ALL
     SELECT o.project_id, 'MESSAGE', count(*)::int FROM outside o
     JOIN landfall.staged_records m ON m.project_id = o.project_id AND m.listing = $3 AND m.parent_id = o.source_id
     WHERE o.record_type = 'TICKET' GROUP BY 1`,
    [projectIds, environment, listingOf('MESSAGE')],
  );
  const counts = new Map<string, Map<RecordType, number>>(projectIds.map(id => [id, new Map()]));
  for (const { projectId, of, outside } of rows) counts.get(projectId)!.set(of, outside);
  return counts;
}
