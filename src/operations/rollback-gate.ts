import { type ErrorCode, UserError, UserErrors } from '../domain/model/errors.js';
import { rollbackBlockers, sideOf } from '../domain/model/gates.js';
import type { Project } from '../domain/model/project.js';
import type { Environment, Run, RunKind } from '../domain/model/run.js';
import { connectionsOf } from '../store/connections.js';
import { confirmedMapping } from '../store/mappings.js';
import { hasWrittenSince, newestPlan, type RollbackPlan } from '../store/rollback-plans.js';
import type { Tx } from '../store/transaction.js';

/** Of a run that is to be started: which kind, whether it only plans, and the plan that it carries out. */
export interface PlanInput {
  kind: RunKind;
  dryRun?: boolean | null;
  planHash?: string | null;
}

/** @throws UserError INVALID_INPUT where it asks for a plan, or names one, for another kind than ROLLBACK, or both at once */
export function checkPlanInput({ kind, dryRun, planHash }: PlanInput): void {
  const named = planHash !== undefined && planHash !== null;
  const refuse = (message: string, field: string) => new UserError('INVALID_INPUT', message, { path: ['input', field] });
  if (kind !== 'ROLLBACK' && dryRun === true) throw refuse('Give dryRun with the kind ROLLBACK alone.', 'dryRun');
  if (kind !== 'ROLLBACK' && named) throw refuse('Give planHash with the kind ROLLBACK alone.', 'planHash');
  if (dryRun === true && named) throw refuse('Give dryRun to make a plan, or planHash to carry one out.', 'planHash');
}

/**
 * What a rollback is pinned to, and the plan that it carries out; null where it makes one.
 * @throws UserError PROJECT_CLOSED, PLAN_REQUIRED, PLAN_STALE; UserErrors with the codes of `rollbackBlockers`
 */
export async function rollbackPin(
  tx: Tx,
  project: Project,
  environment: Environment,
  { dryRun, planHash }: PlanInput,
): Promise<Pick<Run, 'mappingVersionId' | 'workspaceId'> & { plan: RollbackPlan | null }> {
  if (project.stage === 'CLOSED')
    throw new UserError('PROJECT_CLOSED', 'The project is closed: it can no longer be rolled back.', {
      path: ['input', 'projectId'],
    });
  const connections = await connectionsOf(tx, [project.id]);
  const blockers = rollbackBlockers({ connections }, environment);
  if (blockers.length > 0)
    throw new UserErrors(
      blockers.map(({ code, message }) => new UserError(code as ErrorCode, message, { path: ['input', 'environment'] })),
    );
  const { workspaceId } = connections.find(({ side }) => side === sideOf(environment))!;
  const mappingVersionId = (await confirmedMapping(tx, project.id))?.id ?? null;
  const plan = dryRun === true ? null : await planToCarryOut(tx, project.id, environment, workspaceId, planHash ?? null);
  return { mappingVersionId, workspaceId, plan };
}

async function planToCarryOut(
  tx: Tx,
  projectId: string,
  environment: Environment,
  workspaceId: string | null,
  planHash: string | null,
): Promise<RollbackPlan> {
  const path = ['input', 'planHash'];
  if (planHash === null)
    throw new UserError('PLAN_REQUIRED', 'Make a plan with dryRun, review it, and name its planHash.', { path });
  const plan = await newestPlan(tx, projectId, environment);
  const isNewest = plan !== null && plan.planHash === planHash && plan.workspaceId === workspaceId;
  if (!isNewest || (await hasWrittenSince(tx, projectId, environment, plan.plannedAt)))
    throw new UserError(
      'PLAN_STALE',
      'Make a new plan with dryRun and review it: this one is not the newest, or runs have written since.',
      {
        path,
      },
    );
  return plan;
}
