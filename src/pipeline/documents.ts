import type { RunKind } from '../domain/model/run.js';
import { writeArticleTable } from './report/article-table.js';
import { writeAutomationInventory } from './report/automation-inventory.js';
import { writeChannelGuide } from './report/channel-guide.js';
import { writeDealTable } from './report/deal-table.js';
import { writeFileTable } from './report/file-table.js';
import { writeFieldTables } from './report/inventory-records.js';
import { writeDuplicates } from './report/likely-duplicates.js';
import { writeMailRouting } from './report/mail-routing.js';
import { writeMappingSpecification } from './report/mapping-specification.js';
import { writeMessengerInventory } from './report/messenger-inventory.js';
import { writeMigrationScope } from './report/migration-scope.js';
import { writeReconciliationReport } from './report/reconciliation-report.js';
import { writeRecordingManifest } from './report/recording-manifest.js';
import { writeReportData } from './report/report-data.js';
import { ifRolledBack, writeRollbackReport } from './report/rollback-report.js';
import { writeRunbook } from './report/runbook.js';
import { writeSampleReview } from './report/sample-review.js';
import type { Reporting } from './report/write-documents.js';

interface Written {
  write: (context: Reporting) => Promise<void>;
  after: readonly RunKind[];
}

/** Inventories: their records have arrived when they are written, before the reconciliation counts them. */
const inventories: Written[] = [
  { write: writeAutomationInventory, after: ['EXTRACTION', 'SANDBOX', 'PRODUCTION'] },
  { write: writeMessengerInventory, after: ['EXTRACTION', 'SANDBOX', 'PRODUCTION'] },
  { write: writeMailRouting, after: ['EXTRACTION', 'SANDBOX', 'PRODUCTION'] },
  { write: writeReportData, after: ['EXTRACTION', 'SANDBOX', 'PRODUCTION'] },
  { write: writeFieldTables, after: ['EXTRACTION', 'SANDBOX', 'PRODUCTION'] },
  { write: writeDealTable, after: ['EXTRACTION', 'SANDBOX', 'PRODUCTION'] },
];

/** The documents to write after each kind of run. The runbook is last, because it names the others. */
const documents: Written[] = [
  { write: writeMigrationScope, after: ['DISCOVERY', 'EXTRACTION', 'PROVISIONING'] },
  { write: writeMappingSpecification, after: ['EXTRACTION', 'PROVISIONING', 'SANDBOX', 'PRODUCTION'] },
  { write: writeChannelGuide, after: ['EXTRACTION'] },
  { write: writeDuplicates, after: ['EXTRACTION', 'PROVISIONING'] },
  { write: writeArticleTable, after: ['EXTRACTION', 'SANDBOX', 'PRODUCTION'] },
  { write: writeRecordingManifest, after: ['EXTRACTION', 'SANDBOX', 'PRODUCTION'] },
  { write: writeFileTable, after: ['EXTRACTION', 'SANDBOX', 'PRODUCTION'] },
  { write: writeSampleReview, after: ['SANDBOX'] },
  { write: writeReconciliationReport, after: ['SANDBOX', 'PRODUCTION', 'VERIFICATION'] },
  { write: ifRolledBack(writeReconciliationReport), after: ['ROLLBACK'] },
  { write: ifRolledBack(writeArticleTable), after: ['ROLLBACK'] },
  { write: writeRollbackReport, after: ['ROLLBACK'] },
  { write: writeRunbook, after: ['PROVISIONING', 'SANDBOX', 'PRODUCTION'] },
];

/** Writes only the inventories. */
export async function writeInventories(context: Reporting): Promise<void> {
  for (const { write } of inventories) await write(context);
}

/** Writes the documents that a run can change. The same input gives the same bytes. */
export async function writeDocuments(context: Reporting, kind: RunKind): Promise<void> {
  // A load writes the inventories before it counts them.
  const isLoad = kind === 'SANDBOX' || kind === 'PRODUCTION' || kind === 'DELTA';
  const wanted = isLoad ? documents : [...inventories, ...documents];
  // A delta is an extraction and a load.
  const kinds: readonly RunKind[] = kind === 'DELTA' ? ['EXTRACTION', 'PRODUCTION'] : [kind];
  for (const { write, after } of wanted) if (kinds.some(each => after.includes(each))) await write(context);
}
