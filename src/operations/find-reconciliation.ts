import type { Environment } from '../domain/model/run.js';
import { reconcile as reconcileFacts } from '../domain/verify/reconcile.js';
import type { Difference, FieldFidelity, Reconciliation } from '../domain/verify/reconciliation.js';
import { fieldFidelities, pagesOfDifferences, reconciliationFactsOf } from '../store/reconciliations.js';
import { type OperationContext, within } from './context.js';
import { checkFirst } from './input-check.js';

/** Of each project. */
export async function reconcile(
  context: OperationContext,
  projectIds: readonly string[],
  environment: Environment,
): Promise<Reconciliation[]> {
  const facts = await within(context, tx => reconciliationFactsOf(tx, projectIds, environment));
  return facts.map(reconcileFacts);
}

/** Of each project. */
export function listFidelity(
  context: OperationContext,
  projectIds: readonly string[],
  environment: Environment,
): Promise<FieldFidelity[][]> {
  return within(context, tx => fieldFidelities(tx, projectIds, environment));
}

/** A page of each project. @throws UserError INVALID_INPUT */
export async function listDifferences(
  context: OperationContext,
  projectIds: readonly string[],
  { environment, first, after }: { environment: Environment; first: number; after: number },
): Promise<{ items: Difference[]; hasNextPage: boolean }[]> {
  checkFirst(first);
  return within(context, tx => pagesOfDifferences(tx, projectIds, environment, first, after));
}
