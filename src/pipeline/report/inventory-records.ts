import type { DocumentKind } from '../../domain/model/document.js';
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
import type { Texts } from './texts/texts.js';
import { keepTable, type Reporting } from './write-documents.js';

/** Records of a type without ignored fields. */
export async function inventoryRecords(context: Reporting, type: InventoryType): Promise<Staged[]> {
  const leftOut = leftOutOf(context.fields, type);
  return (await allStaged(context, listingOf(type))).map(each => ({ ...each, record: withoutFields(each.record, leftOut) }));
}

const about = {
  MAIL_ACCOUNT: { kind: 'MAIL_ROUTING_INVENTORY', title: ({ mail }) => mail.fields },
  CHAT_WIDGET: { kind: 'WIDGET_INVENTORY', title: ({ widgets }) => widgets.fields },
  AUTOMATION: { kind: 'AUTOMATION_INVENTORY', title: ({ automation }) => automation.fields },
  REPORT: { kind: 'REPORT_DATA', title: ({ tables }) => tables.reports },
} as const satisfies Record<InventoryType, { kind: DocumentKind; title: (texts: Texts) => string }>;

/** Every field of every record that only moves into documents. The texts for people contain a selection. */
export async function writeFieldTables(context: Reporting): Promise<void> {
  for (const { recordType, fieldTable } of inventories) {
    const leftOut = leftOutOf(context.fields, recordType);
    const rows = async function* () {
      for await (const page of stagedPages(context, listingOf(recordType)))
        for (const { sourceId, record } of page)
          for (const [field, value] of inventoryFields(record, leftOut)) yield [sourceId, field, value];
    };
    const { kind, title } = about[recordType];
    await keepTable(context, { kind, title: title(context.texts), name: fieldTable }, fieldTableColumns, rows());
  }
}
