import type { BlobStore } from '../domain/ports/blob-store.js';
import { documentHead } from '../store/document-heads.js';
import { saveDocument } from '../store/documents.js';
import { appendEvent } from '../store/project-events.js';
import { batchOfBlobs, blobsUsedElsewhere, forgetBlobs, purgeBatch, purgedTables } from '../store/purge-batches.js';
import { countPurged, finishPurge, lockPurge, purgeOf } from '../store/purges.js';
import type { Tx } from '../store/transaction.js';
import { purgeCertificate } from './report/purge-certificate.js';

/** A project to purge, and its transactions. */
export interface Purging {
  projectId: string;
  organizationId: string;
  blobs: BlobStore;
  transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

const blobTables = ['stored_files', 'recordings'] as const;
const rowsOfBatch = 2_000;
const blobsOfBatch = 200;
const maxCertificateBytes = 16 * 1024 * 1024;

/**
 * Deletes the raw data and the secrets of a closed project, and writes the certificate. It can be stopped at any moment and
 * called again, also by two processes at the same time: each batch deletes and counts in one transaction.
 */
export async function purgeProject(purging: Purging): Promise<void> {
  const { projectId, transaction } = purging;
  const purge = await transaction(tx => purgeOf(tx, projectId));
  if (!purge || purge.finishedAt) return;
  do {
    for (const table of blobTables) while (await purgeBlobs(purging, table));
    for (const table of purgedTables) while ((await transaction(tx => purgeBatch(tx, projectId, table, rowsOfBatch))) > 0);
  } while (!(await transaction(tx => finish(tx, purging))));
}

/** Bytes go before the row that names them: what is left after a crash is found again. @returns whether there was something */
async function purgeBlobs({ projectId, transaction, blobs }: Purging, table: 'stored_files' | 'recordings'): Promise<boolean> {
  const { batch, used } = await transaction(async tx => {
    const batch = await batchOfBlobs(tx, projectId, table, blobsOfBatch);
    return { batch, used: await blobsUsedElsewhere(tx, projectId, digestsOf(batch)) };
  });
  if (batch.length === 0) return false;
  let removed = 0;
  for (const sha256 of digestsOf(batch)) if (!used.has(sha256) && (await blobs.remove(sha256))) removed++;
  await transaction(async tx => {
    if (removed > 0) await countPurged(tx, projectId, 'blobs', removed);
    await forgetBlobs(
      tx,
      projectId,
      table,
      batch.map(({ id }) => id),
    );
  });
  return true;
}

const digestsOf = (batch: readonly { sha256: string | null }[]) => [
  ...new Set(batch.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256]))),
];

/** The end and its certificate are one transaction. @returns false if something is left */
async function finish(tx: Tx, { projectId, organizationId, blobs }: Purging): Promise<boolean> {
  await lockPurge(tx, projectId);
  for (const table of blobTables) if ((await batchOfBlobs(tx, projectId, table, 1)).length > 0) return false;
  for (const table of purgedTables) if ((await purgeBatch(tx, projectId, table, rowsOfBatch)) > 0) return false;
  const counts = await finishPurge(tx, projectId);
  if (!counts) return true;
  const purge = (await purgeOf(tx, projectId))!;
  const head = await documentHead(tx, projectId, 'PRODUCTION', { at: purge.finishedAt! });
  for (const { bytes, contentSha256, ...draft } of purgeCertificate(purge, head)) {
    const blob = await blobs.put(bytes, maxCertificateBytes);
    await saveDocument(tx, { projectId, organizationId }, { ...draft, ...blob, packingList: null, contentSha256 });
  }
  await appendEvent(tx, {
    projectId,
    type: 'PURGE_FINISHED',
    message: 'The raw data and the secrets of the project are deleted. The certificate is a document of the project.',
    data: { counts },
  });
  return true;
}
