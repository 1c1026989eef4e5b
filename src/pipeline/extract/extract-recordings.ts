import { phoneForms, type RecordingAvailability } from '../../domain/model/call-recording.js';
import type { NewIssue } from '../../domain/model/issue.js';
import { recordOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import type { CallShape } from '../../domain/model/source-shapes.js';
import { type BlobStore, BlobTooLarge } from '../../domain/ports/blob-store.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Source, SourceListing } from '../../domain/ports/source.js';
import { parseZonedDate } from '../../domain/text/zoned-date.js';
import { callOf } from '../../sources/shapes.js';
import { accountLocale } from '../../store/account-locale.js';
import { countRecordings, recordingsOf, type StoredRecording, saveRecording } from '../../store/call-recordings.js';
import { raiseIssues } from '../../store/issues.js';
import { reportProgress } from '../../store/run-leases.js';
import { changePhase, countInPhase } from '../../store/run-phases.js';
import type { RunWork } from '../../store/run-work.js';
import { stagedBatch } from '../../store/staged-records.js';
import { answers } from './answers.js';
import { eachDownload } from './each-download.js';
import type { Missed } from './file-host.js';
import { HeadOf } from './head-of.js';
import { issueOf } from './listing-work.js';

/** Recordings have no listing at the source. A call has one or none. */
export const recordingListing: SourceListing = {
  name: listingOf('RECORDING'),
  recordType: 'RECORDING',
  shape: 'DETAILS',
  observed: false,
  byId: true,
  since: false,
};

const maxBytes = 2 * 1024 ** 3;
const batchSize = 500;
/** The maximum of the column. */
const longestCall = 2_147_483_647;

type Facts = Omit<StoredRecording, 'availability' | 'reason' | 'contentType' | 'sha256' | 'byteSize'>;
type Result = Pick<StoredRecording, 'availability' | 'reason' | 'contentType' | 'sha256' | 'byteSize'>;

/**
 * Downloads the recording of each call that can have one and whose recording is not stored or definitely missing. Each failure
 * has its own availability.
 * @param onlyNew recordings that were forbidden before are not requested again
 */
export async function extractRecordings(work: RunWork, source: Source, blobs: BlobStore, onlyNew = false): Promise<void> {
  const { lease } = work;
  await work.fencedTransaction(tx => changePhase(tx, lease.runId, recordingListing.name, { state: 'RUNNING' }));
  await announceRecordings(work);
  // If the plan does not allow downloads, the first refusal applies to all.
  let forbidden: string | null = null;
  let plan: Promise<boolean> | undefined;
  const planForbids = () => {
    plan ??= source.plan().then(({ recordingDownload }) => recordingDownload === false);
    return plan;
  };
  let witness: Facts | undefined;
  let counted = source.calls;
  const save = async (facts: Facts, result: Result) => {
    const calls = source.calls - counted;
    counted = source.calls;
    await work.fencedTransaction(async tx => {
      await saveRecording(tx, lease, { ...facts, ...result });
      await raiseIssues(tx, lease, result.availability === 'DOWNLOADED' ? [] : [issueFor(facts.callId, result)]);
      const staged = result.availability === 'DOWNLOADED' ? 1 : 0;
      tx.used.bytesStored += result.byteSize ?? 0;
      await countInPhase(tx, lease.runId, recordingListing.name, { staged, skipped: 0, failed: 0, apiCalls: calls });
      // The run continues, so it no longer waits.
      await reportProgress(tx, lease, 0, null);
    });
  };
  await eachDownload<Facts>({
    items: callsToAsk(work, blobs, onlyNew, facts => {
      witness ??= facts;
    }),
    hostOf: () => '',
    ask: async facts => {
      work.checkHalt();
      const got = forbidden === null ? await fetch(source, blobs, facts.callId) : failed('FORBIDDEN', forbidden);
      if ('failure' in got) return got;
      if (got.availability === 'FORBIDDEN' && (await planForbids())) forbidden = got.reason;
      await save(facts, got);
      return null;
    },
    witnessOf: () => witness,
    isThere: ({ callId }) => answers(keep => source.recording(callId, keep)),
    giveUp: async (facts, { failure, began }, isHostDown) => {
      work.checkHalt();
      await save(
        facts,
        failed(
          isHostDown || failure.kind === 'RATE_LIMITED'
            ? 'PENDING'
            : began || failure.kind === 'NOT_JSON'
              ? 'CORRUPT'
              : 'MISSING',
          failure.message,
        ),
      );
    },
  });
  const { all, DOWNLOADED, PENDING } = await work.transaction(tx => countRecordings(tx, lease.projectId));
  await work.fencedTransaction(tx =>
    changePhase(tx, lease.runId, recordingListing.name, {
      state: PENDING === 0 ? 'SUCCEEDED' : 'INCOMPLETE',
      source: all,
      staged: DOWNLOADED,
      skipped: all - DOWNLOADED - PENDING,
      failed: PENDING,
    }),
  );
}

/** So that progress has a total: the recordings that are known, and those that calls can have. */
async function announceRecordings(work: RunWork): Promise<void> {
  let source = 0;
  for await (const calls of allCalls(work))
    source += calls.filter(({ call, known }) => known !== null || call.mayBeRecorded).length;
  await work.fencedTransaction(tx => changePhase(tx, work.lease.runId, recordingListing.name, { source }));
}

/** All staged calls with what is known of their recordings, some at a time. */
async function* allCalls(work: RunWork) {
  const { projectId } = work.lease;
  for (let after = ''; ; ) {
    work.checkHalt();
    const batch = await work.transaction(tx => stagedBatch(tx, projectId, listingOf('CALL'), after, batchSize));
    if (batch.length === 0) return;
    const ids = batch.map(({ sourceId }) => sourceId);
    const known = await work.transaction(tx => recordingsOf(tx, projectId, ids));
    yield batch.map(({ sourceId, raw }) => ({ sourceId, call: callOf(recordOf(raw)), known: known.get(sourceId) ?? null }));
    after = ids.at(-1)!;
  }
}

/** @param onKept called with each call whose recording is stored */
async function* callsToAsk(
  work: RunWork,
  blobs: BlobStore,
  onlyNew: boolean,
  onKept: (facts: Facts) => void,
): AsyncGenerator<Facts> {
  const locale = await work.transaction(tx => accountLocale(tx, work.lease.projectId));
  for await (const calls of allCalls(work)) {
    for (const { sourceId, call, known } of calls) {
      work.checkHalt();
      const { availability, sha256 } = known ?? { availability: 'PENDING' as const, sha256: null };
      // One whose bytes were lost is read again.
      const isLost = availability === 'DOWNLOADED' && (sha256 === null || (await blobs.size(sha256)) === null);
      const state = isLost ? 'PENDING' : availability;
      if (state === 'DOWNLOADED') onKept(factsOf(sourceId, call, locale));
      if ((state === 'PENDING' || (state === 'FORBIDDEN' && !onlyNew)) && call.mayBeRecorded)
        yield factsOf(sourceId, call, locale);
    }
  }
}

function factsOf(callId: string, call: CallShape, { timeZone, country }: { timeZone: string; country: string | null }): Facts {
  const { ticketId, contactId, agentId, phone, startedDates, durationSeconds: seconds } = call;
  const dates = startedDates.map(date => parseZonedDate(date, timeZone));
  return {
    callId,
    ticketId,
    contactId,
    agentId,
    phone: phone || null,
    phones: phoneForms(phone, country),
    startedAt: dates.find(date => date !== null) ?? null,
    // An impossible duration is only in the note of the call.
    durationSeconds: seconds >= 0 && seconds <= longestCall ? seconds : null,
  };
}

const failed = (availability: RecordingAvailability, reason: string | null): Result => ({
  availability,
  reason,
  contentType: null,
  sha256: null,
  byteSize: null,
});

async function fetch(source: Source, blobs: BlobStore, callId: string): Promise<Result | Missed> {
  const head = new HeadOf(8);
  try {
    const { blob, contentType } = await source.recording(callId, bytes => blobs.put(head.watch(bytes), maxBytes));
    if (blob.byteSize === 0) return failed('CORRUPT', 'It is empty.');
    const announced = riffLength(head.bytes);
    if (announced !== null && blob.byteSize < announced)
      return failed('CORRUPT', `Its header announces ${announced} bytes, and it has ${blob.byteSize}.`);
    return { availability: 'DOWNLOADED', reason: null, contentType: contentType.split(';')[0]!.trim() || null, ...blob };
  } catch (error) {
    if (error instanceof BlobTooLarge) return failed('CORRUPT', error.message);
    if (!(error instanceof CallFailure) || error.kind === 'UNAUTHORIZED') throw error;
    const availability = error.details.status === 416 ? 'CORRUPT' : certain[error.kind];
    return availability ? failed(availability, error.message) : { failure: error, began: head.began };
  }
}

/** Definite answers. After any other failure the download can succeed later. */
const certain: Partial<Record<CallFailure['kind'], RecordingAvailability>> = {
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'MISSING',
  GONE: 'EXPIRED',
  TRUNCATED: 'CORRUPT',
  TOO_LARGE: 'MISSING',
  PRIVATE_HOST: 'MISSING',
  REJECTED: 'MISSING',
};

/**
 * The length in the header of a WAV file; null for other files, and for headers that were written before the length was known.
 */
function riffLength(head: Buffer): number | null {
  if (head.length < 8 || head.toString('latin1', 0, 4) !== 'RIFF') return null;
  const length = head.readUInt32LE(4);
  return length === 0 || length >= 0xffffff00 ? null : length + 8;
}

const hints: Record<Exclude<RecordingAvailability, 'DOWNLOADED'>, string> = {
  FORBIDDEN: 'Extend the plan of the account and start the extraction again.',
  EXPIRED: 'There is nothing to do: the source has deleted it.',
  MISSING: 'There is nothing to do: the call names a recording that the source does not have.',
  CORRUPT: 'Download it by hand from the source, if it plays there.',
  PENDING: 'The source returns no recordings. Fix that, then start the extraction again.',
};

function issueFor(callId: string, { availability, reason }: Result): NewIssue {
  const isOpen = availability === 'PENDING';
  return issueOf(
    recordingListing,
    isOpen ? 'DETAIL_FAILED' : 'RECORDING_UNAVAILABLE',
    isOpen ? 'ERROR' : 'WARNING',
    callId,
    `The recording of call ${callId} is not available (${availability}): ${reason}`,
    hints[availability as Exclude<RecordingAvailability, 'DOWNLOADED'>],
  );
}
