import { In } from 'typeorm';
import type { Blocker } from '../domain/model/blocker.js';
import { firstItems, type Keyset, mapItems, type PageWindow, type Slice } from '../domain/model/page.js';
import { type Environment, type Run, type RunKind, type RunRequest, type RunState, writingKinds } from '../domain/model/run.js';
import { noContacts, type RunContacts, stallOf } from '../domain/model/stall.js';
import { RunRow } from './entities/run-row.js';
import { entityPagesOf, type List } from './pages.js';
import { appendRunStateEvent } from './run-events.js';
import type { Tx } from './transaction.js';

export function toRun(row: RunRow): Run {
  const {
    id,
    projectId,
    kind,
    environment,
    mappingVersionId,
    workspaceId,
    sampleDigest,
    sampleSize,
    loadPlan,
    notBefore,
    state,
    wanted,
    fraction,
    callLimitPerMinute,
    startedAt,
    finishedAt,
    createdAt,
  } = row;
  const blocker = row.blockerCode === null ? null : blockerOf(row);
  const { leaseUntil, leaseRenewedAt: heartbeatAt } = row;
  const contacts = row.contacts === null ? noContacts : (JSON.parse(row.contacts) as RunContacts);
  const stall = state === 'RUNNING' ? stallOf({ leaseUntil, renewedAt: heartbeatAt, contacts }, Date.now()) : null;
  const isDue = notBefore === null || notBefore.getTime() <= Date.now();
  const queuedFor = isDue ? 'SLOT' : (row.waitingFor ?? 'SCHEDULE');
  const waitingFor = stall ? 'STALLED' : state === 'QUEUED' ? queuedFor : row.waitingFor;
  return {
    id,
    projectId,
    kind,
    environment,
    mappingVersionId,
    workspaceId,
    sampleDigest,
    sampleSize,
    loadPlan,
    notBefore,
    state,
    wanted,
    blocker,
    fraction,
    waitingFor,
    callLimitPerMinute,
    heartbeatAt,
    contacts,
    stall,
    startedAt,
    finishedAt,
    createdAt,
  };
}

const blockerOf = ({ blockerCode, blockerMessage, blockerDetails }: RunRow): Blocker => ({
  code: blockerCode as Blocker['code'],
  message: blockerMessage ?? '',
  details: blockerDetails === null ? null : (JSON.parse(blockerDetails) as Blocker['details']),
});

/** Queues a run and appends an event. */
export async function insertRun(
  tx: Tx,
  row: Pick<Run, 'projectId' | 'kind' | 'environment' | 'mappingVersionId' | 'workspaceId' | 'sampleSize'> &
    Partial<Pick<Run, 'loadPlan' | 'notBefore'>> & {
      organizationId: string;
    },
): Promise<string> {
  const { identifiers } = await tx.manager.insert(RunRow, row);
  const runId = identifiers[0]!.id as string;
  await appendRunStateEvent(tx, { ...row, runId }, 'QUEUED');
  return runId;
}

export async function runById(tx: Tx, id: string): Promise<Run | null> {
  const row = await tx.manager.findOneBy(RunRow, { id });
  return row && toRun(row);
}

/** By the run's id. */
export async function runsById(tx: Tx, ids: readonly string[]): Promise<Map<string, Run>> {
  const rows = await tx.manager.findBy(RunRow, { id: In([...ids]) });
  return new Map(rows.map(row => [row.id, toRun(row)]));
}

/** Whether a run of the project is not over. */
export function hasActiveRun(tx: Tx, projectId: string): Promise<boolean> {
  return tx.manager.existsBy(RunRow, { projectId, state: In(['QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED']) });
}

/** The runs of a project, newest first; of one kind, or all. */
export const runList = (
  kind: RunKind | null,
  { environment, state }: { environment?: Environment; state?: RunState } = {},
): List => ({
  rows: `SELECT r.id, r.created_at AS at FROM landfall.runs r WHERE r.project_id = parent.id AND ($2::text IS NULL OR r.kind = $2)
       AND ($3::text IS NULL OR r.environment = $3) AND ($4::text IS NULL OR r.state = $4)`,
  parameters: [kind, environment ?? null, state ?? null],
  order: 'NEWEST',
});

/** A page of the runs of each project. */
export async function pagesOfRuns(
  tx: Tx,
  list: List,
  projectIds: readonly string[],
  window: PageWindow<Keyset>,
): Promise<Slice<Run>[]> {
  return (await entityPagesOf(tx, RunRow, list, projectIds, window)).map(page => mapItems(page, toRun));
}

