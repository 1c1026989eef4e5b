import { type ErrorCode, UserError, UserErrors } from '../domain/model/errors.js';
import { gateFactsOf, provisioningBlockers, sideOf, startBlockers } from '../domain/model/gates.js';
import type { Project } from '../domain/model/project.js';
import { type Environment, type Run, type RunKind, workspaceKinds, writingKinds } from '../domain/model/run.js';
import { connectionOf } from '../store/connections.js';
import { cutoverOf } from '../store/cutovers.js';
import { violates } from '../store/failures.js';
import { storedGateFacts } from '../store/gate-facts.js';
import { confirmedMapping } from '../store/mappings.js';
import { lockProject } from '../store/projects.js';
import { insertPlan } from '../store/rollback-plans.js';
import { insertRun, runById } from '../store/runs.js';
import type { Tx } from '../store/transaction.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { checkLaterKind, productionNotRun, verifiedWorkspace } from './later-run-gates.js';
import { type LoadPlanInput, loadPlanOf } from './load-plan-input.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';
import { checkPlanInput, rollbackPin } from './rollback-gate.js';

export interface StartRunInput extends LoadPlanInput {
  projectId: string;
  kind: RunKind;
  environment?: Environment | null;
  dryRun?: boolean | null;
  planHash?: string | null;
  sampleSize?: number | null;
  idempotencyKey?: string | null;
}

/**
 * Queues a run for a worker.
 * @throws UserError ROLE_NOT_PERMITTED, ENVIRONMENT_REQUIRED, MALFORMED_ID, NOT_FOUND,
 *   SOURCE_NOT_CONNECTED, SOURCE_CONNECTION_FAILED, RUN_ALREADY_ACTIVE, WORKSPACE_BUSY, INVALID_INPUT, PRODUCTION_NOT_RUN,
 *   NOTHING_LOADED, and the codes of `startBlockers`; of a ROLLBACK those of `rollbackPin`
 */
export async function startRun(context: OperationContext, input: StartRunInput): Promise<Run> {
  requirePermission(context.principal, 'startRun');
  const { kind, environment } = input;
  if (workspaceKinds.includes(kind) && !environment) {
    throw new UserError('ENVIRONMENT_REQUIRED', 'Give the environment: SANDBOX or PRODUCTION.', {
      path: ['input', 'environment'],
    });
  }
  if ((kind === 'PRODUCTION' || kind === 'SANDBOX') && environment !== kind) {
    throw new UserError('INVALID_INPUT', `Start a ${kind} run for the environment ${kind}.`, {
      path: ['input', 'environment'],
    });
  }
  checkLaterKind(kind, environment ?? null, input.sampleSize ?? null);
  checkPlanInput(input);
  try {
    const { runId, organizationId } = await once(context, 'startRun', input, async tx => {
      // Under the lock of the project, so that its gates still hold when the run is queued.
      await lockProject(tx, (await projectInReach(tx, input.projectId)).id);
      const project = await projectInReach(tx, input.projectId);
      return { runId: await insertBoundRun(tx, project, input), organizationId: project.organizationId };
    });
    // After the commit. If the wake-up is lost, the next sweep of a worker finds the run.
    await context.wakeWorker({ runId, organizationId });
    return (await within(context, tx => runById(tx, runId)))!;
  } catch (error) {
    throw startErrorOf(error);
  }
}

/**
 * Queues a run, bound to the mapping and the workspace that it is started for.
 * @returns its id
 * @throws UserError if it must not be started
 */
