import { toRecordCounts } from '../domain/model/record-count.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { Environment } from '../domain/model/run.js';
import { reconcile } from '../domain/verify/reconcile.js';
import { newestListings } from '../store/readings.js';
import { reconciliationFacts } from '../store/reconciliations.js';
import { changePhase } from '../store/run-phases.js';
import type { RunWork } from '../store/run-work.js';

/**
 * Says before a load how many records of each type there are, so that its progress has totals while it runs: those of the source, or those
 * of the sample that was chosen. The end of the run counts them again.
 */
export async function announceTotals(
  work: RunWork,
  phases: readonly { name: string; recordType: RecordType | null }[],
  environment: Environment,
): Promise<void> {
  const { runId } = work.lease;
  const totals = await (environment === 'SANDBOX' ? totalsOfSample(work) : totalsOfSource(work));
  await work.fencedTransaction(async tx => {
    for (const { name, recordType } of phases) {
      const source = recordType && totals.get(recordType);
      if (typeof source === 'number') await changePhase(tx, runId, name, { source });
    }
  });
}

type Totals = Map<RecordType, number | null>;

async function totalsOfSource({ lease: { projectId }, transaction }: RunWork): Promise<Totals> {
  const listings = (await transaction(tx => newestListings(tx, [projectId]))).get(projectId) ?? [];
  return new Map(toRecordCounts(listings).map(({ recordType, source }) => [recordType, source]));
}

async function totalsOfSample({ lease: { projectId }, transaction }: RunWork): Promise<Totals> {
  const { rows } = reconcile(await transaction(tx => reconciliationFacts(tx, projectId, 'SANDBOX')));
  return new Map(rows.map(({ recordType, staged }) => [recordType, staged]));
}
