import type { FieldMapping } from '../../domain/mapping/field-mapping.js';
import type { Environment } from '../../domain/model/run.js';
import { documentHead } from '../../store/document-heads.js';
import { SmallListings } from '../../store/staged-pages.js';
import { textsOf } from './texts/texts.js';
import type { Reporting } from './write-documents.js';

/** The context of the documents of a run. */
export async function openReporting(
  context: Pick<Reporting, 'work' | 'blobs' | 'packArchive'>,
  environment: Environment,
  fields: readonly FieldMapping[],
): Promise<Reporting> {
  const { projectId, runId } = context.work.lease;
  const head = await context.work.transaction(tx => documentHead(tx, projectId, environment, { runId }));
  return { ...context, small: new SmallListings(), environment, fields, head, texts: textsOf(head.language) };
}
