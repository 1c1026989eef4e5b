import type { Page } from '../domain/model/page.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { Environment } from '../domain/model/run.js';
import { reconcile as reconcileFacts } from '../domain/verify/reconcile.js';
import type { FieldFidelity, Reconciliation } from '../domain/verify/reconciliation.js';
import { purgesOf } from '../store/purges.js';
import {
  differenceList,
  fieldFidelities,
  type ListedDifference,
  pagesOfDifferences,
  reconciliationFactsOf,
} from '../store/reconciliations.js';
import { type RecordVerification, recordVerifications } from '../store/record-verifications.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { differenceCursor, type PageRequest, readPage } from './cursor.js';

/** The reconciliation of each project; of a purged one as it was before. */
export async function reconcile(
  context: OperationContext,
  projectIds: readonly string[],
  environment: Environment,
): Promise<Reconciliation[]> {
  const { facts, purges } = await within(context, async tx => ({
    facts: await reconciliationFactsOf(tx, projectIds, environment),
    purges: await purgesOf(tx, projectIds),
  }));
  return projectIds.map((id, index) => purges.get(id)?.reconciliations[environment] ?? reconcileFacts(facts[index]!));
}

/** The comparison by field of each project. */
export function listFidelity(
  context: OperationContext,
  projectIds: readonly string[],
  environment: Environment,
): Promise<FieldFidelity[][]> {
  return within(context, tx => fieldFidelities(tx, projectIds, environment));
}

/** A page of each project. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listDifferences(
  context: OperationContext,
  projectIds: readonly string[],
  { environment, ...page }: PageRequest & { environment: Environment },
): Promise<Page<ListedDifference>[]> {
  const window = readPage(page, differenceCursor);
  const list = differenceList(environment);
  return countedPages(context, list, projectIds, tx => pagesOfDifferences(tx, list, projectIds, window));
}

/** The last read-back of one record of each project. */
export async function findRecordVerifications(
  context: OperationContext,
  projectIds: readonly string[],
  { environment, ...record }: { environment: Environment; recordType: RecordType; sourceId: string },
): Promise<(RecordVerification | null)[]> {
  const found = await within(context, tx => recordVerifications(tx, projectIds, environment, record));
  return projectIds.map(id => found.get(id) ?? null);
}
