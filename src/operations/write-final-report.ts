import type { Handover } from '../domain/model/handover.js';
import type { Project } from '../domain/model/project.js';
import { documentHead } from '../store/document-heads.js';
import { saveDocument } from '../store/documents.js';
import { countIssues } from '../store/issues.js';
import { confirmedMapping } from '../store/mappings.js';
import { fieldFidelity } from '../store/reconciliations.js';
import { countWaitingRecordings } from '../store/recording-queue.js';
import { newestSignOffs } from '../store/sign-offs.js';
import type { Tx } from '../store/transaction.js';
import type { OperationContext } from './context.js';

/** Bytes; far more than the counts of any project need. */
const maxBytes = 16 * 1024 * 1024;

/** Writes the final report in the transaction of the handover: there is never one without the other. */
export async function writeFinalReport(
  { describeHandover, blobs }: OperationContext,
  tx: Tx,
  { id: projectId, organizationId }: Project,
  handover: Pick<Handover, 'cutover' | 'completed' | 'note' | 'hypercareUntil' | 'rows'>,
): Promise<void> {
  const head = await documentHead(tx, projectId, 'PRODUCTION', { at: handover.completed.at });
  const mapping = await confirmedMapping(tx, projectId);
  const signOff = (await newestSignOffs(tx, [projectId])).get(projectId);
  const drafts = describeHandover(
    {
      ...handover,
      mappingConfirmed: mapping?.confirmedBy && mapping.confirmedAt ? { by: mapping.confirmedBy, at: mapping.confirmedAt } : null,
      signedOff: signOff ? { by: signOff.signedBy, at: signOff.signedAt } : null,
      fields: await fieldFidelity(tx, projectId, 'PRODUCTION'),
      issues: (await countIssues(tx, projectId)).filter(({ status, severity }) => status === 'OPEN' && severity !== 'INFO'),
      openRecordings: await countWaitingRecordings(tx, projectId),
    },
    head,
  );
  for (const { bytes, contentSha256 = null, ...draft } of drafts) {
    const blob = await blobs.put(bytes, maxBytes);
    await saveDocument(tx, { projectId, organizationId }, { ...draft, ...blob, packingList: null, contentSha256 });
  }
}
