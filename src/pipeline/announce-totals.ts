import { toRecordCounts } from '../domain/model/record-count.js';
import type { RecordType } from '../domain/model/record-type.js';
import { newestListings } from '../store/readings.js';
import { changePhase } from '../store/run-phases.js';
import type { RunWork } from '../store/run-work.js';

/**
 * Says at the start of a load how many records of each type the source has, so that its progress has totals while it runs. The end of
 * the run counts them again.
 */
export async function announceTotals(
  work: RunWork,
  phases: readonly { name: string; recordType: RecordType | null }[],
): Promise<void> {
  const { projectId, runId } = work.lease;
  const listings = (await work.transaction(tx => newestListings(tx, [projectId]))).get(projectId) ?? [];
  const totals = new Map(toRecordCounts(listings).map(({ recordType, source }) => [recordType, source]));
  await work.fencedTransaction(async tx => {
    for (const { name, recordType } of phases) {
      const source = recordType && totals.get(recordType);
      if (typeof source === 'number') await changePhase(tx, runId, name, { source });
    }
  });
}
