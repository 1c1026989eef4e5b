import { saveDocument } from '../store/documents.js';
import { confirmedMapping, fieldsOfMapping, newestMapping } from '../store/mappings.js';
import { projectById } from '../store/projects.js';
import { type OperationContext, within } from './context.js';

/** Far more than the fields of any account need. */
const largest = 64 * 1024 * 1024;

/** Writes the specification of the newest mapping: to be read before it is confirmed, and to show what was. */
export async function keepSpecification(context: OperationContext, projectId: string): Promise<void> {
  const { organizationId, drafts } = await within(context, async tx => {
    const { organizationId } = (await projectById(tx, projectId))!;
    const mapping = (await newestMapping(tx, projectId))!;
    const fields = await fieldsOfMapping(tx, mapping.id);
    return { organizationId, drafts: context.describeMapping(mapping, await confirmedMapping(tx, projectId), fields) };
  });
  for (const { bytes, ...about } of drafts) {
    const blob = await context.blobs.put(bytes, largest);
    await within(context, tx => saveDocument(tx, { projectId, organizationId }, { ...about, ...blob, packingList: null }));
  }
}
