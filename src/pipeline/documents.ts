import type { RunKind } from '../domain/run.js';
import { writeDealTable } from './report/deal-table.js';
import { writeRecordingManifest } from './report/recording-manifest.js';
import type { Reporting } from './report/write-documents.js';

/** Which documents are written anew after which kinds of run. */
const documents: { write: (x: Reporting) => Promise<void>; after: readonly RunKind[] }[] = [
  { write: writeDealTable, after: ['EXTRACTION', 'PRODUCTION'] },
  { write: writeRecordingManifest, after: ['EXTRACTION', 'PRODUCTION'] },
];

/** Writes what a run has changed: the same input gives the same bytes. */
export async function writeDocuments(x: Reporting, kind: RunKind): Promise<void> {
  for (const { write, after } of documents) if (after.includes(kind)) await write(x);
}
