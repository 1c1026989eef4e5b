import type { AttributeValues, DealDraft } from '../../domain/drafts/drafts.js';
import { Blocked } from '../../domain/model/blocked.js';
import { crosswalkEntry, originOf } from '../../domain/model/crosswalk.js';
import { dealTable } from '../../domain/model/deal-row.js';
import { dealReference, dealType } from '../../domain/model/deals.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { plainToHtml } from '../../domain/text/html-text.js';
import { comparisons } from '../../domain/verify/comparisons.js';
import { elementKey } from '../../domain/verify/human-edits.js';
import { destinationsOf } from '../../store/crosswalk.js';
import { type OpenDraft, unverifiedDrafts } from '../../store/drafts.js';
import { readValuesOf } from '../../store/human-edits.js';
import { loadState, saveLinks } from '../../store/load-states.js';
import { cleared, clearFormer } from './engine/clear-former.js';
import { eachDraft } from './engine/each-draft.js';
import { existingBefore } from './engine/existing-before.js';
import { forEachConcurrently } from './engine/for-each-concurrently.js';
import { type KeptEdits, keptEdits } from './engine/kept-edits.js';
import type { Loading } from './engine/loading.js';
import { RecordFailure } from './engine/record-failure.js';
import { writeAgain } from './engine/write-once.js';
import { addNoteOnce } from './notes.js';

const batchSize = 200;

/** Loads each deal as an object. Then each contact gets references to all of its deals in one write. */
export async function loadDeals(context: Loading): Promise<void> {
  if (context.dealsAs === 'CONTACT_ATTRIBUTES')
    return eachDraft(context, 'DEAL', (draft, open) => keepInTable(context, draft, open));
  await eachDraft(context, 'DEAL', (draft, open) => loadDeal(context, draft, open));
  await linkDeals(context);
}

async function loadDeal(context: Loading, draft: DealDraft, open: OpenDraft): Promise<void> {
  const { destination, journal } = context;
  const { sourceId, key } = draft;
  const contact = await contactOf(context, draft);
  const intent = { recordType: 'DEAL' as const, sourceId, step: 'upsert' };
  const known = open.state?.destinationId ?? null;
  let current: AttributeValues = {};
  const compared = async (id: string) => {
    const view = await destination.object(dealType, id);
    if (!view) return null;
    const linked = contact !== null && (await destination.contact(contact))?.references[dealReference]?.includes(id);
    current = view.attributes;
    return comparisons.DEAL(draft, { isLinked: linked ?? false, former: null }, view);
  };
  const edits = await keptEdits(context, 'DEAL', open, compared);
  const existing = await existingBefore(context, intent, known !== null, () => destination.objectByKey(dealType, key));
  const attributes = attributesWithEdits(draft, edits, current);
  // The existing object is stored before it is changed.
  await journal.commit({ intents: [existing ? { ...intent, preImage: existing } : intent] });
  // With the same key it stays one deal, however often it is sent.
  const { id } = await writeAgain(
    context,
    // It is not documented whether omitted attributes are kept: what people have changed is sent as it is.
    () => destination.upsertObject(dealType, { ...draft, attributes }),
  );
  const former = cleared(edits.former.attributes);
  const clear = () => destination.upsertObject(dealType, { ...draft, attributes: { ...attributes, ...former } });
  await clearFormer(context, ['DEAL', sourceId], edits, [clear], () => compared(id));
  await journal.commit({
    settled: [intent],
    crosswalk: [crosswalkEntry(['DEAL', sourceId], ['CUSTOM_OBJECT', id], originOf(existing))],
  });
  if (draft.note && contact)
    await addNoteOnce(context, 'contact', 'DEAL', sourceId, contact, plainToHtml(`Infoset deal ${sourceId}\n${draft.note}`));
  const done = loadState('DEAL', sourceId, 'DONE', { destinationId: id, digest: open.digest });
  await journal.commit({ states: [done], weight: open.weight });
}

function attributesWithEdits({ attributes }: DealDraft, edits: KeptEdits, existing: AttributeValues): AttributeValues {
  const kept = Object.entries(existing).filter(([name]) => edits.has(`attributes.${name}`));
  return { ...edits.without(attributes), ...Object.fromEntries(kept) };
}

/** The contact of a deal; null if it has none. */
async function contactOf(context: Loading, { contact }: DealDraft): Promise<string | null> {
  if (contact === null) return null;
  const id = (await context.work.transaction(tx => destinationsOf(tx, context.scope, 'CONTACT', 'CONTACT', [contact]))).get(
    contact,
  );
  if (id) return id;
  throw new RecordFailure(
    'PARENT_NOT_LOADED',
    `Its contact ${contact} was not loaded.`,
    'Fix the contact. The next run links the deal.',
  );
}

