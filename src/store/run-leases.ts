import { isTerminal, type RunKind, type RunRequest } from '../domain/model/run.js';
import { comingState } from '../domain/model/run-transitions.js';
import type { RunContacts } from '../domain/model/stall.js';
import { keptText } from '../domain/text/kept-text.js';
import type { Database } from './data-source.js';
import { RunRow } from './entities/run-row.js';
import { databaseWork } from './failures.js';
import { appendRunStateEvent } from './run-events.js';
import type { RunOutcome } from './runs.js';
import type { Tx } from './transaction.js';

/** The right to work on a run for a limited time. */
export interface RunLease {
  runId: string;
  projectId: string;
  organizationId: string;
  kind: RunKind;
  /** Rises with each owner. Writes of earlier owners are refused. */
  epoch: number;
  /** How long it waited for its first worker; null if it had one before. */
  waitedSeconds?: number | null;
}

export class LeaseLost extends Error {
  constructor(runId: string) {
    super(`Run ${runId} belongs to another worker now.`);
    this.name = 'LeaseLost';
  }
}

/** Runs of all tenants that wait for a worker, or whose lease has expired. */
export function runsToTake(database: Database): Promise<{ runId: string; organizationId: string }[]> {
  const sql = 'SELECT run_id AS "runId", organization_id AS "organizationId" FROM landfall.runs_to_take()';
  return databaseWork(() => database.query(sql));
}

/**
 * Takes a free run and appends an event; null if another worker holds it, if it no longer waits, or if its row is locked. If a
 * person's request was not carried out by the last worker, the run is not worked on: it ends as requested.
 */
export async function takeLease(tx: Tx, runId: string, owner: string, leaseMs: number): Promise<RunLease | null> {
  const found = await tx.manager.query<(Omit<RunLease, 'runId'> & { state: string; wanted: RunRequest | null })[]>(
    `SELECT r.project_id AS "projectId", r.organization_id AS "organizationId", r.kind, r.lease_epoch + 1 AS epoch, r.state, r.wanted,
       CASE WHEN r.started_at IS NULL THEN extract(epoch FROM clock_timestamp() - coalesce(r.not_before, r.created_at))::float8 END AS "waitedSeconds"
     FROM landfall.runs r LEFT JOIN landfall.run_leases l ON l.run_id = r.id
     WHERE r.id = $1 AND (r.state = 'QUEUED' AND (r.not_before IS NULL OR r.not_before <= clock_timestamp() OR r.wanted IS NOT NULL) OR (r.state = 'RUNNING' AND (l.until IS NULL OR l.until < clock_timestamp())))
     FOR NO KEY UPDATE OF r SKIP LOCKED`,
    [runId],
  );
  if (!found[0]) return null;
  const { state, wanted, ...rest } = found[0];
  const lease = { runId, ...rest };
  // Its owner may have renewed it in the meantime.
  const taken = await tx.manager.query<unknown[]>(
    `INSERT INTO landfall.run_leases AS l (run_id, organization_id, owner, epoch, until)
     VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')
     ON CONFLICT (run_id) DO UPDATE SET owner = excluded.owner, epoch = excluded.epoch, until = excluded.until
     WHERE l.until IS NULL OR l.until < clock_timestamp() OR $6 RETURNING 1`,
    [runId, lease.organizationId, owner, lease.epoch, leaseMs, state === 'QUEUED'],
  );
  if (taken.length === 0) return null;
  await tx.manager.query(
    `UPDATE landfall.runs SET state = 'RUNNING', lease_epoch = $2, started_at = coalesce(started_at, clock_timestamp()),
       blocker_code = NULL, blocker_message = NULL, blocker_details = NULL, waiting_for = NULL, not_before = NULL WHERE id = $1`,
    [runId, lease.epoch],
  );
  tx.touched.add(runId);
  if (wanted) {
    await endLease(tx, lease, { state: 'RUNNING' });
    return null;
  }
  await appendRunStateEvent(tx, lease, 'RUNNING');
  return lease;
}

/**
 * Renews a lease and reads what a person requested. It locks no row that writes lock, so it never waits for them.
 * @throws LeaseLost
 */
