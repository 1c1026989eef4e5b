import type { RecordType } from './record-type.js';

/** The name of a file for whatever a report is called. */
export const reportFile = (id: string) => `reports/${id.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 80)}.csv`;

/** What moves into a document alone: Intercom has no way to make it by the API. */
export const inventoryDocuments: readonly { recordType: RecordType; listing: string; document: (id: string) => string }[] = [
  { recordType: 'MAIL_ACCOUNT', listing: 'emailaccounts', document: () => 'mail-routing.md' },
  { recordType: 'CHAT_WIDGET', listing: 'chatwidgets', document: () => 'messenger-inventory.md' },
  { recordType: 'AUTOMATION', listing: 'automations', document: () => 'automation-inventory.md' },
  { recordType: 'REPORT', listing: 'reports', document: reportFile },
];