/** Updates the references of contacts to their deals, and removes those of deals that moved to another contact. */
async function linkDeals(context: Loading): Promise<void> {
  const wanted = new Map<string, Set<string>>();
  const left = new Map<string, Set<string>>();
  const links: { sourceId: string; destinationId: string; linkedTo: string | null }[] = [];
  const stillReferred = new Set<string>();
  const add = (to: typeof wanted, contactId: string, deal: string) =>
    to.set(contactId, (to.get(contactId) ?? new Set()).add(deal));
  for (let after = ''; ; ) {
    const batch = await context.work.transaction(tx => unverifiedDrafts(tx, context.scope, 'DEAL', after, batchSize));
    if (batch.length === 0) break;
    const deals = batch.map(({ body, destinationId, linkedTo, wasRead }) => ({
      ...(JSON.parse(body) as DealDraft),
      destinationId,
      linkedTo,
      wasRead,
    }));
    const contacts = await context.work.transaction(tx =>
      destinationsOf(
        tx,
        context.scope,
        'CONTACT',
        'CONTACT',
        deals.flatMap(({ contact }) => contact ?? []),
      ),
    );
    const read = await context.work.transaction(tx =>
      readValuesOf(
        tx,
        context.scope,
        'DEAL',
        deals.map(({ sourceId }) => sourceId),
      ),
    );
    for (const { sourceId, contact, destinationId, linkedTo, wasRead } of deals) {
      // A person has taken it from its contact.
      if (!wasRead && contact !== null && read.get(sourceId)?.[elementKey('contact', contact)] !== undefined) continue;
      const id = contact === null ? null : (contacts.get(contact) ?? null);
      if (id) add(wanted, id, destinationId);
      if (linkedTo && linkedTo !== id) add(left, linkedTo, destinationId);
      if (linkedTo !== id) links.push({ sourceId, destinationId, linkedTo: id });
    }
    after = batch.at(-1)!.sourceId;
  }
  await forEachConcurrently(context, [...wanted], ([contactId, deals]) => link(context, contactId, deals));
  await forEachConcurrently(context, [...left], async ([contactId, deals]) => {
    for (const deal of await unlink(context, contactId, deals)) stillReferred.add(deal);
  });
  // The next run removes what a former contact still refers to.
  const settled = links.filter(({ destinationId }) => !stillReferred.has(destinationId));
  for (let from = 0; from < settled.length; from += batchSize)
    await context.work.fencedTransaction(tx => saveLinks(tx, context.scope, settled.slice(from, from + batchSize)));
}

/** @returns deals that the contact still refers to: a write may add instead of replacing */
async function unlink(context: Loading, contactId: string, deals: ReadonlySet<string>): Promise<string[]> {
  const referred = async () => (await context.destination.contact(contactId))?.references[dealReference] ?? [];
  const existing = await referred();
  const kept = existing.filter(each => !deals.has(each));
  if (kept.length === existing.length) return [];
  await writeAgain(context, () => context.destination.referToObjects(contactId, dealReference, kept));
  return (await referred()).filter(each => deals.has(each));
}

/** Writes the union of existing and new references: whether a write replaces or adds is not documented. */
async function link(context: Loading, contactId: string, deals: ReadonlySet<string>): Promise<void> {
  const contact = await context.destination.contact(contactId);
  // A person deleted it: the read-back of its deals reports that.
  if (!contact) return;
  const existing = contact.references[dealReference] ?? [];
  const all = [...new Set([...existing, ...deals])];
  if (all.length === existing.length) return;
  try {
    await writeAgain(context, () => context.destination.referToObjects(contactId, dealReference, all));
  } catch (error) {
    if (!(error instanceof CallFailure && error.kind === 'REJECTED')) throw error;
    throw new Blocked({
      code: 'DEAL_TYPE_INCOMPLETE',
      message: `Intercom refuses the link of a contact to its deals (${error.message}). In Intercom, open Settings, Data, Custom objects, ${dealType}: let People refer to it (many) by ${dealReference}. Then resume the run.`,
      details: { kind: 'OBJECT_TYPE', name: dealType, reference: dealReference, attributes: [] },
    });
  }
}

/** The option CONTACT_ATTRIBUTES: an attribute of the contact lists its deals, and a table in the documents contains them. */
async function keepInTable(context: Loading, { sourceId }: DealDraft, open: OpenDraft): Promise<void> {
  const path = dealTable(context.scope.environment);
  await context.journal.commit({
    crosswalk: [crosswalkEntry(['DEAL', sourceId], ['DOCUMENT', path])],
    states: [loadState('DEAL', sourceId, 'DONE', { destinationId: path, digest: open.digest })],
    weight: open.weight,
  });
}
