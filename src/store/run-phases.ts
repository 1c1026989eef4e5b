import { In } from 'typeorm';
import type { RecordType } from '../domain/model/record-type.js';
import type { Environment, RunPhase, RunState } from '../domain/model/run.js';
import { keptText } from '../domain/text/kept-text.js';
import { RunPhaseRow } from './entities/run-phase-row.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

export interface StoredPhase extends RunPhase {
  checkpoint: Record<string, unknown>;
}

export async function phasesOf(tx: Tx, runId: string): Promise<StoredPhase[]> {
  return (await phasesOfRuns(tx, [runId])).get(runId)!;
}

/** Phases of each run in their order, by run id. */
export async function phasesOfRuns(tx: Tx, runIds: readonly string[]): Promise<Map<string, StoredPhase[]>> {
  const phases = new Map<string, StoredPhase[]>(runIds.map(id => [id, []]));
  const rows = await tx.manager.find(RunPhaseRow, { where: { runId: In([...runIds]) }, order: { position: 'ASC' } });
  for (const { organizationId: _o, runId, position: _p, run: _run, ...phase } of rows) phases.get(runId)!.push(phase);
  return phases;
}

/** Creates the phases of a run. Existing phases are not changed. @param first position of the first of them */
export async function createPhases(
  tx: Tx,
  lease: RunLease,
  phases: readonly { name: string; recordType: RecordType | null }[],
  first = 0,
): Promise<void> {
  const rows = phases.map(({ name, recordType }, position) => ({
    runId: lease.runId,
    organizationId: lease.organizationId,
    name,
    recordType,
    position: first + position,
  }));
  await tx.manager.createQueryBuilder().insert().into(RunPhaseRow).values(rows).orIgnore().execute();
}

export interface PhaseChange {
  state?: RunState;
  source?: number | null;
  /** The new value, not an increment. */
  staged?: number;
  skipped?: number;
  failed?: number;
  reason?: string;
  apiCalls?: number;
  checkpoint?: Record<string, unknown>;
}

export async function changePhase(tx: Tx, runId: string, name: string, change: PhaseChange): Promise<void> {
  const { checkpoint, reason, ...rest } = change;
  const begun = change.state === 'RUNNING' ? { startedAt: () => 'coalesce(started_at, clock_timestamp())' } : {};
  const ended = change.state && change.state !== 'RUNNING' ? { finishedAt: () => 'clock_timestamp()' } : {};
  await tx.manager.update(
    RunPhaseRow,
    { runId, name },
    {
      ...rest,
      ...(reason === undefined ? {} : { reason: keptText(reason) }),
      ...(checkpoint ? { checkpoint: checkpoint as object } : {}),
      ...begun,
      ...ended,
    },
  );
}

/** Adds to the counters of a phase. @param add `source`: records that became known, if the source reports them piece by piece */
export async function countInPhase(
  tx: Tx,
  runId: string,
  name: string,
  add: { source?: number | null; staged: number; skipped: number; failed: number; apiCalls: number },
): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.run_phases SET staged = staged + $3, skipped = skipped + $4, failed = failed + $5, api_calls = api_calls + $6,
       source = CASE WHEN $7::int IS NULL THEN source ELSE coalesce(source, 0) + $7 END
     WHERE run_id = $1 AND name = $2`,
    [runId, name, add.staged, add.skipped, add.failed, add.apiCalls, add.source ?? null],
  );
}

/** Adds to the counters of a load phase. */
export async function countLoaded(
  tx: Tx,
  runId: string,
  name: string,
  add: { loaded: number; skipped: number; failed: number; apiCalls: number },
): Promise<void> {
  await countInPhase(tx, runId, name, { staged: add.loaded, skipped: add.skipped, failed: add.failed, apiCalls: add.apiCalls });
}

/** Calls of a load for the records of a type. */
export interface TypeCalls {
  recordType: RecordType;
  loaded: number;
  apiCalls: number;
}

/** Of each type, the phase of the load of this environment that made most calls. */
export function callsOfLoad(tx: Tx, projectId: string, environment: Environment): Promise<TypeCalls[]> {
  return tx.manager.query(
    `SELECT record_type AS "recordType", staged AS loaded, api_calls AS "apiCalls" FROM (
       SELECT DISTINCT ON (p.record_type) p.record_type, p.staged, p.api_calls, p.position
       FROM landfall.run_phases p JOIN landfall.runs r ON r.id = p.run_id
       WHERE r.project_id = $1 AND r.environment = $2 AND r.kind = $2 AND p.record_type IS NOT NULL
       ORDER BY p.record_type, p.api_calls DESC, r.created_at
     ) AS most WHERE api_calls > 0 ORDER BY position`,
    [projectId, environment],
  );
}
