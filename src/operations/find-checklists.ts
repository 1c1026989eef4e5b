import { gateFactsOf } from '../domain/model/gates.js';
import { type ChecklistItem, provisioningChecklist } from '../domain/model/provisioning-checklist.js';
import type { Environment } from '../domain/model/run.js';
import { storedGateFactsOf } from '../store/gate-facts.js';
import { checksOf } from '../store/provisioning-checks.js';
import { type OperationContext, within } from './context.js';

/** For each project, what only people can do in a workspace. */
export function findChecklists(
  context: OperationContext,
  projectIds: readonly string[],
  environment: Environment,
): Promise<ChecklistItem[][]> {
  return within(context, async tx => {
    const stored = await storedGateFactsOf(tx, projectIds, environment);
    const checks = await checksOf(tx, projectIds, environment);
    return projectIds.map((id, index) =>
      provisioningChecklist(gateFactsOf(stored[index]!, environment), environment, checks.get(id) ?? []),
    );
  });
}
