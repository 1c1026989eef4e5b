import { UserError } from '../domain/model/errors.js';
import type { Environment, RunKind } from '../domain/model/run.js';
import { hasWrittenSince, newestPlan, type RollbackPlan } from '../store/rollback-plans.js';
import type { Tx } from '../store/transaction.js';

/** What a caller says about a plan. */
interface PlanInput {
  kind: RunKind;
  dryRun?: boolean | null;
  planHash?: string | null;
}

/** @throws UserError INVALID_INPUT if it asks for a plan or names one for another kind than ROLLBACK, or does both */
export function checkPlanInput({ kind, dryRun, planHash }: PlanInput): void {
  const named = planHash !== undefined && planHash !== null;
  const refuse = (message: string, field: string) => new UserError('INVALID_INPUT', message, { path: ['input', field] });
  if (kind !== 'ROLLBACK' && dryRun === true) throw refuse('Give dryRun with the kind ROLLBACK alone.', 'dryRun');
  if (kind !== 'ROLLBACK' && named) throw refuse('Give planHash with the kind ROLLBACK alone.', 'planHash');
  if (dryRun === true && named) throw refuse('Give dryRun to make a plan, or planHash to carry one out.', 'planHash');
}

/** The plan that a rollback carries out. @throws UserError PLAN_REQUIRED, PLAN_STALE */
export async function planToCarryOut(
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
