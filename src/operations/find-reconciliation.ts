import type { Difference, FieldFidelity, Reconciliation } from '../domain/load/reconciliation.js';
import type { Environment } from '../domain/run.js';
import { fieldFidelity, pageOfDifferences, reconciliationOf } from '../store/reconciliations.js';
import { type OperationContext, within } from './context.js';
import { checkFirst } from './input-check.js';

export function reconcile(context: OperationContext, projectId: string, environment: Environment): Promise<Reconciliation> {
  return within(context, tx => reconciliationOf(tx, projectId, environment));
}

export function listFidelity(context: OperationContext, projectId: string, environment: Environment): Promise<FieldFidelity[]> {
  return within(context, tx => fieldFidelity(tx, projectId, environment));
}

/** @throws UserError INVALID_INPUT */
export function listDifferences(
  context: OperationContext,
  projectId: string,
  environment: Environment,
  first: number,
  after: number,
): Promise<{ items: Difference[]; hasNextPage: boolean }> {
  checkFirst(first);
  return within(context, tx => pageOfDifferences(tx, projectId, environment, first, after));
}
