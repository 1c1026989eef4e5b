import { createHash } from 'node:crypto';
import type { Destination } from '../../domain/ports/destination.js';
import type { ReadBack } from '../../domain/ports/read-back.js';
import { comparisons } from '../../domain/verify/comparisons.js';
import { gone, type VerifiedRecord } from '../../domain/verify/verification.js';
import { verifiedConversation } from '../../domain/verify/verified-conversation.js';
import type { LoadScope } from '../../store/load-scope.js';
import type { RunWork } from '../../store/run-work.js';
import { outcomeOf } from './outcome.js';

/** One conversation of this many is read by a call of its own. For the others the answer to the last write counts. */
const sampleOf = 20;

const isSampled = (sourceId: string) => createHash('md5').update(sourceId).digest()[0]! % sampleOf === 0;

/** What loaders read back while they load: records that are not read by `verifyRecords`. */
export function createReadBack({
  work,
  scope,
  destination,
}: {
  work: RunWork;
  scope: LoadScope;
  destination: Destination;
}): ReadBack {
  const outcome = (...verified: VerifiedRecord[]) => work.transaction(tx => outcomeOf(tx, scope, verified));
  const readConversation: ReadBack['readConversation'] = (expected, view, more) =>
    outcome(...verifiedConversation(expected, view, more));
  return {
    async collection({ draft, fields, id }, written) {
      const { sourceId } = draft;
      const view = (await destination.collection(id)) ?? written;
      const verification = view ? comparisons.CATEGORY(draft, await fields(), view) : gone;
      const covers: VerifiedRecord['covers'] = [{ recordType: 'CATEGORY', sourceIds: [sourceId] }];
      return outcome({ recordType: 'CATEGORY', sourceId, destinationId: id, ...verification, covers });
    },
    async article({ draft, fields, missingLanguages, id }) {
      const { sourceId, images } = draft;
      const view = await destination.article(id, draft.isInternal);
      if (!view) return null;
      const verification = comparisons.ARTICLE(draft, fields, view, missingLanguages);
      const covers: VerifiedRecord['covers'] = [
        { recordType: 'ARTICLE', sourceIds: [sourceId] },
        { recordType: 'ATTACHMENT', sourceIds: images.map(each => each.id) },
      ];
      return { view, outcome: await outcome({ recordType: 'ARTICLE', sourceId, destinationId: id, ...verification, covers }) };
    },
    async conversation({ sourceId, id, expected }, answer) {
      const view = answer && !isSampled(sourceId) ? answer : await destination.conversation(id);
      return view ? readConversation(expected(), view) : null;
    },
    readConversation,
    lost: (recordType, sourceId, destinationId) => outcome({ recordType, sourceId, destinationId, ...gone, covers: [] }),
    recording(callId, path, byteSize) {
      const covers: VerifiedRecord['covers'] = [{ recordType: 'RECORDING', sourceIds: [callId] }];
      const verification = comparisons.RECORDING(byteSize);
      return outcome({ recordType: 'RECORDING', sourceId: callId, destinationId: path, ...verification, covers });
    },
  };
}
