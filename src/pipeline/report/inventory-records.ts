import {
  fieldTableColumns,
  type InventoryType,
  inventories,
  inventoryFields,
  leftOutOf,
  withoutFields,
} from '../../domain/model/inventories.js';
import { listingOf } from '../../domain/model/record-types.js';
import { allStaged, type Staged, stagedPages } from '../../store/staged-pages.js';
import { keepTable, type Reporting } from './write-documents.js';

/** Records of a type without ignored fields. */
export async function inventoryRecords(context: Reporting, type: InventoryType): Promise<Staged[]> {
  const leftOut = leftOutOf(context.fields, type);
  return (await allStaged(context, listingOf(type))).map(each => ({ ...each, record: withoutFields(each.record, leftOut) }));
}

const tables = {
  MAIL_ACCOUNT: { kind: 'MAIL_ROUTING_INVENTORY', title: 'Mail accounts, field by field' },
  CHAT_WIDGET: { kind: 'WIDGET_INVENTORY', title: 'Chat widgets, field by field' },
  AUTOMATION: { kind: 'AUTOMATION_INVENTORY', title: 'Automations, field by field' },
  REPORT: { kind: 'REPORT_DATA', title: 'Reports of the source, field by field' },
} as const;

/** Every field of every record that only moves into documents. The texts for people contain a selection. */
export async function writeFieldTables(context: Reporting): Promise<void> {
  for (const { recordType, fieldTable } of inventories) {
    const leftOut = leftOutOf(context.fields, recordType);
    const rows = async function* () {
      for await (const page of stagedPages(context, listingOf(recordType)))
        for (const { sourceId, record } of page)
          for (const [field, value] of inventoryFields(record, leftOut)) yield [sourceId, field, value];
    };
    await keepTable(context, { ...tables[recordType], name: fieldTable }, fieldTableColumns, rows());
  }
}
