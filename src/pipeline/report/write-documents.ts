import { createHash } from 'node:crypto';
import type { FieldMapping } from '../../domain/mapping/field-mapping.js';
import type { DocumentDraft, DocumentHead, PackArchive, PackedFile } from '../../domain/model/document.js';
import type { Environment } from '../../domain/model/run.js';
import type { BlobStore } from '../../domain/ports/blob-store.js';
import { documentSaying, saveDocument } from '../../store/documents.js';
import type { RunWork } from '../../store/run-work.js';
import type { SmallListings } from '../../store/staged-pages.js';
import { csvOf } from './csv.js';
import { type Text, textDrafts } from './text-drafts.js';
import type { Texts } from './texts/texts.js';

/** The context of documents. */
export interface Reporting {
  work: RunWork;
  small: SmallListings;
  blobs: BlobStore;
  packArchive: PackArchive;
  /** The workspace that they describe. Documents about the source ignore it. */
  environment: Environment;
  /** The mapping of the run, otherwise the confirmed one; empty if there is none. */
  fields: readonly FieldMapping[];
  /** What each text opens with. */
  head: DocumentHead;
  /** In the language of the project. */
  texts: Texts;
}

type About = Pick<DocumentDraft, 'kind' | 'name' | 'title'>;

const largest = 4 * 1024 ** 3;

export async function keepDocument({ work, blobs }: Reporting, draft: DocumentDraft): Promise<PackedFile> {
  const { bytes, ...about } = draft;
  const blob = await blobs.put(bytes, largest);
  await work.fencedTransaction(tx => saveDocument(tx, work.lease, { contentSha256: null, ...about, ...blob, packingList: null }));
  return { path: draft.name, ...blob };
}

/** A table, as CSV. */
export function tableDraft(about: About, columns: readonly string[], rows: Parameters<typeof csvOf>[1]): DocumentDraft {
  return { ...about, mediaType: 'text/csv; charset=utf-8', bytes: csvOf(columns, rows) };
}

export function keepTable(context: Reporting, ...table: Parameters<typeof tableDraft>): Promise<PackedFile> {
  return keepDocument(context, tableDraft(...table));
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** Keeps a text as Markdown and as a page, unless the stored ones already say the same. @param about its name has no extension */
export async function keepText(context: Reporting, about: About, text: Omit<Text, 'title' | 'head'>): Promise<void> {
  const { work, blobs, head, texts } = context;
  for (const draft of textDrafts(about, { ...text, title: about.title, head }, texts)) {
    const kept = await work.transaction(tx => documentSaying(tx, work.lease.projectId, draft.name, draft.contentSha256!));
    if (kept === null || (await blobs.state(kept)) !== 'KEPT') await keepDocument(context, draft);
  }
}

/** An archive that is created on download. Only its content is stored. */
export async function keepArchive(
  { work, blobs, packArchive }: Reporting,
  about: About,
  files: readonly PackedFile[],
): Promise<void> {
  const hash = createHash('sha256');
  let byteSize = 0;
  for await (const chunk of packArchive(files)) {
    work.checkHalt();
    hash.update(chunk);
    byteSize += chunk.length;
  }
  const list = await blobs.put(once(JSON.stringify(files)), largest);
  await work.fencedTransaction(tx =>
    saveDocument(tx, work.lease, {
      ...about,
      mediaType: 'application/zip',
      sha256: hash.digest('hex'),
      byteSize,
      packingList: list.sha256,
      contentSha256: null,
    }),
  );
}
