import { sourceHosts } from '../../domain/model/connection.js';
import type { NewIssue } from '../../domain/model/issue.js';
import { detailListings, listingOf } from '../../domain/model/record-types.js';
import { type BlobStore, BlobTooLarge } from '../../domain/ports/blob-store.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Source, SourceListing } from '../../domain/ports/source.js';
import type { Attachment } from '../../domain/text/attachments.js';
import { imageFormat } from '../../domain/text/image-format.js';
import { connectionOf } from '../../store/connections.js';
import { raiseIssues } from '../../store/issues.js';
import { reportProgress } from '../../store/run-leases.js';
import { changePhase, countInPhase } from '../../store/run-phases.js';
import type { RunWork } from '../../store/run-work.js';
import { stagedBatch } from '../../store/staged-records.js';
import { countStoredFiles, type FileState, type StoredFile, saveStoredFile, storedFiles } from '../../store/stored-files.js';
import { answers } from './answers.js';
import { eachDownload } from './each-download.js';
import type { Missed } from './file-host.js';
import { filesOfRecord, imagesOfRecord } from './files-of-records.js';
import { HeadOf } from './head-of.js';

/** Files have no listing at the source. They are in messages and mails. */
export const fileListing: SourceListing = {
  name: listingOf('ATTACHMENT'),
  recordType: 'ATTACHMENT',
  shape: 'DETAILS',
  observed: true,
  byId: true,
  since: false,
};

/** Larger files are reported and not stored. */
const maxBytes = 100 * 1024 * 1024;
const batchSize = 500;

/** How long a host can be down before its files count as missing. */
const outageMs = 6 * 3_600_000;

/** A file to download, and since when its host was down, if it was down in an earlier extraction. */
interface Wanted {
  file: Attachment;
  failedAt: Date | null;
}

/** Downloads each file of a message or a mail that is not stored yet. An unavailable file is an issue. */
export async function extractFiles(work: RunWork, source: Source, blobs: BlobStore): Promise<void> {
  const { lease } = work;
  await work.fencedTransaction(tx => changePhase(tx, lease.runId, fileListing.name, { state: 'RUNNING' }));
  await announceFiles(work);
  const witnesses = new Map<string, Attachment>();
  const hostOf = ({ file }: Wanted) => (isHeld(file) ? '' : source.hostOf(file.url).name);
  let counted = source.calls;
  const save = async ({ stored, issue }: Result) => {
    const calls = source.calls - counted;
    counted = source.calls;
    await work.fencedTransaction(async tx => {
      await saveStoredFile(tx, lease, stored);
      await raiseIssues(tx, lease, issue ? [issue] : []);
      const staged = stored.state === 'STORED' ? 1 : 0;
      tx.used.bytesStored += stored.byteSize ?? 0;
      await countInPhase(tx, lease.runId, fileListing.name, { staged, skipped: 0, failed: 0, apiCalls: calls });
      // The run continues, so it no longer waits.
      await reportProgress(tx, lease, 0, null);
    });
  };
  await eachDownload<Wanted>({
    items: filesToKeep(work, blobs, file => {
      const host = hostOf({ file, failedAt: null });
      if (!witnesses.has(host)) witnesses.set(host, file);
    }),
    hostOf,
    ask: async ({ file }, mayWait) => {
      work.checkHalt();
      const got = await keep(source, blobs, file, mayWait);
      if ('failure' in got) return got;
      await save(got);
      return null;
    },
    witnessOf: host => {
      const file = witnesses.get(host);
      return file && { file, failedAt: null };
    },
    isThere: ({ file: { url, contentType } }) => answers(keep => source.file(url, { size: null, contentType }, keep)),
    giveUp: async ({ file, failedAt }, missed, isHostDown) => {
      work.checkHalt();
      // If a foreign host is still down long after its failure was reported, its files count as missing.
      const isGone = failedAt !== null && Date.now() - failedAt.getTime() > outageMs && !source.hostOf(file.url).isOwn;
      const mayCome = isHostDown || missed.failure.kind === 'RATE_LIMITED';
      await save(unavailable(file, mayCome && !isGone ? 'FAILED' : missed.began ? 'CORRUPT' : 'MISSING', missed.failure));
    },
  });
  const { all, stored, failed } = await work.transaction(tx => countStoredFiles(tx, lease.projectId));
  await work.fencedTransaction(async tx => {
    const state = failed === 0 ? 'SUCCEEDED' : 'INCOMPLETE';
    await changePhase(tx, lease.runId, fileListing.name, {
      state,
      source: all,
      staged: stored,
      skipped: all - stored - failed,
      failed,
    });
  });
}

/** So that progress has a total: reading all records twice takes little time beside the downloads. */
async function announceFiles(work: RunWork): Promise<void> {
  const ids = new Set<string>();
  for await (const files of filesOfAll(work)) for (const { id } of files) ids.add(id);
  // Files of records that are gone are counted too.
  const { all } = await work.transaction(tx => countStoredFiles(tx, work.lease.projectId));
  const source = Math.max(all, ids.size);
  await work.fencedTransaction(tx => changePhase(tx, work.lease.runId, fileListing.name, { source }));
}

