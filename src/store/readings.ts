import { loadPhasePrefix, type RunPhase } from '../domain/model/run.js';
import { phasesOfRuns } from './run-phases.js';
import type { Tx } from './transaction.js';

/** SQL: a run that has read the source: an extraction, or a delta that has finished its reading phases. */
const readings = `(r.kind = 'EXTRACTION' OR r.kind = 'DELTA' AND EXISTS (SELECT FROM landfall.run_phases p WHERE p.run_id = r.id)
  AND NOT EXISTS (SELECT FROM landfall.run_phases p WHERE p.run_id = r.id AND p.finished_at IS NULL AND p.name NOT LIKE '${loadPhasePrefix}%'))`;

/** The listings of the newest run of each project that has read the source, by the project's id. */
export async function newestListings(tx: Tx, projectIds: readonly string[]): Promise<Map<string, RunPhase[]>> {
  const rows = await tx.manager.query<{ projectId: string; runId: string }[]>(
    `SELECT DISTINCT ON (r.project_id) r.project_id AS "projectId", r.id AS "runId" FROM landfall.runs r
     WHERE r.project_id = ANY($1) AND ${readings} ORDER BY r.project_id, r.created_at DESC, r.id DESC`,
    [projectIds],
  );
  const phases = await phasesOfRuns(
    tx,
    rows.map(({ runId }) => runId),
  );
  return new Map(
    rows.map(({ projectId, runId }) => [projectId, phases.get(runId)!.filter(({ name }) => !name.startsWith(loadPhasePrefix))]),
  );
}

/** When the last run that has read the whole source began; null if there is none. */
export async function lastReadingStart(tx: Tx, projectId: string, exceptRunId: string): Promise<Date | null> {
  const rows = await tx.manager.query<{ startedAt: Date }[]>(
    `SELECT r.started_at AS "startedAt" FROM landfall.runs r WHERE r.project_id = $1 AND r.id <> $2 AND ${readings}
       AND (r.kind = 'DELTA' OR r.state IN ('SUCCEEDED', 'INCOMPLETE')) AND r.started_at IS NOT NULL
     ORDER BY r.started_at DESC LIMIT 1`,
    [projectId, exceptRunId],
  );
  return rows[0]?.startedAt ?? null;
}

/** When the newest extraction or delta began that has read every listing completely; null if there is none. */
export async function lastCompleteReading(tx: Tx, projectId: string): Promise<Date | null> {
  const rows = await tx.manager.query<{ startedAt: Date }[]>(
    `SELECT r.started_at AS "startedAt" FROM landfall.runs r WHERE r.project_id = $1 AND r.kind IN ('EXTRACTION', 'DELTA')
       AND r.started_at IS NOT NULL AND EXISTS (SELECT FROM landfall.run_phases p WHERE p.run_id = r.id) AND NOT EXISTS (
         SELECT FROM landfall.run_phases p WHERE p.run_id = r.id AND p.state <> 'SUCCEEDED' AND p.name NOT LIKE '${loadPhasePrefix}%')
     ORDER BY r.started_at DESC LIMIT 1`,
    [projectId],
  );
  return rows[0]?.startedAt ?? null;
}
