import { fileDestinations } from '../../store/stored-files.js';
import { keepTable, type Reporting } from './write-documents.js';

const batchSize = 500;
const columns = 'file_id name content_type state byte_size sha256 reason went_to destination_id conversation_id'.split(' ');

/** Every file of messages, mails and articles, its availability and its destination. */
export async function writeFileTable(context: Reporting): Promise<void> {
  const scope = { projectId: context.work.lease.projectId, environment: context.environment };
  const rows = async function* () {
    for (let after = ''; ; ) {
      const batch = await context.work.transaction(tx => fileDestinations(tx, scope, after, batchSize));
      if (batch.length === 0) return;
      context.work.checkHalt();
      for (const each of batch) {
        const { sourceId, name, contentType, state, byteSize, sha256, reason } = each;
        const { destinationType, destinationId, conversationId } = each;
        yield [sourceId, name, contentType, state, byteSize, sha256, reason, destinationType, destinationId, conversationId];
      }
      if (batch.length < batchSize) return;
      after = batch.at(-1)!.sourceId;
    }
  };
  const name = `${context.environment.toLowerCase()}/files.csv`;
  await keepTable(context, { kind: 'RECONCILIATION_REPORT', name, title: context.texts.tables.files }, columns, rows());
}
