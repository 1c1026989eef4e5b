import { phoneForms, type RecordingAvailability } from '../../domain/model/call-recording.js';
import type { NewIssue } from '../../domain/model/issue.js';
import { type Fields, numberOf, recordOf, textOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import { type BlobStore, BlobTooLarge } from '../../domain/ports/blob-store.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Source, SourceListing } from '../../domain/ports/source.js';
import { parseZonedDate } from '../../domain/text/zoned-date.js';
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

/** Recordings have no listing of their own: a call has one, or has none. */
export const recordingListing: SourceListing = {
  name: 'recordings',
  recordType: 'RECORDING',
  shape: 'DETAILS',
  observed: false,
  byId: true,
  since: false,
};

const maxBytes = 2 * 1024 ** 3;
const batchSize = 500;
/** As many seconds as the column holds. */
const longestCall = 2_147_483_647;

type Facts = Omit<StoredRecording, 'availability' | 'reason' | 'contentType' | 'sha256' | 'byteSize'>;
type Fate = Pick<StoredRecording, 'availability' | 'reason' | 'contentType' | 'sha256' | 'byteSize'>;

/**
 * Downloads the recording of each call that may have one and is not kept or gone for good; what can't be had is told apart.
 * @param onlyNew what was forbidden before is not asked for again
 */
export async function extractRecordings(work: RunWork, source: Source, blobs: BlobStore, onlyNew = false): Promise<void> {
  const { lease } = work;
  await work.fencedTransaction(tx => changePhase(tx, lease.runId, recordingListing.name, { state: 'RUNNING' }));
  // Where the plan forbids them all, the first refusal speaks for the rest.
  let forbidden: string | null = null;
  let plan: Promise<boolean> | undefined;
  const planForbids = () => {
    plan ??= source.plan().then(({ recordingDownload }) => recordingDownload === false);
    return plan;
  };
  let witness: Facts | undefined;
  let counted = source.calls;
  const save = async (facts: Facts, fate: Fate) => {
    const calls = source.calls - counted;
    counted = source.calls;
    await work.fencedTransaction(async tx => {
      await saveRecording(tx, lease, { ...facts, ...fate });
      await raiseIssues(tx, lease, fate.availability === 'DOWNLOADED' ? [] : [issueFor(facts.callId, fate)]);
      const staged = fate.availability === 'DOWNLOADED' ? 1 : 0;
      await countInPhase(tx, lease.runId, recordingListing.name, { staged, skipped: 0, failed: 0, apiCalls: calls });
      // It moves on, whatever it has waited for.
      await reportProgress(tx, lease, 0, null);
    });
  };
  await eachDownload<Facts>({
    items: callsToAsk(work, onlyNew, facts => {
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

/** @param onKept told of those whose recording is kept */
async function* callsToAsk(work: RunWork, onlyNew: boolean, onKept: (facts: Facts) => void): AsyncGenerator<Facts> {
  const { projectId } = work.lease;
  const locale = await work.transaction(tx => accountLocale(tx, projectId));
  for (let after = ''; ; ) {
    const batch = await work.transaction(tx => stagedBatch(tx, projectId, listingOf('CALL'), after, batchSize));
    if (batch.length === 0) return;
    const known = await work.transaction(tx =>
      recordingsOf(
        tx,
        projectId,
        batch.map(({ sourceId }) => sourceId),
      ),
    );
    for (const { sourceId, raw } of batch) {
      work.checkHalt();
      const call = recordOf(raw);
      const state = known.get(sourceId)?.availability ?? 'PENDING';
      if (state === 'DOWNLOADED') onKept(factsOf(sourceId, call, locale));
      // Only a plain no means that there is none.
      if ((state === 'PENDING' || (state === 'FORBIDDEN' && !onlyNew)) && call.hasRecording !== false)
        yield factsOf(sourceId, call, locale);
    }
    after = batch.at(-1)!.sourceId;
  }
}

function factsOf(callId: string, call: Fields, { timeZone, country }: { timeZone: string; country: string | null }): Facts {
  const customer = textOf(call.direction) === 'outbound' ? textOf(call.toNumber) : textOf(call.fromNumber);
  const seconds = Math.round(numberOf(call.durationSeconds));
  return {
    callId,
    ticketId: textOf(call.ticketId) || null,
    contactId: textOf(call.contactId) || null,
    agentId: textOf(call.userId) || null,
    phone: customer || null,
    phones: phoneForms(customer, country),
    startedAt: parseZonedDate(call.startedDate, timeZone) ?? parseZonedDate(call.createdDate, timeZone),
    // What no call lasts stands in its note as it is.
    durationSeconds: seconds >= 0 && seconds <= longestCall ? seconds : null,
  };
}

const failed = (availability: RecordingAvailability, reason: string | null): Fate => ({
  availability,
  reason,
  contentType: null,
  sha256: null,
  byteSize: null,
});

async function fetch(source: Source, blobs: BlobStore, callId: string): Promise<Fate | Missed> {
  const head = new HeadOf(8);
  try {
    const { blob, contentType } = await source.recording(callId, bytes => blobs.put(head.watch(bytes), maxBytes));
    if (blob.byteSize === 0) return failed('CORRUPT', 'It is empty.');
    const announced = riffLength(head.bytes);
    if (announced !== null && blob.byteSize < announced)
      return failed('CORRUPT', `It says that it is ${announced} bytes long, and is ${blob.byteSize}.`);
    return { availability: 'DOWNLOADED', reason: null, contentType: contentType.split(';')[0]!.trim() || null, ...blob };
  } catch (error) {
    if (error instanceof BlobTooLarge) return failed('CORRUPT', error.message);
    if (!(error instanceof CallFailure) || error.kind === 'UNAUTHORIZED') throw error;
    const availability = error.details.status === 416 ? 'CORRUPT' : certain[error.kind];
    return availability ? failed(availability, error.message) : { failure: error, began: head.began };
  }
}

/** Answers after which nothing more is to be had; whatever else fails may come another time. */
const certain: Partial<Record<CallFailure['kind'], RecordingAvailability>> = {
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'MISSING',
  GONE: 'EXPIRED',
  TRUNCATED: 'CORRUPT',
  TOO_LARGE: 'MISSING',
  PRIVATE_HOST: 'MISSING',
  REJECTED: 'MISSING',
};

/** The whole length that a WAV file's own head tells; null for other files, and for heads that were written before the end was known. */
function riffLength(head: Buffer): number | null {
  if (head.length < 8 || head.toString('latin1', 0, 4) !== 'RIFF') return null;
  const length = head.readUInt32LE(4);
  return length === 0 || length >= 0xffffff00 ? null : length + 8;
}

const hints: Record<Exclude<RecordingAvailability, 'DOWNLOADED'>, string> = {
  FORBIDDEN: 'Extend the plan of the account, and start the extraction again.',
  EXPIRED: 'The source has deleted it; nothing more can be had of it.',
  MISSING: 'The source does not have it, though the call says so.',
  CORRUPT: 'Fetch it by hand from the source, if it plays there.',
  PENDING: 'The source gives no recording at all: see to it, then start the extraction again.',
};

function issueFor(callId: string, { availability, reason }: Fate): NewIssue {
  const isOpen = availability === 'PENDING';
  return issueOf(
    recordingListing,
    isOpen ? 'DETAIL_FAILED' : 'RECORDING_UNAVAILABLE',
    isOpen ? 'ERROR' : 'WARNING',
    callId,
    `The recording of call ${callId} could not be had (${availability}): ${reason}`,
    hints[availability as Exclude<RecordingAvailability, 'DOWNLOADED'>],
  );
}
