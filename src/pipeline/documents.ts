import type { RunKind } from '../domain/model/run.js';
import { writeArticleTable } from './report/article-table.js';
import { writeAutomationInventory } from './report/automation-inventory.js';
import { writeChannelGuide } from './report/channel-guide.js';
import { writeDealTable } from './report/deal-table.js';
import { writeFileTable } from './report/file-table.js';
import { writeFieldTables } from './report/inventory-records.js';
import { writeMailRouting } from './report/mail-routing.js';
import { writeMappingSpecification } from './report/mapping-specification.js';
import { writeMessengerInventory } from './report/messenger-inventory.js';
import { writeMigrationScope } from './report/migration-scope.js';
import { writeReconciliationReport } from './report/reconciliation-report.js';
import { writeRecordingManifest } from './report/recording-manifest.js';
import { writeReportData } from './report/report-data.js';
import { writeRunbook } from './report/runbook.js';
import type { Reporting } from './report/write-documents.js';

interface Written {
  write: (context: Reporting) => Promise<void>;
  after: readonly RunKind[];
}

/** What is only written down, and therefore has arrived once it is: before the reconciliation counts it. */
const inventories: Written[] = [
  { write: writeAutomationInventory, after: ['EXTRACTION', 'PRODUCTION'] },
  { write: writeMessengerInventory, after: ['EXTRACTION', 'PRODUCTION'] },
  { write: writeMailRouting, after: ['EXTRACTION', 'PRODUCTION'] },
  { write: writeReportData, after: ['EXTRACTION', 'PRODUCTION'] },
  { write: writeFieldTables, after: ['EXTRACTION', 'PRODUCTION'] },
  { write: writeDealTable, after: ['EXTRACTION', 'PRODUCTION'] },
];

/** Which documents are written anew after which kinds of run; the runbook last, for it names the others. */
const documents: Written[] = [
  { write: writeMigrationScope, after: ['DISCOVERY', 'EXTRACTION', 'PROVISIONING'] },
  { write: writeMappingSpecification, after: ['EXTRACTION', 'PROVISIONING', 'PRODUCTION'] },
  { write: writeChannelGuide, after: ['EXTRACTION'] },
  { write: writeArticleTable, after: ['EXTRACTION', 'PRODUCTION'] },
  { write: writeRecordingManifest, after: ['EXTRACTION', 'PRODUCTION'] },
  { write: writeFileTable, after: ['EXTRACTION', 'PRODUCTION'] },
  { write: writeReconciliationReport, after: ['PRODUCTION', 'VERIFICATION'] },
  { write: writeRunbook, after: ['PROVISIONING', 'PRODUCTION'] },
];

/** Writes the inventories alone. */
export async function writeInventories(context: Reporting): Promise<void> {
  for (const { write } of inventories) await write(context);
}

/** Writes what a run has changed: the same input gives the same bytes. */
export async function writeDocuments(context: Reporting, kind: RunKind): Promise<void> {
  // A load has written the inventories before it counted them.
  const wanted = kind === 'PRODUCTION' || kind === 'DELTA' ? documents : [...inventories, ...documents];
  // A delta is both.
  const kinds: readonly RunKind[] = kind === 'DELTA' ? ['EXTRACTION', 'PRODUCTION'] : [kind];
  for (const { write, after } of wanted) if (kinds.some(each => after.includes(each))) await write(context);
}
