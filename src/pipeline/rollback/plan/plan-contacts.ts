import type { ContactDraft } from '../../../domain/drafts/drafts.js';
import type { ContactView } from '../../../domain/ports/destination-records.js';
import { contactDigest } from '../../../domain/rollback/digest.js';
import { type ContactRefs, isEditedContact } from '../../../domain/rollback/edits.js';
import { filled, type PlannedObject, places } from '../../../domain/rollback/plan.js';
import type { Reason } from '../../../domain/rollback/reasons.js';
import { contactRestoration } from '../../../domain/rollback/restoration.js';
import { destinationsOf } from '../../../store/crosswalk.js';
import { writtenNotes } from '../../../store/written-notes.js';
import { countNotesOfOthers } from '../notes-of-others.js';
import { inOtherConversations } from '../other-conversations.js';
import { type Candidate, type Planning, planEach, rowOf, save, uncheckable } from './planning.js';

const about = { destinationType: 'CONTACT' as const, place: places.contacts };
const notesStay = 'Notes that Landfall added stay, because Intercom cannot delete notes.';

/** Plans contacts: those that Landfall created are archived, which keeps their keys usable; adopted ones are restored. */
export async function planContacts(context: Planning): Promise<void> {
  await planEach(
    context,
    'CONTACT',
    'CONTACT',
    batch => neededBy(context, batch),
    (candidate, needed) => planOne(context, candidate, needed),
  );
  await planPlaceholder(context);
}

interface Needed {
  companies: ReadonlyMap<string, string>;
  /** Contacts in conversations that Landfall did not load. */
  elsewhere: ReadonlySet<string>;
  /** Digests of the notes that Landfall wrote. */
  written: ReadonlyMap<string, ReadonlySet<string>>;
}

async function neededBy(context: Planning, batch: readonly Candidate[]): Promise<Needed> {
  const { work, scope } = context;
  const wanted = batch.flatMap(({ sent }) => (sent ? (JSON.parse(sent.body) as ContactDraft).companies : []));
  return {
    companies: await work.transaction(tx => destinationsOf(tx, scope, 'COMPANY', 'COMPANY', [...new Set(wanted)])),
    elsewhere: await inOtherConversations(
      context,
      batch.filter(({ preImage }) => !preImage || preImage.archived === true).map(({ destinationId }) => destinationId),
    ),
    written: await work.transaction(tx =>
      writtenNotes(
        tx,
        scope,
        'CONTACT',
        batch.map(({ destinationId }) => destinationId),
      ),
    ),
  };
}

async function planOne(
  context: Planning,
  candidate: Candidate,
  { companies, elsewhere, written }: Needed,
): Promise<PlannedObject> {
  const { destinationId, sent, preImage } = candidate;
  const view = await context.destination.contact(destinationId);
  if (!view) return rowOf(candidate, { ...about, action: 'ARCHIVE', reason: 'GONE' });
  for (const company of view.companies) context.members.set(company, (context.members.get(company) ?? 0) + 1);
  const label = view.name ?? view.email ?? '';
  const unknown = uncheckable(sent);
  if (unknown !== null) return kept(context, candidate, view, unknown);
  const draft = JSON.parse(sent!.body) as ContactDraft;
  const ownNotes = written.get(destinationId)?.size ?? 0;
  const refs: ContactRefs = {
    ownerId: draft.ownerAgent === null ? null : context.refs.teammateOf(draft.ownerAgent),
    companies: draft.companies.flatMap(id => companies.get(id) ?? []),
    tags: draft.tags.flatMap(tag => context.refs.tagId(tag) ?? []),
    notesOfOthers: await otherNotes(context, view, preImage, ownNotes),
    deals: context.deals,
  };
  if (isEditedContact(draft, refs, view, preImage, sent!)) return kept(context, candidate, view, 'EDITED');
  const digest = contactDigest(view, context.deals);
  const needed: Reason | null = whyNeeded(context, destinationId, elsewhere);
  if (!preImage) {
    if (needed) return kept(context, candidate, view, needed);
    return rowOf(candidate, { ...about, action: 'ARCHIVE', reason: 'CONTACT_CREATED', label, digest });
  }
  const back = contactRestoration(draft, refs, view, preImage);
  // If it were archived, Intercom would hide the conversation that is kept.
  const change = { ...back, archive: back.archive === true && needed === null };
  for (const tag of back.untag ?? []) context.takenOff.add(tag);
  use(context, view, name => back.attributes?.[name] === null);
  const note = ownNotes > 0 ? notesStay : null;
  const reason = change.archive ? 'ADOPTED_ARCHIVED' : 'ADOPTED';
  return rowOf(candidate, { ...about, action: 'RESTORE', reason, label, digest, change, note });
}

/** Reads the notes only if their number is not enough. */
async function otherNotes(
  context: Planning,
  { id, noteCount }: ContactView,
  preImage: Record<string, unknown> | null,
  own: number,
): Promise<number> {
  const before = typeof preImage?.noteCount === 'number' ? preImage.noteCount : 0;
  if (noteCount === null || noteCount === before + own) return before;
  return countNotesOfOthers(context, 'contact', id);
}

function whyNeeded({ kept }: Planning, id: string, elsewhere: ReadonlySet<string>): Reason | null {
  if (kept.contacts.has(id)) return 'OF_A_KEPT_CONVERSATION';
  return elsewhere.has(id) ? 'OF_ANOTHER_CONVERSATION' : null;
}

/** It stays as it is, with its companies, attributes and tags. */
function kept(
  context: Planning,
  candidate: Pick<PlannedObject, 'destinationId' | 'sourceType' | 'sourceIds'>,
  view: ContactView,
  reason: Reason,
): PlannedObject {
  for (const company of view.companies)
    if (!context.kept.companies.has(company)) context.kept.companies.set(company, 'OF_A_KEPT_CONTACT');
  for (const tag of view.tags) context.kept.tags.add(tag);
  use(context, view, () => false);
  return rowOf(candidate, { ...about, action: 'KEEP', reason, label: view.name ?? view.email ?? '' });
}

function use({ kept }: Planning, view: ContactView, isCleared: (name: string) => boolean): void {
  for (const name of Object.keys(filled(view.attributes))) if (!isCleared(name)) kept.attributes.add(`contact ${name}`);
}

/** The placeholder for contacts that are gone. */
async function planPlaceholder(context: Planning): Promise<void> {
  const id = context.refs.placeholderContact;
  if (id === null) return;
  const candidate = { destinationId: id, sourceType: null, sourceIds: [] };
  const view = await context.destination.contact(id);
  if (!view) return save(context, [rowOf(candidate, { ...about, action: 'ARCHIVE', reason: 'GONE' })]);
  const digest = contactDigest(view, context.deals);
  const needed = whyNeeded(context, id, await inOtherConversations(context, [id]));
  await save(context, [
    needed
      ? kept(context, candidate, view, needed)
      : rowOf(candidate, { ...about, action: 'ARCHIVE', reason: 'PLACEHOLDER', label: view.name ?? '', digest }),
  ]);
}
