import { type RecordCount, toRecordCounts } from '../domain/model/record-count.js';
import type { Environment } from '../domain/model/run.js';
import { reconcile } from '../domain/verify/reconcile.js';
import { newestListings } from '../store/readings.js';
import { reconciliationFactsOf } from '../store/reconciliations.js';
import { projectsWithRunIn } from '../store/runs.js';
import { type OperationContext, within } from './context.js';

/**
 * The counts of each project, from its newest extraction or delta, which includes what earlier runs staged. A type that has
 * been loaded is counted as the reconciliation counts it.
 */
export async function countRecords(
  context: OperationContext,
  projectIds: readonly string[],
  environment: Environment,
): Promise<RecordCount[][]> {
  return within(context, async tx => {
    const read = await newestListings(tx, projectIds);
    const loaded = [...(await projectsWithRunIn(tx, [...read.keys()], environment))];
    const facts = loaded.length === 0 ? [] : await reconciliationFactsOf(tx, loaded, environment);
    const rowsOf = new Map(loaded.map((id, index) => [id, reconcile(facts[index]!).rows]));
    return projectIds.map(projectId => {
      const listings = read.get(projectId);
      if (!listings) return [];
      return toRecordCounts(listings).map(count => {
        const row = rowsOf.get(projectId)?.find(each => each.recordType === count.recordType);
        return row && row.loaded + row.failed > 0 ? { ...row, source: count.source } : count;
      });
    });
  });
}
