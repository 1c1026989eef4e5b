import type { CompanyDraft } from '../../domain/drafts/drafts.js';
import { crosswalkEntry, originOf } from '../../domain/model/crosswalk.js';
import type { CompanyFields, CompanyView } from '../../domain/ports/destination-records.js';
import { plainToHtml } from '../../domain/text/html-text.js';
import { foldedTag } from '../../domain/text/tag-name.js';
import { comparisons } from '../../domain/verify/comparisons.js';
import type { OpenDraft } from '../../store/drafts.js';
import { loadState } from '../../store/load-states.js';
import { cleared, clearFormer } from './engine/clear-former.js';
import { eachDraft } from './engine/each-draft.js';
import { existingBefore } from './engine/existing-before.js';
import { type KeptEdits, keptEdits } from './engine/kept-edits.js';
import type { Loading } from './engine/loading.js';
import { writeAgain } from './engine/write-once.js';
import { addNoteOnce } from './notes.js';

/** Loads companies by a key that only Landfall uses. An existing company with the key is ours or is adopted. */
export function loadCompanies(context: Loading): Promise<void> {
  return eachDraft(context, 'COMPANY', (draft, open) => loadCompany(context, draft, open));
}

async function loadCompany(context: Loading, draft: CompanyDraft, open: OpenDraft): Promise<void> {
  const { destination, journal } = context;
  const { sourceId, key } = draft;
  const intent = { recordType: 'COMPANY' as const, sourceId, step: 'upsert' };
  const isOurs = open.state?.destinationId !== null && open.state !== null;
  let existingView: CompanyView | null = null;
  const compared = async (id: string) => {
    existingView = await destination.company(id);
    return existingView && comparisons.COMPANY(draft, existingView);
  };
  const edits = await keptEdits(context, 'COMPANY', open, compared);
  const formerTags = (existingView as CompanyView | null)?.tags.filter(tag => edits.former.tags.includes(foldedTag(tag))) ?? [];
  const existing = await existingBefore(context, intent, isOurs, async () => preImage(await destination.companyByKey(key)));
  // The existing object is stored before it is changed.
  await journal.commit({ intents: [existing ? { ...intent, preImage: existing } : intent] });
  // With the same key it stays one company, however often it is sent.
  const view = await writeAgain(context, () => destination.upsertCompany(key, fieldsOf(draft, edits)));
  const destinationId = view.id;
  await journal.commit({
    settled: [intent],
    crosswalk: [crosswalkEntry(['COMPANY', sourceId], ['COMPANY', destinationId], originOf(existing))],
    states: [loadState('COMPANY', sourceId, 'OPEN', { destinationId })],
  });
  const tags = draft.tags.filter(tag => !edits.hasElement('tags', foldedTag(tag)));
  for (const tag of tags) await writeAgain(context, () => destination.tagCompany(view.id, tag));
  const { fields, attributes } = edits.former;
  const steps = [
    ...formerTags.map(tag => () => destination.rollback.untagCompany(view.id, tag)),
    () => destination.rollback.setCompanyFields(view.id, cleared(fields), cleared(attributes)),
  ];
  await clearFormer(context, ['COMPANY', sourceId], edits, steps, () => compared(view.id));
  if (draft.note) await addNoteOnce(context, 'company', 'COMPANY', sourceId, view.id, plainToHtml(draft.note));
  await journal.commit({
    states: [loadState('COMPANY', sourceId, 'DONE', { destinationId, digest: open.digest })],
    weight: open.weight,
  });
}

function fieldsOf({ name, website, industry, size, remoteCreatedAt, attributes }: CompanyDraft, edits: KeptEdits): CompanyFields {
  const sent = <T>(field: string, target: string, value: T | null) =>
    value === null || edits.has(target) ? {} : { [field]: value };
  return {
    ...sent('name', 'name', name),
    ...sent('website', 'website', website),
    ...sent('industry', 'industry', industry),
    ...sent('size', 'size', size),
    ...sent('remoteCreatedAt', 'remote_created_at', remoteCreatedAt),
    attributes: edits.without(attributes),
  };
}

function preImage(company: CompanyView | null): object | null {
  if (!company) return null;
  const { id: _i, key: _k, ...rest } = company;
  return rest;
}