/** The newest run of a kind of each project that has one, by project id. */
export async function newestRuns(
  tx: Tx,
  projectIds: readonly string[],
  kind: RunKind,
  about: { environment?: Environment; state?: RunState } = {},
): Promise<Map<string, Run>> {
  const pages = await entityPagesOf(tx, RunRow, runList(kind, about), projectIds, firstItems(1));
  return new Map(pages.flatMap(({ items }) => items.map(row => [row.projectId, toRun(row)] as const)));
}

/** The newest run of a kind; null if there is none. */
export async function newestRun(
  tx: Tx,
  projectId: string,
  kind: RunKind,
  about: { environment?: Environment; state?: RunState } = {},
): Promise<Run | null> {
  return (await newestRuns(tx, [projectId], kind, about)).get(projectId) ?? null;
}

/** Locks a run until the end of the transaction, so that decisions on its state still hold when they are written. */
export async function lockRun(tx: Tx, id: string): Promise<Run | null> {
  const row = await tx.manager.findOne(RunRow, { where: { id }, lock: { mode: 'for_no_key_update' } });
  return row && toRun(row);
}

/** Changes the state of a run that no worker holds, and appends an event. */
export async function setRunState(
  tx: Tx,
  { id, projectId, kind }: Pick<Run, 'id' | 'projectId' | 'kind'>,
  state: 'QUEUED' | 'PAUSED' | 'CANCELLED',
): Promise<void> {
  const ended = state === 'CANCELLED' ? { finishedAt: () => 'clock_timestamp()' } : {};
  const resumed = state === 'QUEUED' ? { blockerCode: null, blockerMessage: null, blockerDetails: null } : {};
  const waitingFor = state === 'PAUSED' ? state : null;
  await tx.manager.update(RunRow, { id }, { state, wanted: null, waitingFor, ...ended, ...resumed });
  await appendRunStateEvent(tx, { projectId, runId: id, kind }, state);
  tx.touched.add(id);
}

/** Saves what a person requested for a run. The worker carries it out; null: that it continues. */
export async function saveRequest(tx: Tx, id: string, wanted: RunRequest | null): Promise<void> {
  await tx.manager.update(RunRow, { id }, { wanted });
  tx.touched.add(id);
}

/** Calls of a run in one hour. */
export interface CallBudget {
  hour: Date;
  calls: number;
}

/** A limit of a platform that a run waits for. */
export type LimitWait = 'RATE_LIMIT' | 'SOURCE_LIMIT';

/** Until when a run waits without a worker, and why. */
export interface RunWait {
  until: Date;
  reason: 'SCHEDULE' | 'CALL_BUDGET' | LimitWait;
}

/** What a run has spent of its calls; null if it has no budget. */
export async function callBudgetOf(tx: Tx, id: string): Promise<CallBudget | null> {
  const row = await tx.manager.findOne(RunRow, { where: { id }, select: { id: true, budgetHour: true, budgetCalls: true } });
  return row?.budgetHour ? { hour: row.budgetHour, calls: row.budgetCalls ?? 0 } : null;
}

/** The result of the work on a run. RUNNING: another worker must continue. QUEUED: it waits for its time. */
export interface RunOutcome {
  state: RunState;
  blocker?: Blocker | null;
  wait?: RunWait | null;
  budget?: CallBudget | null;
}

/** The projects among these that ever had a run in this environment. */
export async function projectsWithRunIn(
  tx: Tx,
  projectIds: readonly string[],
  environment: Environment,
): Promise<ReadonlySet<string>> {
  const rows = await tx.manager.query<{ projectId: string }[]>(
    'SELECT DISTINCT project_id AS "projectId" FROM landfall.runs WHERE project_id = ANY($1) AND environment = $2',
    [projectIds, environment],
  );
  return new Set(rows.map(row => row.projectId));
}

/** Whether the project ever had a run in this environment. */
export function hasRunIn(tx: Tx, projectId: string, environment: Environment): Promise<boolean> {
  return tx.manager.existsBy(RunRow, { projectId, environment });
}

/** Whether a run that writes to this workspace is not over: it can be in the middle of a conversation. */
export async function hasActiveWriter(tx: Tx, projectId: string, environment: Environment): Promise<boolean> {
  return tx.manager.existsBy(RunRow, {
    projectId,
    environment,
    kind: In([...writingKinds]),
    state: In(['QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED']),
  });
}
