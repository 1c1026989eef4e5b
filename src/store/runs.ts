import { In } from 'typeorm';
import type { Blocker } from '../domain/blocker.js';
import type { Keyset, Page } from '../domain/page.js';
import { type Environment, type Run, type RunKind, type RunState, type WaitingFor, writingKinds } from '../domain/run.js';
import { RunRow } from './entities/run-row.js';
import type { Tx } from './transaction.js';

export function toRun(row: RunRow): Run {
  const {
    id,
    projectId,
    kind,
    environment,
    mappingVersionId,
    workspaceId,
    state,
    fraction,
    callLimitPerMinute,
    startedAt,
    finishedAt,
    createdAt,
  } = row;
  const blocker = row.blockerCode === null ? null : ({ code: row.blockerCode, message: row.blockerMessage ?? '' } as Blocker);
  // Its worker is silent for longer than its lease, or has left it: another one will take it.
  const stalled = state === 'RUNNING' && (row.leaseUntil === null || row.leaseUntil.getTime() < Date.now());
  const waitingFor = stalled ? 'STALLED' : row.waitingFor;
  return {
    id,
    projectId,
    kind,
    environment,
    mappingVersionId,
    workspaceId,
    state,
    blocker,
    fraction,
    waitingFor,
    callLimitPerMinute,
    startedAt,
    finishedAt,
    createdAt,
  };
}

export async function insertRun(
  tx: Tx,
  row: Pick<Run, 'projectId' | 'kind' | 'environment' | 'mappingVersionId' | 'workspaceId'> & { organizationId: string },
): Promise<string> {
  const { identifiers } = await tx.manager.insert(RunRow, row);
  return identifiers[0]!.id as string;
}

export async function runById(tx: Tx, id: string): Promise<Run | null> {
  const row = await tx.manager.findOneBy(RunRow, { id });
  return row && toRun(row);
}

/** Newest first. */
export async function pageOfRuns(
  tx: Tx,
  projectId: string,
  kind: RunKind | null,
  first: number,
  after: Keyset | null,
): Promise<Page<Run>> {
  const query = tx.manager.createQueryBuilder(RunRow, 'run').where('run.project_id = :projectId', { projectId });
  if (kind) query.andWhere('run.kind = :kind', { kind });
  if (after) query.andWhere('(run.created_at, run.id) < (:at, :id)', { at: after.at, id: after.id });
  const rows = await query
    .orderBy('run.createdAt', 'DESC')
    .addOrderBy('run.id', 'DESC')
    .limit(first + 1)
    .getMany();
  return { items: rows.slice(0, first).map(toRun), hasNextPage: rows.length > first, hasPreviousPage: after !== null };
}

/** The newest run of a kind; null where there was none. */
export async function newestRun(
  tx: Tx,
  projectId: string,
  kind: RunKind,
  about: { environment?: Environment; state?: RunState } = {},
): Promise<Run | null> {
  const row = await tx.manager.findOne(RunRow, {
    where: { projectId, kind, ...about },
    order: { createdAt: 'DESC', id: 'DESC' },
  });
  return row && toRun(row);
}

/** Locks a run until the end of the transaction, so that what is decided on its state still holds when it is written. */
export async function lockRun(tx: Tx, id: string): Promise<Run | null> {
  const row = await tx.manager.findOne(RunRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  return row && toRun(row);
}

/** Changes what a person wants of it. A state that no worker holds changes at once; a worker changes its own. */
export async function setRunState(
  tx: Tx,
  id: string,
  change: { state?: RunState; wanted?: 'PAUSE' | 'CANCEL' | null },
): Promise<void> {
  const ended = change.state === 'CANCELLED' ? { finishedAt: () => 'clock_timestamp()' } : {};
  const resumed = change.state === 'QUEUED' ? { blockerCode: null, blockerMessage: null } : {};
  const waiting: { waitingFor?: WaitingFor | null } = change.state
    ? { waitingFor: change.state === 'PAUSED' ? 'PAUSED' : null }
    : {};
  await tx.manager.update(RunRow, { id }, { ...change, ...ended, ...resumed, ...waiting });
  tx.touched.add(id);
}

/** How a worker leaves a run that it holds. */
export interface RunOutcome {
  state: RunState;
  blocker?: Blocker | null;
}

/** Whether something was ever begun in this workspace of the project. */
export function hasRunIn(tx: Tx, projectId: string, environment: Environment): Promise<boolean> {
  return tx.manager.existsBy(RunRow, { projectId, environment });
}

/** Whether a run that writes to this workspace is not over: it may stand in the middle of a conversation. */
export async function hasActiveWriter(tx: Tx, projectId: string, environment: Environment): Promise<boolean> {
  return tx.manager.existsBy(RunRow, {
    projectId,
    environment,
    kind: In([...writingKinds]),
    state: In(['QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED']),
  });
}
