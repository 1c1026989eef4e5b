import type { Cell } from '../text/table-cell.js';
import { canonicalJson } from './canonical-json.js';
import { namedBy } from './record-fields.js';
import type { DealShape } from './source-shapes.js';

/** Names of what deals refer to. */
export interface DealNames {
  users: ReadonlyMap<string, { name: string }>;
  companies: ReadonlyMap<string, string>;
  pipelines: ReadonlyMap<string, string>;
  /** By pipeline and stage, `10767/43716`. */
  stages: ReadonlyMap<string, string>;
}

/** The table of deals of a workspace. */
export const dealTable = (environment: string) => `${environment.toLowerCase()}/deals.csv`;

export const dealColumns =
  'deal_id name value currency status pipeline stage owners contact_id company_id company close_date notes custom_fields created updated'.split(
    ' ',
  );

/** The row of a deal. */
export function dealRow(dealId: string, deal: DealShape, names: DealNames): Cell[] {
  const { customFields } = deal;
  return [
    dealId,
    deal.name,
    deal.value,
    deal.currency,
    deal.status,
    namedBy(names.pipelines, deal.pipelineId),
    namedBy(names.stages, `${deal.pipelineId}/${deal.stageId}`),
    deal.ownerIds.map(id => namedBy(names.users, id)).join(', '),
    deal.contactId,
    deal.companyId,
    names.companies.get(deal.companyId) ?? null,
    deal.closeDate,
    deal.notes,
    customFields === null
      ? deal.customFieldsText
      : customFields.size === 0
        ? ''
        : canonicalJson(Object.fromEntries(customFields)),
    deal.createdDate,
    deal.updatedDate,
  ];
}
