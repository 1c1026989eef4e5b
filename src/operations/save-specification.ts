import { documentHead } from '../store/document-heads.js';
import { documentSaying, saveDocument } from '../store/documents.js';
import { confirmedMapping, fieldsOfMapping, newestMapping } from '../store/mappings.js';
import { projectById } from '../store/projects.js';
import { type OperationContext, within } from './context.js';

/** Bytes; far more than the fields of any account need. */
const maxBytes = 64 * 1024 * 1024;

/** Writes the document of the newest mapping: people read it before they confirm the mapping, and later as a record. */
export async function saveSpecification(context: OperationContext, projectId: string): Promise<void> {
  const { organizationId, drafts } = await within(context, async tx => {
    const { organizationId } = (await projectById(tx, projectId))!;
    const mapping = (await newestMapping(tx, projectId))!;
    const fields = await fieldsOfMapping(tx, mapping.id);
    const head = await documentHead(tx, projectId, 'PRODUCTION', { at: mapping.confirmedAt ?? new Date() });
    return { organizationId, drafts: context.describeMapping(mapping, await confirmedMapping(tx, projectId), fields, head) };
  });
  for (const { bytes, contentSha256 = null, ...draft } of drafts) {
    const kept = contentSha256 && (await within(context, tx => documentSaying(tx, projectId, draft.name, contentSha256)));
    if (kept && (await context.blobs.state(kept)) === 'KEPT') continue;
    const blob = await context.blobs.put(bytes, maxBytes);
    await within(context, tx =>
      saveDocument(tx, { projectId, organizationId }, { ...draft, ...blob, packingList: null, contentSha256 }),
    );
  }
}
