import { filePlaces } from '../../store/stored-files.js';
import { keepTable, type Reporting } from './write-documents.js';

const atOnce = 500;
const columns = 'file_id name content_type state byte_size sha256 reason went_to destination_id conversation_id'.split(' ');

/** Every file of messages, mails and articles: what could be had of it, and where it went. */
export async function writeFileTable(x: Reporting): Promise<void> {
  const scope = { projectId: x.work.lease.projectId, environment: x.environment };
  const rows = async function* () {
    for (let after = ''; ; ) {
      const portion = await x.work.read(tx => filePlaces(tx, scope, after, atOnce));
      if (portion.length === 0) return;
      x.work.checkHalt();
      for (const each of portion) {
        const { sourceId, name, contentType, state, byteSize, sha256, reason } = each;
        const { destinationType, destinationId, conversationId } = each;
        yield [sourceId, name, contentType, state, byteSize, sha256, reason, destinationType, destinationId, conversationId];
      }
      after = portion.at(-1)!.sourceId;
    }
  };
  const name = `${x.environment.toLowerCase()}/files.csv`;
  await keepTable(x, { kind: 'RECONCILIATION_REPORT', name, title: 'Files, and where each went' }, columns, rows());
}
