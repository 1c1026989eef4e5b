import { dealColumns, dealRow, dealTable } from '../../domain/model/deal-row.js';
import { listingOf } from '../../domain/model/record-types.js';
import { dealOf } from '../../sources/shapes.js';
import { destinationsOf } from '../../store/crosswalk.js';
import { readNames } from '../../store/lookups.js';
import { stagedPages } from '../../store/staged-pages.js';
import { keepTable, type Reporting } from './write-documents.js';

/** Every deal with every field and its object id. */
export async function writeDealTable(context: Reporting): Promise<void> {
  const { projectId, organizationId } = context.work.lease;
  const scope = { projectId, organizationId, environment: context.environment };
  const names = await context.work.transaction(tx => readNames(tx, projectId));
  const rows = async function* () {
    for await (const page of stagedPages(context, listingOf('DEAL'))) {
      const ids = page.map(({ sourceId }) => sourceId);
      const made = await context.work.transaction(tx => destinationsOf(tx, scope, 'DEAL', 'CUSTOM_OBJECT', ids));
      for (const { sourceId, record } of page) yield [...dealRow(sourceId, dealOf(record), names), made.get(sourceId) ?? null];
    }
  };
  const about = { kind: 'REPORT_DATA' as const, name: dealTable(context.environment), title: context.texts.tables.deals };
  await keepTable(context, about, [...dealColumns, 'destination_id'], rows());
}