export async function insertBoundRun(tx: Tx, project: Project, asked: Omit<StartRunInput, 'projectId'>): Promise<string> {
  const { kind } = asked;
  const environment = asked.environment ?? null;
  const { plan, notBefore } = loadPlanOf(kind, asked);
  await checkStage(tx, project, kind);
  const rollback = kind === 'ROLLBACK' ? await rollbackPin(tx, project, environment!, asked) : null;
  const { mappingVersionId, workspaceId } = rollback ?? (await bindRun(tx, project.id, kind, environment));
  const owner = { projectId: project.id, organizationId: project.organizationId };
  const runId = await insertRun(tx, {
    ...owner,
    kind,
    environment,
    mappingVersionId,
    workspaceId,
    sampleSize: asked.sampleSize ?? null,
    loadPlan: plan,
    notBefore,
  });
  if (rollback) await insertPlan(tx, { ...owner, runId, environment: environment! }, rollback.plan);
  return runId;
}

/** What a project that was handed over or closed no longer allows. */
async function checkStage(tx: Tx, project: Project, kind: RunKind): Promise<void> {
  const path = ['input', 'projectId'];
  if (project.stage === 'CLOSED')
    throw new UserError('PROJECT_CLOSED', 'The project is closed: no run can be started.', { path });
  if (kind !== 'PRODUCTION' && kind !== 'DELTA') return;
  if ((await cutoverOf(tx, project.id))?.completedAt)
    throw new UserError('CUTOVER_COMPLETED', 'The workspace was handed over: nothing is loaded into it any more.', { path });
}

/** The coded error for a run that conflicts with another one; any other error as it is. */
export function startErrorOf(error: unknown): unknown {
  if (violates(error, 'runs_one_writer_key')) {
    return new UserError('WORKSPACE_BUSY', 'Wait for the run that writes to this workspace or reads it back, or cancel it.', {
      path: ['input', 'environment'],
      retryable: true,
    });
  }
  if (!violates(error, 'runs_one_reader_key')) return error;
  return new UserError('RUN_ALREADY_ACTIVE', 'Wait for the run that reads this source, or cancel it.', {
    path: ['input', 'projectId'],
    retryable: true,
  });
}

/** The mapping version and the workspace that the run is bound to. @throws UserError if it must not be started */
async function bindRun(
  tx: Tx,
  projectId: string,
  kind: RunKind,
  environment: Environment | null,
): Promise<Pick<Run, 'mappingVersionId' | 'workspaceId'>> {
  const writes = environment !== null && writingKinds.includes(kind);
  if (kind === 'VERIFICATION') return verifiedWorkspace(tx, projectId, environment!);
  if (kind === 'DELTA') await checkSource(tx, projectId);
  if (writes) await checkGates(tx, projectId, kind, environment);
  if (!writes) {
    await checkSource(tx, projectId);
    return { mappingVersionId: null, workspaceId: null };
  }
  const mapping = await confirmedMapping(tx, projectId);
  const connection = await connectionOf(tx, projectId, sideOf(environment));
  return { mappingVersionId: mapping!.id, workspaceId: connection!.workspaceId };
}

async function checkSource(tx: Tx, projectId: string): Promise<void> {
  const source = await connectionOf(tx, projectId, 'SOURCE');
  const path = ['input', 'projectId'];
  if (!source) throw new UserError('SOURCE_NOT_CONNECTED', 'Connect the project to its Infoset account first.', { path });
  if (source.status === 'FAILED')
    throw new UserError('SOURCE_CONNECTION_FAILED', source.detail ?? 'Set the connection again.', { path });
}

async function checkGates(tx: Tx, projectId: string, kind: RunKind, environment: Environment): Promise<void> {
  const facts = gateFactsOf(await storedGateFacts(tx, projectId, environment), environment);
  const blockers = kind === 'PROVISIONING' ? provisioningBlockers(facts, environment) : startBlockers(facts, environment);
  const early = kind === 'DELTA' ? await productionNotRun(tx, projectId) : null;
  const closed = blockers.map(
    ({ code, message }) => new UserError(code as ErrorCode, message, { path: ['input', 'environment'] }),
  );
  if (early) closed.unshift(early);
  if (closed.length > 0) throw new UserErrors(closed);
}
