import type { RunKind } from '../domain/run.js';
import type { Database } from './data-source.js';
import { RunRow } from './entities/run-row.js';
import { databaseWork } from './failures.js';
import type { RunOutcome } from './runs.js';
import type { Tx } from './transaction.js';

/** The right to work on a run, until `until`, as one of its successive owners. */
export interface RunLease {
  runId: string;
  projectId: string;
  organizationId: string;
  kind: RunKind;
  /** Rises with each owner: what an earlier one writes is refused. */
  epoch: number;
}

export class LeaseLost extends Error {
  constructor(runId: string) {
    super(`Run ${runId} belongs to another worker now.`);
    this.name = 'LeaseLost';
  }
}

/** Runs of all tenants that wait for a worker, or whose worker has been silent for longer than its lease. */
export function runsToTake(database: Database): Promise<{ runId: string; organizationId: string }[]> {
  const sql = 'SELECT run_id AS "runId", organization_id AS "organizationId" FROM landfall.runs_to_take()';
  return databaseWork(() => database.query(sql));
}

/** Takes a run that nobody holds; null where somebody does, or where it no longer waits. */
export async function takeLease(tx: Tx, runId: string, owner: string, leaseMs: number): Promise<RunLease | null> {
  const [rows] = await tx.manager.query<[{ projectId: string; organizationId: string; kind: RunKind; epoch: number }[], number]>(
    `UPDATE landfall.runs SET state = 'RUNNING', lease_owner = $2, lease_epoch = lease_epoch + 1,
       lease_until = clock_timestamp() + $3 * interval '1 millisecond', started_at = coalesce(started_at, clock_timestamp()),
       blocker_code = NULL, blocker_message = NULL, waiting_for = NULL
     WHERE id = $1 AND (state = 'QUEUED' OR (state = 'RUNNING' AND (lease_until IS NULL OR lease_until < clock_timestamp())))
     RETURNING project_id AS "projectId", organization_id AS "organizationId", kind, lease_epoch AS epoch`,
    [runId, owner, leaseMs],
  );
  tx.touched.add(runId);
  return rows[0] ? { runId, ...rows[0] } : null;
}

/**
 * Prolongs a lease and reads what a person wants of the run.
 * @throws LeaseLost
 */
export async function renewLease(tx: Tx, { runId, epoch }: RunLease, leaseMs: number): Promise<'PAUSE' | 'CANCEL' | null> {
  const [rows] = await tx.manager.query<[{ wanted: 'PAUSE' | 'CANCEL' | null }[], number]>(
    `UPDATE landfall.runs SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
     WHERE id = $1 AND lease_epoch = $2 AND state = 'RUNNING' RETURNING wanted`,
    [runId, epoch, leaseMs],
  );
  if (!rows[0]) throw new LeaseLost(runId);
  return rows[0].wanted;
}

/**
 * Lets this transaction write for the run only while the lease is its own; the row stays locked until it commits.
 * @throws LeaseLost
 */
export async function fence(tx: Tx, { runId, epoch }: RunLease): Promise<void> {
  const rows = await tx.manager.query<unknown[]>(
    `SELECT 1 FROM landfall.runs WHERE id = $1 AND lease_epoch = $2 AND state = 'RUNNING' FOR UPDATE`,
    [runId, epoch],
  );
  if (rows.length === 0) throw new LeaseLost(runId);
  tx.touched.add(runId);
}

/** Raises the progress and says what it waits for; behind the fence. */
export async function reportProgress(
  tx: Tx,
  { runId }: RunLease,
  fraction: number,
  waitingFor: string | null,
  callLimitPerMinute: number | null = null,
): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.runs SET fraction = greatest(fraction, $2), waiting_for = $3, call_limit_per_minute = coalesce($4, call_limit_per_minute)
     WHERE id = $1`,
    [runId, fraction, waitingFor, callLimitPerMinute],
  );
}

/** Ends this worker's part: the run is over, waits for a person, or is free for another worker. Behind the fence. */
export async function endLease(tx: Tx, { runId }: RunLease, { state, blocker }: RunOutcome): Promise<void> {
  const over = state !== 'RUNNING' && state !== 'PAUSED' && state !== 'BLOCKED';
  await tx.manager.update(RunRow, runId, {
    state,
    wanted: null,
    leaseOwner: null,
    leaseUntil: null,
    blockerCode: blocker?.code ?? null,
    blockerMessage: blocker?.message ?? null,
    waitingFor: state === 'PAUSED' ? 'PAUSED' : state === 'BLOCKED' ? 'BLOCKED' : null,
    ...(over ? { finishedAt: () => 'clock_timestamp()' } : {}),
    ...(state === 'SUCCEEDED' ? { fraction: 1 } : {}),
  });
}

/** Says what the run waits for, until it moves on; behind the fence. */
export async function reportWaiting(tx: Tx, { runId }: RunLease, waitingFor: string): Promise<void> {
  await tx.manager.query('UPDATE landfall.runs SET waiting_for = $2 WHERE id = $1', [runId, waitingFor]);
}