export async function renewLease(
  tx: Tx,
  { runId, epoch }: RunLease,
  leaseMs: number,
  contacts: RunContacts,
): Promise<RunRequest | null> {
  const rows = await tx.manager.query<{ wanted: RunRequest | null }[]>(
    `WITH renewed AS (
       UPDATE landfall.run_leases SET until = clock_timestamp() + $3 * interval '1 millisecond', renewed_at = clock_timestamp(), contacts = $4
       WHERE run_id = $1 AND epoch = $2 AND until IS NOT NULL RETURNING run_id
     )
     SELECT r.wanted FROM renewed JOIN landfall.runs r ON r.id = renewed.run_id WHERE r.state = 'RUNNING'`,
    [runId, epoch, leaseMs, JSON.stringify(contacts)],
  );
  if (!rows[0]) throw new LeaseLost(runId);
  return rows[0].wanted;
}

/**
 * Lets this transaction write for the run only while the lease is valid. The row stays locked until the commit.
 * @throws LeaseLost
 */
export async function fence(tx: Tx, { runId, epoch }: RunLease): Promise<void> {
  const rows = await tx.manager.query<unknown[]>(
    `SELECT 1 FROM landfall.runs WHERE id = $1 AND lease_epoch = $2 AND state = 'RUNNING' FOR NO KEY UPDATE`,
    [runId, epoch],
  );
  if (rows.length === 0) throw new LeaseLost(runId);
  tx.touched.add(runId);
}

/** Raises the progress and sets what the run waits for. Call `fence` first. */
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

/**
 * Ends the work of this worker and appends an event: the run is over, waits for a person, or is free for another worker. A
 * request of a person takes precedence, because it was accepted. Call `fence` first.
 */
export async function endLease(tx: Tx, lease: RunLease, outcome: RunOutcome, contacts: RunContacts | null = null): Promise<void> {
  const { runId, epoch } = lease;
  const { wanted } = (await tx.manager.findOne(RunRow, { where: { id: runId }, select: { id: true, wanted: true } }))!;
  const { state, blocker, wait }: RunOutcome = wanted ? { state: comingState({ state: outcome.state, wanted }) } : outcome;
  await tx.manager.update(RunRow, runId, {
    state,
    wanted: null,
    blockerCode: blocker?.code ?? null,
    blockerMessage: blocker ? keptText(blocker.message) : null,
    blockerDetails: blocker?.details ? JSON.stringify(blocker.details) : null,
    blockedAt: state === 'BLOCKED' ? () => 'clock_timestamp()' : null,
    waitingFor: state === 'PAUSED' ? 'PAUSED' : state === 'BLOCKED' ? 'BLOCKED' : (wait?.reason ?? null),
    notBefore: wait?.until ?? null,
    ...(outcome.budget ? { budgetHour: outcome.budget.hour, budgetCalls: outcome.budget.calls } : {}),
    ...(isTerminal(state) ? { finishedAt: () => 'clock_timestamp()' } : {}),
    ...(state === 'SUCCEEDED' ? { fraction: 1 } : {}),
  });
  await tx.manager.query(
    `UPDATE landfall.run_leases SET until = NULL, renewed_at = clock_timestamp(), contacts = coalesce($3, contacts)
     WHERE run_id = $1 AND epoch = $2`,
    [runId, epoch, contacts && JSON.stringify(contacts)],
  );
  if (state !== 'RUNNING') await appendRunStateEvent(tx, lease, state);
}

/** Sets what the run waits for until it continues. Call `fence` first. */
export async function reportWaiting(tx: Tx, { runId }: RunLease, waitingFor: string): Promise<void> {
  await tx.manager.query('UPDATE landfall.runs SET waiting_for = $2 WHERE id = $1', [runId, waitingFor]);
}

/** Which of these blockers stopped runs of any tenant recently and still do. */
export async function recentBlockers(database: Database, codes: readonly string[], withinSeconds: number): Promise<string[]> {
  const rows = await databaseWork(() =>
    database.query<{ code: string }[]>(`SELECT code FROM landfall.recent_shortages($1, $2 * interval '1 second')`, [
      codes,
      withinSeconds,
    ]),
  );
  return rows.map(({ code }) => code);
}
