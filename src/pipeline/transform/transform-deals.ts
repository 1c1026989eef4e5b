import type { ContactDraft, DealDraft } from '../../domain/drafts/drafts.js';
import { keyOf } from '../../domain/model/destination-key.js';
import { type Fields, recordOf, textOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import { dealOf } from '../../sources/shapes.js';
import type { Lookups } from '../../store/lookups.js';
import { recordsReferringTo } from '../../store/staged-records.js';
import { valueFor } from './draft-company.js';
import { cut, longestAttribute, mapFields, nativeTimeOf, type TypeMapping, wholeValuesNote } from './field-values.js';
import type { ReadRecord } from './ticket-record.js';
import { batches, mappingOf, rowOf, save, type Transformation } from './transformation.js';

export async function transformDeals(context: Transformation): Promise<void> {
  for await (const records of batches(context, listingOf('DEAL'))) {
    const drafts = records.map(each => draftDeal(each, mappingOf(context, 'DEAL'), context.lookups));
    await save(
      context,
      'DEAL',
      drafts.map(draft => rowOf(draft, 2)),
      [],
    );
  }
}

/** The option CONTACT_ATTRIBUTES: lists the deals of a contact in an attribute. */
export async function addDeals(context: Transformation, contacts: readonly ContactDraft[]): Promise<void> {
  const ids = contacts.flatMap(({ sourceId, merged }) => [sourceId, ...merged]);
  const staged = await context.work.transaction(tx =>
    recordsReferringTo(tx, context.scope.projectId, listingOf('DEAL'), listingOf('CONTACT'), ids),
  );
  const deals = Map.groupBy(
    staged.map(({ raw }) => recordOf(raw)),
    deal => dealOf(deal).contactId,
  );
  for (const draft of contacts) {
    const own = [draft.sourceId, ...draft.merged].flatMap(id => deals.get(id) ?? []);
    if (own.length === 0) continue;
    const text = own.map(deal => summaryOf(deal, context.lookups)).join('; ');
    draft.attributes.infoset_deals = cut(text);
    if (text.length > longestAttribute) draft.note = [draft.note, `infoset_deals: ${text}`].filter(Boolean).join('\n\n');
  }
}

/** A deal as a custom object. All of its fields are attributes, except two times. */
export function draftDeal({ sourceId, record, stagedAt }: ReadRecord, mapping: TypeMapping, lookups: Lookups): DealDraft {
  const mapped = mapFields(record, mapping, 'deal', lookups.timeZone, (path, value) => named(path, value, record, lookups));
  const wanted = textOf(valueFor(mapped, mapping, 'deal.contact'));
  const contact = lookups.contacts.has(wanted) ? wanted : null;
  if (wanted !== '' && contact === null) {
    mapped.losses.push({ field: 'contactId', code: 'CONTACT_GONE', lossy: true });
    delete mapped.fields.contactId;
  }
  const bounds = { latest: stagedAt, timeZone: lookups.timeZone };
  const externalCreatedAt = nativeTimeOf(mapped, mapping, 'deal.external_created_at', bounds);
  const externalUpdatedAt = nativeTimeOf(mapped, mapping, 'deal.external_updated_at', bounds);
  return {
    sourceId,
    key: keyOf(lookups.account, sourceId),
    contact,
    externalCreatedAt,
    externalUpdatedAt,
    summary: summaryOf(record, lookups),
    attributes: mapped.attributes,
    fields: mapped.fields,
    losses: mapped.losses,
    tags: [],
    note: wholeValuesNote(mapped.whole, lookups.sourceHosts),
  };
}

function named(path: string, value: unknown, record: Fields, { pipelines, stages, companies, users }: Lookups): unknown {
  if (path === 'pipelineId') return pipelines.get(textOf(value)) ?? value;
  if (path === 'stageId') return stages.get(`${dealOf(record).pipelineId}/${textOf(value)}`) ?? value;
  if (path === 'companyId') return companies.get(textOf(value)) ?? value;
  if (path !== 'ownerIds') return value;
  const owners = [value].flat().map(textOf);
  return owners.map(id => users.get(id)?.email ?? users.get(id)?.name ?? id).join(', ');
}

function summaryOf(record: Fields, lookups: Lookups): string {
  const { name, value, currency, pipelineId, stageId } = dealOf(record);
  const worth = [value, currency].filter(Boolean).join(' ');
  const pipeline = lookups.pipelines.get(pipelineId) ?? pipelineId;
  const stage = lookups.stages.get(`${pipelineId}/${stageId}`) ?? stageId;
  return cut([name, worth, pipeline, stage].filter(Boolean).join(' · '));
}
