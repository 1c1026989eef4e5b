import type { RecordType } from '../domain/model/record-type.js';
import type { Environment, RunPhase } from '../domain/model/run.js';
import { reconcile } from '../domain/verify/reconcile.js';
import { newestListings } from '../store/readings.js';
import { reconciliationFactsOf } from '../store/reconciliations.js';
import { projectsWithRunIn } from '../store/runs.js';
import { type OperationContext, within } from './context.js';

/** Numbers of records of one type: at the source, in staging and in the workspace. */
export interface RecordCount {
  recordType: RecordType;
  source: number | null;
  staged: number;
  loaded: number;
  verified: number;
  skipped: number;
  failed: number;
}

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

/** One count for each type: the sum over its listings. The number at the source is null if one listing does not return it. */
export function toRecordCounts(phases: readonly RunPhase[]): RecordCount[] {
  const counts = new Map<RecordType, RecordCount>();
  for (const { recordType, source, staged, skipped, failed } of phases) {
    if (!recordType) continue;
    const known = counts.get(recordType);
    if (!known) counts.set(recordType, { recordType, source, staged, loaded: 0, verified: 0, skipped, failed });
    else {
      known.source = known.source === null || source === null ? null : known.source + source;
      known.staged += staged;
      known.skipped += skipped;
      known.failed += failed;
    }
  }
  return [...counts.values()];
}
