import type { Cell } from '../text/table-cell.js';
import { canonicalJson } from './canonical-json.js';
import { customFieldsOf, type Fields, namedBy, textOf } from './record-fields.js';

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
export function dealRow(dealId: string, deal: Fields, names: DealNames): Cell[] {
  const custom = customFieldsOf(deal.customFields);
  return [
    dealId,
    textOf(deal.name),
    textOf(deal.value),
    textOf(deal.currency),
    textOf(deal.status),
    namedBy(names.pipelines, deal.pipelineId),
    namedBy(names.stages, `${textOf(deal.pipelineId)}/${textOf(deal.stageId)}`),
    [deal.ownerIds ?? []]
      .flat()
      .map(id => namedBy(names.users, id))
      .join(', '),
    textOf(deal.contactId),
    textOf(deal.companyId),
    names.companies.get(textOf(deal.companyId)) ?? null,
    textOf(deal.closeDate),
    textOf(deal.notes),
    custom === null ? textOf(deal.customFields) : custom.size === 0 ? '' : canonicalJson(Object.fromEntries(custom)),
    textOf(deal.createdDate),
    textOf(deal.updatedDate),
  ];
}
