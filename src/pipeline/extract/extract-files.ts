import type { Attachment } from '../../domain/attachments.js';
import { type BlobStore, BlobTooLarge } from '../../domain/blob-store.js';
import { CallFailure } from '../../domain/call-failure.js';
import { sourceHosts } from '../../domain/connection.js';
import { imageFormat } from '../../domain/image-format.js';
import type { NewIssue } from '../../domain/issue.js';
import type { Source, SourceListing } from '../../domain/source.js';
import { connectionOf } from '../../store/connections.js';
import { raiseIssues } from '../../store/issues.js';
import { changePhase, countInPhase } from '../../store/run-phases.js';
import type { RunWork } from '../../store/run-work.js';
import { stagedPortion } from '../../store/staged-records.js';
import { countStoredFiles, type FileState, type StoredFile, saveStoredFile, storedFiles } from '../../store/stored-files.js';
import { filesOfRecord, imagesOfRecord } from './files-of-records.js';
import { HeadOf } from './head-of.js';
import { inOrder } from './in-order.js';
import { callsAtOnce } from './listing-work.js';

/** Files have no listing of their own: they are what messages and mails carry. */
export const fileListing: SourceListing = {
  name: 'files',
  recordType: 'ATTACHMENT',
  shape: 'DETAILS',
  observed: true,
  byId: true,
  since: false,
};

/** Larger ones are told, and not kept. */
const mostBytes = 100 * 1024 * 1024;
const atOnce = 500;

/** Downloads each file that a message or a mail carries and that is not kept yet; a dead one is an issue. */
export async function extractFiles(work: RunWork, source: Source, blobs: BlobStore): Promise<void> {
  const { lease } = work;
  await work.write(tx => changePhase(tx, lease.runId, fileListing.name, { state: 'RUNNING' }));
  await inOrder(filesToKeep(work), callsAtOnce, async file => {
    const before = source.calls;
    const { stored, issue } = await keep(source, blobs, file);
    await work.write(async tx => {
      await saveStoredFile(tx, lease, stored);
      await raiseIssues(tx, lease, issue ? [issue] : []);
      await countInPhase(tx, lease.runId, fileListing.name, {
        staged: stored.state === 'STORED' ? 1 : 0,
        skipped: 0,
        failed: 0,
        apiCalls: source.calls - before,
      });
    });
  });
  const { all, stored, failed } = await work.read(tx => countStoredFiles(tx, lease.projectId));
  await work.write(async tx => {
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

/** Each once, those that are kept or gone for good left out. */
async function* filesToKeep(work: RunWork): AsyncGenerator<Attachment> {
  const seen = new Set<string>();
  const source = (await work.read(tx => connectionOf(tx, work.lease.projectId, 'SOURCE')))!;
  for (const listing of ['tickets', 'ticketlogs', 'emails', 'articles']) {
    for (let after = ''; ; ) {
      const portion = await work.read(tx => stagedPortion(tx, work.lease.projectId, listing, after, atOnce));
      if (portion.length === 0) break;
      const hosts = sourceHosts(source);
      const files = portion.flatMap(({ raw }) =>
        listing === 'articles' ? imagesOfRecord(raw, hosts) : filesOfRecord(raw, hosts),
      );
      const known = await work.read(tx =>
        storedFiles(
          tx,
          work.lease.projectId,
          files.map(file => file.id),
        ),
      );
      for (const file of files) {
        work.checkHalt();
        if (seen.has(file.id) || (known.get(file.id) && known.get(file.id)!.state !== 'FAILED')) continue;
        seen.add(file.id);
        yield file;
      }
      after = portion.at(-1)!.sourceId;
    }
  }
}

/** An image that a text holds itself is there already. */
async function bytesOf(source: Source, blobs: BlobStore, { url, size, contentType: declared }: Attachment) {
  if (!url.startsWith('data:')) {
    const head = new HeadOf(512);
    const { blob, contentType } = await source.file(url, { size, contentType: declared }, bytes =>
      blobs.put(head.watch(bytes), mostBytes),
    );
    return { blob, contentType: imageFormat(head.bytes) ?? contentType.split(';')[0]!.trim() };
  }
  const data = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  return {
    blob: await blobs.put(
      (async function* () {
        yield data;
      })(),
      mostBytes,
    ),
    contentType: '',
  };
}

async function keep(source: Source, blobs: BlobStore, file: Attachment): Promise<{ stored: StoredFile; issue: NewIssue | null }> {
  const about = { sourceId: file.id, name: file.name.replaceAll('\0', '').toWellFormed(), contentType: file.contentType };
  try {
    const { blob, contentType } = await bytesOf(source, blobs, file);
    return {
      stored: { ...about, contentType: file.contentType || contentType, state: 'STORED', reason: null, ...blob },
      issue: null,
    };
  } catch (error) {
    const state = stateOf(error);
    if (state === null) throw error;
    const reason = (error as Error).message;
    const issue: NewIssue = {
      code: state === 'FAILED' ? 'DETAIL_FAILED' : 'FILE_UNAVAILABLE',
      severity: state === 'FAILED' ? 'ERROR' : 'WARNING',
      recordType: 'ATTACHMENT',
      listing: fileListing.name,
      sourceId: file.id,
      about: '',
      message: `The file “${about.name}” could not be had: ${reason}`,
      hint: state === 'FAILED' ? 'Start the extraction again.' : 'It is named in its message; nothing more can be had of it.',
    };
    return { stored: { ...about, state, reason, sha256: null, byteSize: null }, issue };
  }
}

/** null for what is no fault of this one file. */
function stateOf(error: unknown): FileState | null {
  if (error instanceof BlobTooLarge) return 'TOO_LARGE';
  if (!(error instanceof CallFailure) || error.kind === 'UNAUTHORIZED') return null;
  if (
    error.kind === 'NOT_FOUND' ||
    error.kind === 'GONE' ||
    error.kind === 'PRIVATE_HOST' ||
    error.kind === 'REJECTED' ||
    error.kind === 'NOT_JSON'
  )
    return 'MISSING';
  if (error.kind === 'TRUNCATED') return 'CORRUPT';
  return error.kind === 'FORBIDDEN' ? 'FORBIDDEN' : 'FAILED';
}
