import type { ContactDraft } from '../../domain/drafts/drafts.js';
import { crosswalkEntry, originOf } from '../../domain/model/crosswalk.js';
import { plainToHtml } from '../../domain/text/html-text.js';
import { destinationsOf } from '../../store/crosswalk.js';
import type { OpenDraft } from '../../store/drafts.js';
import { moveReadValues } from '../../store/human-edits.js';
import { loadState } from '../../store/load-states.js';
import { comparedContact, withoutEdits } from './edited-contact.js';
import { cleared, clearFormer } from './engine/clear-former.js';
import { eachDraft, theseDrafts } from './engine/each-draft.js';
import { keptEdits } from './engine/kept-edits.js';
import type { Loading } from './engine/loading.js';
import { RecordFailure } from './engine/record-failure.js';
import { writeAgain } from './engine/write-once.js';
import { addNoteOnce } from './notes.js';
import { adoption, existingContact, writeContact } from './write-contact.js';

/** Names of a contact's fields, by their names in the destination. */
const contactFields: Record<string, string> = {
  name: 'name',
  email: 'email',
  phone: 'phone',
  owner_id: 'ownerId',
  signed_up_at: 'signedUpAt',
};

/** Loads contacts by our key. An existing contact with the same address is adopted. */
export async function loadContacts(context: Loading): Promise<void> {
  let withheld: string[] = [];
  const withhold = (id: string) => () => withheld.push(id);
  await eachDraft(context, 'CONTACT', (draft, open) => loadContact(context, draft, open, withhold(draft.sourceId)));
  // The contact that had an address may have another one now. Then the next contact can get it.
  for (let before = Number.POSITIVE_INFINITY; withheld.length > 0 && withheld.length < before; ) {
    before = withheld.length;
    const again = withheld;
    withheld = [];
    await theseDrafts(context, 'CONTACT', again, (draft, open) => loadContact(context, draft, open, withhold(draft.sourceId)));
  }
  await theseDrafts(context, 'CONTACT', withheld, (draft, open) => loadContact(context, draft, open, refuseAddress));
}

function refuseAddress(): never {
  throw new RecordFailure(
    'ADDRESS_TAKEN',
    'Another migrated contact has this e-mail address in Intercom. The contact is loaded without it; infoset_email holds it.',
    'Change the address of one of the two at the source, extract again and start the run again. Or waive the issue.',
  );
}

/** If records share an address, the last changed one is written. When that becomes another record, edits by people are kept. */
async function withSharedObject({ work, scope }: Loading, open: OpenDraft, destinationId: string | null) {
  if (open.state?.destinationId || destinationId === null) return open;
  await work.fencedTransaction(tx => moveReadValues(tx, scope, 'CONTACT', open.sourceId, destinationId));
  return { ...open, state: { destinationId } };
}

/** @param withhold called if its address was left out: then it is not done */
async function loadContact(context: Loading, draft: ContactDraft, open: OpenDraft, withhold: () => void): Promise<void> {
  const { destination, journal, refs } = context;
  const { sourceId } = draft;
  const intent = { recordType: 'CONTACT' as const, sourceId, step: 'create' };
  const known = await existingContact(context, draft);
  const openDraft = await withSharedObject(context, open, known?.destinationId ?? null);
  const edits = await keptEdits(context, 'CONTACT', openDraft, id => comparedContact(context, draft, id));
  await journal.commit({ intents: [intent] });
  // A second creation is refused and names the first, so it can be sent again immediately.
  const { contact, preImage, isWithheld } = await writeAgain(context, () =>
    writeContact(context, withoutEdits(draft, edits), known),
  );
  const destinationId = contact.id;
  await journal.commit({
    settled: [intent, adoption(sourceId)],
    // Without its address it is not yet the same contact as the merged records: their entries and pre-images are kept.
    crosswalk: (isWithheld ? [sourceId] : [sourceId, ...draft.merged]).map(id =>
      crosswalkEntry(['CONTACT', id], ['CONTACT', destinationId], originOf(preImage)),
    ),
    states: [loadState('CONTACT', sourceId, 'OPEN', { destinationId })],
  });
  const companies = await context.work.transaction(tx =>
    destinationsOf(tx, context.scope, 'COMPANY', 'COMPANY', draft.companies),
  );
  for (const company of draft.companies) {
    const companyId = companies.get(company);
    if (companyId && edits.hasElement('companies', companyId)) continue;
    if (companyId) await writeAgain(context, () => destination.attachCompany(contact.id, companyId));
    else
      throw new RecordFailure(
        'PARENT_NOT_LOADED',
        `Its company ${company} was not loaded.`,
        'Fix the company. The next run links it.',
      );
  }
  const tags = draft.tags.map(tag => refs.tagId(tag)).filter(id => !edits.hasElement('tags', id));
  for (const tag of tags) await writeAgain(context, () => destination.tagContact(contact.id, tag));
  const { former } = edits;
  const formerFields = cleared(former.fields.map(name => contactFields[name]!));
  const steps = [
    ...former.tags.map(tag => () => destination.rollback.untagContact(contact.id, tag)),
    ...former.companies.map(id => () => destination.rollback.detachCompany(contact.id, id)),
    () => destination.rollback.setContactFields(contact.id, formerFields, cleared(former.attributes)),
  ];
  await clearFormer(context, ['CONTACT', sourceId], edits, steps, () => comparedContact(context, draft, contact.id));
  if (draft.note) await addNoteOnce(context, 'contact', 'CONTACT', sourceId, contact.id, plainToHtml(draft.note));
  if (isWithheld) return withhold();
  await journal.commit({
    states: [loadState('CONTACT', sourceId, 'DONE', { destinationId, digest: open.digest })],
    weight: open.weight,
  });
}
