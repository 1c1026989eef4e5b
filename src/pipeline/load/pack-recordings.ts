import { crosswalkEntry } from '../../domain/model/crosswalk.js';
import { listingOf } from '../../domain/model/record-types.js';
import { packagePath } from '../../domain/text/package-paths.js';
import { type StoredRecording, unpackedRecordings } from '../../store/call-recordings.js';
import type { LoadEntry } from './engine/load-journal.js';
import type { Loading } from './engine/loading.js';

const batchSize = 100;

/** Adds each downloaded recording to the package, if its bytes have not changed. */
export async function packRecordings(context: Loading): Promise<void> {
  for (let after = ''; ; ) {
    const batch = await context.work.transaction(tx => unpackedRecordings(tx, context.scope, after, batchSize));
    if (batch.length === 0) return;
    for (const recording of batch) {
      context.work.checkHalt();
      await context.journal.commit(await packed(context, recording));
    }
    after = batch.at(-1)!.callId;
  }
}

async function packed(context: Loading, { callId, contentType, sha256, byteSize }: StoredRecording): Promise<LoadEntry> {
  const path = packagePath(callId, contentType);
  const kept = await context.blobs.state(sha256!);
  const state = {
    recordType: 'RECORDING' as const,
    sourceId: callId,
    destinationId: path,
    digest: sha256,
    code: kept === 'KEPT' ? null : 'LOAD_FAILED',
  };
  if (kept !== 'KEPT') {
    const issue = {
      code: 'LOAD_FAILED' as const,
      severity: 'ERROR' as const,
      recordType: 'RECORDING' as const,
      listing: listingOf('RECORDING'),
      sourceId: callId,
      about: context.scope.environment,
      message: `The stored recording of call ${callId} is ${kept === 'MISSING' ? 'missing' : 'not what was downloaded'}.`,
      hint: 'Restore DATA_DIR from its backup and start the run again.',
    };
    return { states: [{ ...state, state: 'FAILED' }], issues: [issue] };
  }
  return {
    crosswalk: [crosswalkEntry(['RECORDING', callId], ['DOCUMENT', path])],
    states: [{ ...state, state: 'DONE' }],
    ...(await context.readBack.recording(callId, path, byteSize)),
  };
}
