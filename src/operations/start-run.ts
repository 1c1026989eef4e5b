import { UserError, UserErrors } from '../domain/model/errors.js';
import { sideOf } from '../domain/model/gates.js';
import { type IssueRetry, planOfRetry } from '../domain/model/load-plan.js';
import type { Project } from '../domain/model/project.js';
import { type Environment, type Run, type RunKind, workspaceKinds } from '../domain/model/run.js';
import {
  needsMapping,
  type RunChoice,
  type StartFacts,
  sourceBusy,
  startRefusals,
  workspaceBusy,
} from '../domain/model/start-refusals.js';
import { violates } from '../store/failures.js';
import { lockProject } from '../store/projects.js';
import { insertPlan } from '../store/rollback-plans.js';
import { insertRun, runById } from '../store/runs.js';
import { startFactsOf } from '../store/start-facts.js';
import type { Tx } from '../store/transaction.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { checkLaterKind } from './later-run-gates.js';
import { type LoadPlanInput, loadPlanOf } from './load-plan-input.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';
import { checkPlanInput, planToCarryOut } from './rollback-gate.js';

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
 *   RUN_ALREADY_ACTIVE, WORKSPACE_BUSY, INVALID_INPUT,
 *   and the codes of `startRefusals`; of a ROLLBACK those of `planToCarryOut`
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
 * @param retry the issues that it is limited to
 * @returns its id
 * @throws UserError if it must not be started
 */
export async function insertBoundRun(
  tx: Tx,
  project: Project,
  asked: Omit<StartRunInput, 'projectId'>,
  retry: IssueRetry | null = null,
): Promise<string> {
  const { kind } = asked;
  const environment = asked.environment ?? null;
  const { plan, notBefore } = loadPlanOf(kind, asked);
  const [facts] = await startFactsOf(tx, [project], environment ?? 'PRODUCTION');
  const choice = { kind, environment };
  const refusals = startRefusals(facts!, choice);
  if (refusals.length > 0) throw new UserErrors(refusals);
  const { mappingVersionId, workspaceId } = boundTo(facts!, choice);
  const rollbackPlan =
    kind === 'ROLLBACK' && asked.dryRun !== true
      ? await planToCarryOut(tx, project.id, environment!, workspaceId, asked.planHash ?? null)
      : null;
  const owner = { projectId: project.id, organizationId: project.organizationId };
  const runId = await insertRun(tx, {
    ...owner,
    kind,
    environment,
    mappingVersionId,
    workspaceId,
    sampleSize: asked.sampleSize ?? null,
    loadPlan: retry ? planOfRetry(retry) : plan,
    notBefore,
  });
  if (kind === 'ROLLBACK') await insertPlan(tx, { ...owner, runId, environment: environment! }, rollbackPlan);
  return runId;
}

/** The coded error for a run that conflicts with another one; any other error as it is. */
export function startErrorOf(error: unknown): unknown {
  if (violates(error, 'runs_one_writer_key')) return workspaceBusy();
  return violates(error, 'runs_one_reader_key') ? sourceBusy() : error;
}

/** The mapping version and the workspace that the run is bound to. */
function boundTo({ gates }: StartFacts, choice: RunChoice): Pick<Run, 'mappingVersionId' | 'workspaceId'> {
  const { environment } = choice;
  const side = environment && workspaceKinds.includes(choice.kind) ? sideOf(environment) : null;
  const connection = gates.connections.find(each => each.side === side);
  return {
    mappingVersionId: needsMapping(choice) ? gates.mappingVersionId : null,
    workspaceId: connection ? connection.workspaceId : null,
  };
}
