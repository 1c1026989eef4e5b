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
import type { Fields } from '../../domain/model/record-fields.js';
import { detailListings, listingOf } from '../../domain/model/record-types.js';
import type { BlobStore } from '../../domain/ports/blob-store.js';
import { cellText } from '../../domain/text/table-cell.js';
import { type ComparedCell, compareTable } from '../../domain/verify/compare-table.js';
import { comparisons } from '../../domain/verify/comparisons.js';
import type { Verification } from '../../domain/verify/verification.js';
import { dealOf } from '../../sources/shapes.js';
import { destinationsOf } from '../../store/crosswalk.js';
import type { LoadScope } from '../../store/load-scope.js';
import { readNames } from '../../store/lookups.js';
import type { RunWork } from '../../store/run-work.js';
import { saveCrosswalk } from '../../store/save-crosswalk.js';
import { allStaged, stagedPages } from '../../store/staged-pages.js';
import { KeptTable } from './kept-table.js';
import { saveOutcome } from './outcome.js';

export interface VerifyingDocuments {
  work: RunWork;
  scope: LoadScope;
  blobs: BlobStore;
  fields: readonly FieldMapping[];
}

type Found = Verification & { sourceId: string; destinationId: string };

/** Reads back the records that exist only in documents, field by field. Only records that are found there have arrived. */
export async function verifyInventories(context: VerifyingDocuments): Promise<void> {
  const data = new Map((await allStaged(context, detailListings.REPORT_DATA)).map(({ sourceId, record }) => [sourceId, record]));
  for (const inventory of inventories) {
    const { recordType } = inventory;
    const table = await KeptTable.open(context, inventory.fieldTable);
    await table.take(...fieldTableColumns);
    for await (const page of stagedPages(context, listingOf(recordType))) {
      const records: Found[] = [];
      for (const { sourceId, record } of page) {
        const cells = await cellsOf(context, inventory, table, sourceId, record);
        if (recordType === 'REPORT') cells.push(await reportCell(context, sourceId, data.get(sourceId) ?? {}));
        records.push({ sourceId, destinationId: inventory.document(sourceId), ...comparisons[recordType](cells) });
      }
      await save(context, recordType, records, true);
    }
    await table.close();
  }
}

async function cellsOf(
  { fields }: VerifyingDocuments,
  { recordType }: Inventory,
  table: KeptTable,
  sourceId: string,
  record: Fields,
): Promise<ComparedCell[]> {
  const cells: ComparedCell[] = [];
  for (const [field, expected] of inventoryFields(record, leftOutOf(fields, recordType)))
    cells.push({ field, expected, actual: (await table.take(cellText(sourceId), cellText(field)))?.[2] });
  return cells;
}

/** All figures of a report count as one field. */
async function reportCell(context: VerifyingDocuments, sourceId: string, report: Fields): Promise<ComparedCell> {
  const { columns, rows } = reportTable(report);
  const table = await KeptTable.open(context, reportFile(sourceId));
  let position = 0;
  let wrong: number | null = null;
  for (const row of [columns, ...rows]) {
    // A row without cells is an empty line.
    const cells = row.length > 0 ? row.map(cellText) : [''];
    if ((await table.take(...cells))?.length !== cells.length) wrong ??= position;
    position++;
  }
  await table.close();
  const expected = `${position} rows`;
  return { field: 'data', expected, actual: wrong === null ? expected : `another row at ${wrong}` };
}

/** Reads deals back from their table, if they were loaded as rows of it. */
export async function verifyDealTable(context: VerifyingDocuments): Promise<void> {
  const { work, scope } = context;
  const name = dealTable(scope.environment);
  const names = await work.transaction(tx => readNames(tx, scope.projectId));
  const table = await KeptTable.open(context, name);
  await table.take(dealColumns[0]!);
  for await (const page of stagedPages(context, listingOf('DEAL'))) {
    const ids = page.map(({ sourceId }) => sourceId);
    const loaded = await work.transaction(tx => destinationsOf(tx, scope, 'DEAL', 'DOCUMENT', ids));
    const records: Found[] = [];
    for (const { sourceId, record } of page) {
      const row = await table.take(cellText(sourceId));
      const cells = dealRow(sourceId, dealOf(record), names).map(
        (expected, column): ComparedCell => ({ field: dealColumns[column]!, expected, actual: row?.[column] }),
      );
      if (loaded.has(sourceId)) records.push({ sourceId, destinationId: name, ...compareTable(cells) });
    }
    await save(context, 'DEAL', records, false);
  }
  await table.close();
}

/** @param arrives whether the records arrive now: an inventory consists of its documents */
async function save(
  context: VerifyingDocuments,
  recordType: MappedType,
  records: readonly Found[],
  arrives: boolean,
): Promise<void> {
  const { work, scope } = context;
  const verified = records.map(each => ({ ...each, recordType, covers: [{ recordType, sourceIds: [each.sourceId] }] }));
  await work.fencedTransaction(async tx => {
    if (arrives) {
      await saveCrosswalk(
        tx,
        scope,
        records.map(({ sourceId, destinationId }) => crosswalkEntry([recordType, sourceId], ['DOCUMENT', destinationId])),
      );
    }
    await saveOutcome(tx, context, verified);
  });
}