/** The files of all staged records, some records at a time. A file can occur several times. */
async function* filesOfAll(work: RunWork): AsyncGenerator<Attachment[]> {
  const source = (await work.transaction(tx => connectionOf(tx, work.lease.projectId, 'SOURCE')))!;
  const hosts = sourceHosts(source);
  for (const listing of [...(['TICKET', 'MESSAGE'] as const).map(listingOf), detailListings.EMAIL, listingOf('ARTICLE')]) {
    for (let after = ''; ; ) {
      work.checkHalt();
      const batch = await work.transaction(tx => stagedBatch(tx, work.lease.projectId, listing, after, batchSize));
      if (batch.length === 0) break;
      yield batch.flatMap(({ raw }) =>
        listing === listingOf('ARTICLE') ? imagesOfRecord(raw, hosts) : filesOfRecord(raw, hosts),
      );
      if (batch.length < batchSize) break;
      after = batch.at(-1)!.sourceId;
    }
  }
}

/** Each file once, without files that are stored or definitely missing. One whose bytes were lost is read again. @param onKept called with each stored file */
async function* filesToKeep(work: RunWork, blobs: BlobStore, onKept: (file: Attachment) => void): AsyncGenerator<Wanted> {
  const seen = new Set<string>();
  for await (const files of filesOfAll(work)) {
    const ids = files.map(file => file.id);
    const known = await work.transaction(tx => storedFiles(tx, work.lease.projectId, ids));
    for (const file of files) {
      work.checkHalt();
      const { state, sha256 } = known.get(file.id) ?? { state: undefined, sha256: null };
      const isKept = state === 'STORED' && sha256 !== null && (await blobs.size(sha256)) !== null;
      if (isKept) onKept(file);
      if (seen.has(file.id) || isKept || (state && state !== 'FAILED' && state !== 'STORED')) continue;
      seen.add(file.id);
      yield { file, failedAt: known.get(file.id)?.failedAt ?? null };
    }
  }
}

/** The bytes of an image in a data URL are in the text. */
const isHeld = ({ url }: Attachment) => url.startsWith('data:');

async function bytesOf(source: Source, blobs: BlobStore, file: Attachment, head: HeadOf, mayWait: boolean) {
  const { url, size, contentType: declared } = file;
  if (!isHeld(file)) {
    const { blob, contentType } = await source.file(url, { size, contentType: declared, mayWait }, bytes =>
      blobs.put(head.watch(bytes), maxBytes),
    );
    return { blob, contentType: imageFormat(head.bytes) ?? contentType.split(';')[0]!.trim() };
  }
  const data = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  return {
    blob: await blobs.put(
      (async function* () {
        yield data;
      })(),
      maxBytes,
    ),
    contentType: '',
  };
}

/** The definite result for a file. */
interface Result {
  stored: StoredFile;
  issue: NewIssue | null;
}

async function keep(source: Source, blobs: BlobStore, file: Attachment, mayWait: boolean): Promise<Result | Missed> {
  const head = new HeadOf(512);
  try {
    const { blob, contentType } = await bytesOf(source, blobs, file, head, mayWait);
    const stored = { ...aboutOf(file), contentType: file.contentType || contentType, state: 'STORED' as const, reason: null };
    return { stored: { ...stored, ...blob }, issue: null };
  } catch (error) {
    if (error instanceof BlobTooLarge) return unavailable(file, 'TOO_LARGE', error);
    if (!(error instanceof CallFailure) || error.kind === 'UNAUTHORIZED') throw error;
    const state = certain[error.kind];
    return state ? unavailable(file, state, error) : { failure: error, began: head.began };
  }
}

const aboutOf = ({ id, name, contentType }: Attachment) => ({
  sourceId: id,
  name: name.replaceAll('\0', '').toWellFormed(),
  contentType,
});

/** Definite answers. After any other failure the download can succeed later. */
const certain: Partial<Record<CallFailure['kind'], FileState>> = {
  NOT_FOUND: 'MISSING',
  GONE: 'MISSING',
  PRIVATE_HOST: 'MISSING',
  REJECTED: 'MISSING',
  TOO_LARGE: 'MISSING',
  FORBIDDEN: 'FORBIDDEN',
  TRUNCATED: 'CORRUPT',
};

function unavailable(file: Attachment, state: FileState, { message: reason }: Error): Result {
  const about = aboutOf(file);
  const isOpen = state === 'FAILED';
  return {
    stored: { ...about, state, reason, sha256: null, byteSize: null },
    issue: {
      code: isOpen ? 'DETAIL_FAILED' : 'FILE_UNAVAILABLE',
      severity: isOpen ? 'ERROR' : 'WARNING',
      recordType: 'ATTACHMENT',
      listing: fileListing.name,
      sourceId: file.id,
      about: '',
      message: `The file “${about.name}” is not available: ${reason}`,
      hint: isOpen
        ? 'Its host returns no files. Fix that, then start the extraction again.'
        : 'It is named in its message. There is nothing to do: the source does not have it.',
    },
  };
}
