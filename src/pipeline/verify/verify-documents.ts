import type { FieldMapping, MappedType } from '../../domain/mapping/field-mapping.js';
import { crosswalkEntry } from '../../domain/model/crosswalk.js';
import { dealColumns, dealRow, dealTable } from '../../domain/model/deal-row.js';
import {
  fieldTableColumns,
  type Inventory,
  inventories,
  inventoryFields,
  leftOutOf,
  reportFile,
  reportTable,
} from '../../domain/model/inventories.js';
import { foreignTable } from '../../domain/model/own-entry.js';
import type { Fields } from '../../domain/model/record-fields.js';
import { detailListings, listingOf } from '../../domain/model/record-types.js';
import type { BlobStore } from '../../domain/ports/blob-store.js';
import { type Cell, cellText } from '../../domain/text/table-cell.js';
import { differencesAsIssues } from '../../domain/verify/differences-as-issues.js';
import type { Verification } from '../../domain/verify/verification.js';
import { destinationsOf } from '../../store/crosswalk.js';
import { raiseIssues } from '../../store/issues.js';
import type { LoadScope } from '../../store/load-scope.js';
import { readNames } from '../../store/lookups.js';
import type { RunWork } from '../../store/run-work.js';
import { saveCrosswalk } from '../../store/save-crosswalk.js';
import { allStaged, stagedPages } from '../../store/staged-pages.js';
import { saveVerifications } from '../../store/verifications.js';
import { KeptTable } from './kept-table.js';

export interface VerifyingDocuments {
  work: RunWork;
  scope: LoadScope;
  blobs: BlobStore;
  fields: readonly FieldMapping[];
}

type ReadBack = Verification & { sourceId: string; destinationId: string };

/** Reads back what stands in documents alone, field by field: only what is there has arrived. */
export async function verifyInventories(context: VerifyingDocuments): Promise<void> {
  const data = new Map((await allStaged(context, detailListings.REPORT_DATA)).map(({ sourceId, record }) => [sourceId, record]));
  for (const inventory of inventories) {
    const { recordType } = inventory;
    const table = await KeptTable.open(context, inventory.fieldTable);
    await table.take(...fieldTableColumns);
    for await (const page of stagedPages(context, listingOf(recordType))) {
      const records: ReadBack[] = [];
      for (const { sourceId, record } of page) {
        const found = await readBack(context, inventory, table, sourceId, record);
        if (recordType === 'REPORT') await readReportBack(context, sourceId, data.get(sourceId) ?? {}, found);
        records.push(found);
      }
      await save(context, recordType, records, true);
    }
    await table.close();
  }
}

async function readBack(
  { fields }: VerifyingDocuments,
  { recordType, document }: Inventory,
  table: KeptTable,
  sourceId: string,
  record: Fields,
): Promise<ReadBack> {
  const found: ReadBack = { sourceId, destinationId: document(sourceId), outcomes: foreignTable(), differences: [] };
  for (const [field, value] of inventoryFields(record, leftOutOf(fields, recordType)))
    judge(found, field, value, (await table.take(cellText(sourceId), cellText(field)))?.[2]);
  return found;
}

/** All of a report's figures count as one field of it. */
async function readReportBack(context: VerifyingDocuments, sourceId: string, report: Fields, found: ReadBack): Promise<void> {
  const { columns, rows } = reportTable(report);
  const table = await KeptTable.open(context, reportFile(sourceId));
  let place = 0;
  let wrong: number | null = null;
  for (const row of [columns, ...rows]) {
    // A row without cells is an empty line.
    const cells = row.length > 0 ? row.map(cellText) : [''];
    if ((await table.take(...cells))?.length !== cells.length) wrong ??= place;
    place++;
  }
  await table.close();
  judge(found, 'data', `${place} rows`, wrong === null ? `${place} rows` : `another row at ${wrong}`);
}

/** Reads the deals back from their table, where that is what they became. */
export async function verifyDealTable(context: VerifyingDocuments): Promise<void> {
  const { work, scope } = context;
  const name = dealTable(scope.environment);
  const names = await work.transaction(tx => readNames(tx, scope.projectId));
  const table = await KeptTable.open(context, name);
  await table.take(dealColumns[0]!);
  for await (const page of stagedPages(context, listingOf('DEAL'))) {
    const ids = page.map(({ sourceId }) => sourceId);
    const loaded = await work.transaction(tx => destinationsOf(tx, scope, 'DEAL', 'DOCUMENT', ids));
    const records: ReadBack[] = [];
    for (const { sourceId, record } of page) {
      const row = await table.take(cellText(sourceId));
      const found: ReadBack = { sourceId, destinationId: name, outcomes: {}, differences: [] };
      for (const [place, cell] of dealRow(sourceId, record, names).entries())
        judge(found, dealColumns[place]!, cell, row?.[place]);
      if (loaded.has(sourceId)) records.push(found);
    }
    await save(context, 'DEAL', records, false);
  }
  await table.close();
}

function judge(found: Verification, field: string, expected: Cell, actual: string | undefined): void {
  const text = cellText(expected);
  const outcome = actual !== text ? 'different' : text === String(expected ?? '') ? 'equal' : 'normalised';
  found.outcomes[field] = { [outcome]: 1 };
  if (outcome === 'different') {
    found.differences.push({ field, expected: text.slice(0, 300), actual: actual?.slice(0, 300) ?? null });
  }
}

/** @param arrives whether this is when they arrive: an inventory is nothing but its documents */
async function save(
  { work, scope }: VerifyingDocuments,
  recordType: MappedType,
  records: readonly ReadBack[],
  arrives: boolean,
): Promise<void> {
  await work.fencedTransaction(async tx => {
    if (arrives) {
      await saveCrosswalk(
        tx,
        scope,
        records.map(({ sourceId, destinationId }) => crosswalkEntry([recordType, sourceId], ['DOCUMENT', destinationId])),
      );
    }
    await saveVerifications(
      tx,
      scope,
      records.map(each => ({ ...each, recordType, covers: [{ recordType, sourceIds: [each.sourceId] }] })),
    );
    await raiseIssues(
      tx,
      work.lease,
      records.flatMap(each => differencesAsIssues(scope.environment, recordType, each.sourceId, each)),
    );
  });
}
