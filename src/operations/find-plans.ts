import { plansOfRuns, type RollbackPlan } from '../store/rollback-plans.js';
import { type OperationContext, within } from './context.js';

/** The plan of each run; null for runs that have none. */
export async function findPlans(context: OperationContext, runIds: readonly string[]): Promise<(RollbackPlan | null)[]> {
  const plans = await within(context, tx => plansOfRuns(tx, runIds));
  return runIds.map(id => plans.get(id) ?? null);
}
