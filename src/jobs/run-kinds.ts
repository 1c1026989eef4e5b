import { Blocked } from '../domain/model/blocked.js';
import type { PackArchive } from '../domain/model/document.js';
import { LandfallError } from '../domain/model/errors.js';
import type { NewIssue } from '../domain/model/issue.js';
import type { RunKind } from '../domain/model/run.js';
import type { BlobStore } from '../domain/ports/blob-store.js';
import { isBlobGone } from '../domain/ports/blob-store.js';
import { CallFailure } from '../domain/ports/call-failure.js';
import type { PublicFiles } from '../domain/ports/public-files.js';
import type { Source } from '../domain/ports/source.js';
import { runDelta } from '../pipeline/delta.js';
import { discover } from '../pipeline/discover/discovery.js';
import { writeDocuments } from '../pipeline/documents.js';
import { extract } from '../pipeline/extract/extraction.js';
import { runProduction } from '../pipeline/production.js';
import { provision } from '../pipeline/provision/provisioning.js';
import { runVerification } from '../pipeline/verification.js';
import { raiseIssues } from '../store/issues.js';
import { confirmedMapping, fieldsOfMapping } from '../store/mappings.js';
import { LeaseLost } from '../store/run-leases.js';
import { Halted, type RunWork } from '../store/run-work.js';
import { type RunOutcome, runById } from '../store/runs.js';
import { openDestinationOf, openSourceOf, type PlatformDependencies } from './open-platforms.js';
import { blockerOf } from './run-blocker.js';

const dayMs = 86_400_000;

type Dependencies = PlatformDependencies & {
  publicFiles: PublicFiles;
  blobs: BlobStore;
  packArchive: PackArchive;
  settleMs: number;
  requestTimeoutMs: number;
};

/** Does what a run's kind says, writes the documents that it changed, and answers how it ended. */
export async function executeRun(work: RunWork, dependencies: Dependencies): Promise<RunOutcome> {
  const outcome = await perform(work, dependencies);
  const { kind, runId } = work.lease;
  const { environment, fields } = await work.transaction(async tx => {
    const { environment, mappingVersionId, projectId } = (await runById(tx, runId))!;
    const mappingId = mappingVersionId ?? (await confirmedMapping(tx, projectId))?.id;
    return { environment: environment ?? 'PRODUCTION', fields: mappingId ? await fieldsOfMapping(tx, mappingId) : [] };
  });
  const { blobs, packArchive, log, signal } = dependencies;
  try {
    await writeDocuments({ work, blobs, packArchive, environment, fields }, kind);
  } catch (err) {
    const isLost = isBlobGone(err);
    if (err instanceof Halted || err instanceof LeaseLost || (err instanceof LandfallError && !isLost) || signal.aborted)
      throw err;
    // What was read and loaded stands, whatever becomes of what is written about it.
    log.error({ err, runId }, `documents could not be written: ${isLost ? 'files are gone' : 'internal error'}`);
    await work.fencedTransaction(tx => raiseIssues(tx, work.lease, [documentsIncomplete(kind, runId, isLost)]));
  }
  return outcome;
}

const documentsIncomplete = (kind: RunKind, runId: string, isLost: boolean): NewIssue => ({
  code: 'DOCUMENTS_INCOMPLETE',
  severity: 'ERROR',
  recordType: null,
  listing: null,
  sourceId: null,
  about: runId,
  message: `After this ${kind} documents could not be written anew; those that stand are older.`,
  hint: isLost
    ? 'Restore DATA_DIR from its backup: stored files are gone or were changed. The next run writes them again.'
    : 'Internal error. Quote the id of the run. The next run writes them again.',
});

async function perform(work: RunWork, dependencies: Dependencies): Promise<RunOutcome> {
  const { kind, runId } = work.lease;
  if (kind === 'DISCOVERY') return discover(work, await openSourceOf(work, dependencies));
  if (kind === 'EXTRACTION') {
    const source = await openSourceOf(work, dependencies);
    return extract(work, source, dependencies.blobs, () => chatsSince(source));
  }
  if (kind === 'PROVISIONING') {
    const run = (await work.transaction(tx => runById(tx, runId)))!;
    const destination = await openDestinationOf(work, dependencies, run.environment!);
    return provision({ work, run, destination, settleMs: dependencies.settleMs, signal: dependencies.signal });
  }
  if (kind === 'PRODUCTION' || kind === 'DELTA' || kind === 'VERIFICATION') {
    const run = (await work.transaction(tx => runById(tx, runId)))!;
    const destination = await openDestinationOf(work, dependencies, run.environment!);
    const { settleMs, requestTimeoutMs, signal, blobs, publicFiles, packArchive } = dependencies;
    const production = { work, run, destination, blobs, publicFiles, packArchive, settleMs, requestTimeoutMs, signal };
    if (kind === 'VERIFICATION') return runVerification(production);
    return kind === 'DELTA'
      ? runDelta(production, await openSourceOf(work, dependencies), asOfSource)
      : runProduction(production);
  }
  throw new Error(`A run of kind ${kind} was queued, and nothing here carries it out.`);
}

/** A call of the source that fails blocks a delta as it blocks an extraction. */
function asOfSource<T>(reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    const blocker = error instanceof CallFailure ? blockerOf(error, 'EXTRACTION') : null;
    throw blocker ? new Blocked(blocker) : error;
  });
}

/** Since when a chat must have been going on to be still there, by the source's clock; null where it keeps all. */
async function chatsSince(source: Source): Promise<Date | null> {
  const { chatHistoryRetentionDays } = await source.plan();
  const tickets = source.listings.find(listing => listing.recordType === 'TICKET');
  if (chatHistoryRetentionDays === null || !tickets) return null;
  const { at } = await source.count(tickets);
  return new Date(at.getTime() - chatHistoryRetentionDays * dayMs);
}
