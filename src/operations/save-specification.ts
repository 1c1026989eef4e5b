import { saveDocument } from '../store/documents.js';
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
    return { organizationId, drafts: context.describeMapping(mapping, await confirmedMapping(tx, projectId), fields) };
  });
  for (const { bytes, ...draft } of drafts) {
    const blob = await context.blobs.put(bytes, maxBytes);
    await within(context, tx => saveDocument(tx, { projectId, organizationId }, { ...draft, ...blob, packingList: null }));
  }
}
