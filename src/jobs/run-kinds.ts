import { Blocked } from '../domain/model/blocked.js';
import type { PackArchive } from '../domain/model/document.js';
import { LandfallError } from '../domain/model/errors.js';
import { documentIssues, type NewIssue } from '../domain/model/issue.js';
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
import { provisionAgain } from '../pipeline/provision-again.js';
import { openReporting } from '../pipeline/report/open-reporting.js';
import { rollBack } from '../pipeline/rollback/rollback.js';
import { runVerification } from '../pipeline/verification.js';
import { resolveEnded } from '../store/ended-issues.js';
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

/** Executes a run and writes the documents that it changed. */
export async function executeRun(work: RunWork, dependencies: Dependencies): Promise<RunOutcome> {
  const outcome = await executeKind(work, dependencies);
  const { kind, runId } = work.lease;
  const { environment, fields } = await work.transaction(async tx => {
    const { environment, mappingVersionId, projectId } = (await runById(tx, runId))!;
    const mappingId = mappingVersionId ?? (await confirmedMapping(tx, projectId))?.id;
    return { environment: environment ?? 'PRODUCTION', fields: mappingId ? await fieldsOfMapping(tx, mappingId) : [] };
  });
  const { blobs, packArchive, log, signal } = dependencies;
  try {
    await writeDocuments(await openReporting({ work, blobs, packArchive }, environment, fields), kind);
    await resolveEnded(work, documentIssues, { kind });
  } catch (err) {
    const isLost = isBlobGone(err);
    if (err instanceof Halted || err instanceof LeaseLost || (err instanceof LandfallError && !isLost) || signal.aborted)
      throw err;
    // The run itself succeeded: its records stay read or loaded even without documents.
    log.error({ err, runId }, `documents could not be written: ${isLost ? 'files are missing' : 'internal error'}`);
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
  message: `The documents could not be written after this ${kind} run. The existing ones are older.`,
  hint: isLost
    ? 'Restore DATA_DIR from its backup: stored files are missing or were changed. The next run writes the documents again.'
    : 'Internal error. Quote the id of the run. The next run writes the documents again.',
});

async function executeKind(work: RunWork, dependencies: Dependencies): Promise<RunOutcome> {
  const { kind, runId } = work.lease;
  if (kind === 'DISCOVERY') return discover(work, await openSourceOf(work, dependencies));
  if (kind === 'EXTRACTION') {
    const source = await openSourceOf(work, dependencies);
    return extract(work, source, dependencies.blobs, () => chatsKeptSince(source));
  }
  if (kind === 'PROVISIONING') {
    const run = (await work.transaction(tx => runById(tx, runId)))!;
    const destination = await openDestinationOf(work, dependencies, run.environment!);
    return provision({ work, run, destination, settleMs: dependencies.settleMs, signal: dependencies.signal });
  }
  if (kind === 'SANDBOX' || kind === 'PRODUCTION' || kind === 'DELTA' || kind === 'VERIFICATION') {
    const run = (await work.transaction(tx => runById(tx, runId)))!;
    const destination = await openDestinationOf(work, dependencies, run.environment!);
    const { settleMs, requestTimeoutMs, signal, blobs, publicFiles, packArchive } = dependencies;
    const production = { work, run, destination, blobs, publicFiles, packArchive, settleMs, requestTimeoutMs, signal };
    if (kind === 'VERIFICATION') return runVerification(production);
    if (kind === 'DELTA') return runDelta(production, await openSourceOf(work, dependencies), asOfSource);
    await provisionAgain(production);
    return runProduction(production);
  }
  if (kind === 'ROLLBACK') {
    const run = (await work.transaction(tx => runById(tx, runId)))!;
    const destination = await openDestinationOf(work, dependencies, run.environment!);
    const scope = { projectId: run.projectId, organizationId: work.lease.organizationId, environment: run.environment! };
    const { settleMs, requestTimeoutMs, signal } = dependencies;
    return rollBack({ work, run, scope, destination, settleMs, requestTimeoutMs, signal });
  }
  throw new Error(`A run of kind ${kind} was queued, but cannot be executed.`);
}

/** A failed call to the source blocks a delta as it blocks an extraction. */
function asOfSource<T>(reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    const blocker = error instanceof CallFailure ? blockerOf(error, 'EXTRACTION') : null;
    throw blocker ? new Blocked(blocker) : error;
  });
}

/** The source keeps chats since this time, by its clock; null if it keeps all chats. */
async function chatsKeptSince(source: Source): Promise<Date | null> {
  const { chatHistoryRetentionDays } = await source.plan();
  const tickets = source.listings.find(listing => listing.recordType === 'TICKET');
  if (chatHistoryRetentionDays === null || !tickets) return null;
  const { at } = await source.count(tickets);
  return new Date(at.getTime() - chatHistoryRetentionDays * dayMs);
}
