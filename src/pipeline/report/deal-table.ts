import { canonicalJson } from '../../domain/canonical-json.js';
import { customFieldsOf, textOf } from '../../domain/record-fields.js';
import { destinationsOf } from '../../store/crosswalk.js';
import { named, namesOf, stagedPages } from './staged-pages.js';
import { keepTable, type Reporting } from './write-documents.js';

const columns =
  'deal_id name value currency status pipeline stage owners contact_id company_id company close_date notes custom_fields created updated destination_id'.split(
    ' ',
  );

/** Every deal with every field, and the object that it became. */
export async function writeDealTable(x: Reporting): Promise<void> {
  const scope = { projectId: x.work.lease.projectId, organizationId: x.work.lease.organizationId, environment: x.environment };
  const names = await namesOf(x);
  const rows = async function* () {
    for await (const page of stagedPages(x, 'deals')) {
      const ids = page.map(({ sourceId }) => sourceId);
      const made = await x.work.read(tx => destinationsOf(tx, scope, 'DEAL', 'CUSTOM_OBJECT', ids));
      for (const { sourceId, record } of page) {
        const custom = customFieldsOf(record.customFields);
        yield [
          sourceId,
          textOf(record.name),
          textOf(record.value),
          textOf(record.currency),
          textOf(record.status),
          named(names.pipelines, record.pipelineId),
          named(names.stages, `${textOf(record.pipelineId)}/${textOf(record.stageId)}`),
          [record.ownerIds ?? []]
            .flat()
            .map(id => named(names.users, id))
            .join(', '),
          textOf(record.contactId),
          textOf(record.companyId),
          names.companies.get(textOf(record.companyId)) ?? null,
          textOf(record.closeDate),
          textOf(record.notes),
          custom === null ? textOf(record.customFields) : custom.size === 0 ? '' : canonicalJson(Object.fromEntries(custom)),
          textOf(record.createdDate),
          textOf(record.updatedDate),
          made.get(sourceId) ?? null,
        ];
      }
    }
  };
  await keepTable(
    x,
    {
      kind: 'REPORT_DATA',
      name: `${x.environment.toLowerCase()}/deals.csv`,
      title: 'Deals',
    },
    columns,
    rows(),
  );
}
