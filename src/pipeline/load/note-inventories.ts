import type { NewCrosswalkEntry } from '../../domain/crosswalk.js';
import { inventoryDocuments } from '../../domain/inventories.js';
import { stagedPortion } from '../../store/staged-records.js';
import type { Loading } from './loading.js';

const atOnce = 500;

/** Notes where the records went that are only written down: into which document. */
export async function noteInventories(x: Loading): Promise<void> {
  for (const { recordType, listing, document } of inventoryDocuments) {
    for (let after = ''; ; ) {
      const portion = await x.work.read(tx => stagedPortion(tx, x.scope.projectId, listing, after, atOnce));
      if (portion.length === 0) break;
      const ids = portion.map(({ sourceId }) => sourceId);
      const entry = (sourceId: string): NewCrosswalkEntry => ({
        sourceType: recordType,
        sourceId,
        destinationType: 'DOCUMENT',
        destinationId: document(sourceId),
        conversationId: null,
        origin: 'CREATED',
        preImage: null,
      });
      await x.journal.commit({
        crosswalk: ids.map(entry),
        verifications: ids.map(sourceId => ({
          recordType,
          sourceId,
          destinationId: document(sourceId),
          outcomes: { record: { equal: 1 } },
          differences: [],
          covers: [{ recordType, sourceIds: [sourceId] }],
        })),
      });
      after = portion.at(-1)!.sourceId;
    }
  }
}
