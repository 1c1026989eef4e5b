import type { ContactDraft } from '../../domain/drafts/drafts.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { ContactFields, ContactView } from '../../domain/ports/destination-records.js';
import { type ExistingObject, existingOf } from '../../store/crosswalk.js';
import { preImageOf } from '../../store/load-intents.js';
import { formerPreImage } from '../../store/rolled-back.js';
import type { Loading } from './engine/loading.js';
import { RecordFailure } from './engine/record-failure.js';

interface WrittenContact {
  contact: ContactView;
  /** What it was before, if it is not ours. */
  preImage: Record<string, unknown> | null;
  /** Whether its address was left out because another migrated contact has it. */
  isWithheld?: boolean;
}

/** The contact that it became before; null if that now belongs to another record. */
export async function existingContact(context: Loading, draft: ContactDraft): Promise<ExistingObject | null> {
  const ids = [draft.sourceId, ...draft.merged];
  const known = await context.work.transaction(tx => existingOf(tx, context.scope, 'CONTACT', 'CONTACT', ids));
  if (!known?.isShared) return known;
  const contact =
    (await context.destination.contact(known.destinationId)) ?? (await restoredContact(context, known.destinationId));
  return contact && isOfAnother(contact, draft) ? null : known;
}

/** An archived contact can only be read after it is restored. */
async function restoredContact(context: Loading, id: string): Promise<ContactView | null> {
  await unarchive(context, id);
  return context.destination.contact(id);
}

/** Creates a contact, updates ours, or adopts an existing one with the same key or address. */
export async function writeContact(context: Loading, draft: ContactDraft, known: ExistingObject | null): Promise<WrittenContact> {
  const { destination } = context;
  if (known) return { ...(await updateOrRestore(context, known, draft)), preImage: known.preImage };
  const create = (from: ContactDraft) => accepted(from, context, fields => destination.createContact(fields));
  try {
    return { contact: await create(draft), preImage: null };
  } catch (error) {
    const existing = existingIn(error);
    if (!existing) throw error;
    return (await adopt(context, draft, existing)) ?? (await writeWithoutAddress(context, draft, create));
  }
}

/** Another contact has its address. It is created without it, or found if an earlier attempt created it. */
async function writeWithoutAddress(
  context: Loading,
  draft: ContactDraft,
  create: (from: ContactDraft) => Promise<ContactView>,
): Promise<WrittenContact> {
  const bare = withoutAddress(draft);
  try {
    return { contact: await create(bare), preImage: null, isWithheld: true };
  } catch (error) {
    const existing = existingIn(error);
    const adopted = existing && (await adopt(context, bare, existing));
    if (!adopted) throw error;
    return { ...adopted, isWithheld: true };
  }
}

const existingIn = (error: unknown) => (error instanceof CallFailure ? error.details.existing : undefined);

/** Another migrated record has the address and is not overwritten. The address is kept in an attribute for now. */
const withoutAddress = (draft: ContactDraft): ContactDraft =>
  draft.email === null ? draft : { ...draft, email: null, attributes: { ...draft.attributes, infoset_email: draft.email } };

/** Whether a contact belongs to another record of this account. */
function isOfAnother(contact: ContactView, { sourceId, merged, key }: ContactDraft): boolean {
  const prefix = key.slice(0, key.length - sourceId.length);
  const own = [key, ...merged.map(id => `${prefix}${id}`)];
  return [contact.externalId, contact.attributes.infoset_id].some(
    each => typeof each === 'string' && each.startsWith(prefix) && !own.includes(each),
  );
}

export const adoption = (sourceId: string) => ({ recordType: 'CONTACT' as const, sourceId, step: 'adopt' });

/**
 * Adopts an existing contact. Its pre-image is stored before it is changed, because afterwards it has our key and looks like
 * one of ours.
 * @returns null if it belongs to another migrated record
 */
async function adopt(
  context: Loading,
  draft: ContactDraft,
  existing: { id: string; archived: boolean },
): Promise<WrittenContact | null> {
  const { destination, journal } = context;
  const intent = adoption(draft.sourceId);
  // From an earlier attempt with unknown outcome.
  const begun = await context.work.transaction(tx => preImageOf(tx, context.scope, intent));
  if (existing.archived) {
    // An archived contact cannot be read before it is restored.
    await journal.commit({ intents: [{ ...intent, preImage: { archived: true } }] });
    await unarchive(context, existing.id);
  }
  const before = await destination.contact(existing.id);
  if (!before)
    throw new RecordFailure(
      'CONTACT_LOCKED',
      `Contact ${existing.id} has the same key or address and cannot be read.`,
      'Delete or restore it in Intercom.',
    );
  if (isOfAnother(before, draft)) return null;
  const ours = before.externalId === draft.key;
  const archived = existing.archived || begun?.archived === true;
  // A rollback may have left our key: what it was at first counts.
  const former = ours ? await context.work.transaction(tx => formerPreImage(tx, context.scope, existing.id)) : null;
  const preImage = begun?.id === existing.id ? begun : ours ? former : { ...before, archived };
  if (preImage) await journal.commit({ intents: [{ ...intent, preImage }] });
  try {
    const fields = (each: ContactFields) => (preImage ? withoutForeignKey(each, preImage) : each);
    return { contact: await accepted(draft, context, each => destination.updateContact(existing.id, fields(each))), preImage };
  } catch (error) {
    // It has our key, and another contact has its address.
    const holder = existingIn(error);
    if (draft.email !== null && holder && holder.id !== existing.id) {
      const adopted = await adopt(context, withoutAddress(draft), existing);
      if (adopted) return { ...adopted, isWithheld: true };
    }
    // It is certainly unchanged: the next attempt reads it again.
    if (error instanceof CallFailure && error.kind === 'REJECTED') await journal.commit({ settled: [intent] });
    throw error;
  }
}

/** Never overwrites a foreign external_id. */
function withoutForeignKey(fields: ContactFields, preImage: Record<string, unknown>): ContactFields {
  const { externalId, ...rest } = fields;
  if ((preImage.externalId ?? null) === null || preImage.externalId === externalId) return fields;
  return { ...rest, attributes: { ...rest.attributes, infoset_id: externalId! } };
}

async function unarchive(context: Loading, id: string): Promise<void> {
  try {
    await context.destination.unarchiveContact(id);
  } catch (error) {
    if (!(error instanceof CallFailure && (error.kind === 'REJECTED' || error.kind === 'NOT_FOUND'))) throw error;
    const hint = 'Its address and key are locked for about a week after a deletion. Start the run again after that.';
    throw new RecordFailure(
      'CONTACT_LOCKED',
      `Contact ${id} was deleted and cannot be created again yet: ${error.message}`,
      hint,
    );
  }
}

/** Updates our contact. If a person has archived it, it is restored. */
async function updateOrRestore(
  context: Loading,
  { destinationId: id, preImage }: ExistingObject,
  draft: ContactDraft,
): Promise<Pick<WrittenContact, 'contact' | 'isWithheld'>> {
  const update = (from: ContactDraft) =>
    accepted(from, context, fields =>
      context.destination.updateContact(id, preImage ? withoutForeignKey(fields, preImage) : fields),
    );
  try {
    return { contact: await update(draft) };
  } catch (error) {
    // Another contact has the address now.
    if (existingIn(error)) return { contact: await update(withoutAddress(draft)), isWithheld: true };
    if (!(error instanceof CallFailure && error.kind === 'NOT_FOUND')) throw error;
    await unarchive(context, id);
    return { contact: await update(draft) };
  }
}

/** Sends a contact. A refused address or number is kept in an attribute, and the contact is still loaded. */
async function accepted(
  draft: ContactDraft,
  context: Loading,
  send: (fields: ContactFields) => Promise<ContactView>,
): Promise<ContactView> {
  const fields = fieldsOf(draft, context);
  for (let attempt = 0; ; attempt++) {
    try {
      return await send(fields);
    } catch (error) {
      const reason = error instanceof CallFailure && error.kind === 'REJECTED' && !error.details.existing ? error.message : '';
      const field = /\bemail\b/i.test(reason) ? 'email' : /\bphone\b/i.test(reason) ? 'phone' : null;
      if (!field || fields[field] === undefined || attempt > 1) throw error;
      fields.attributes = { ...fields.attributes, [`infoset_${field}`]: fields[field]! };
      delete fields[field];
    }
  }
}

function fieldsOf(
  { key, name, email, phone, signedUpAt, ownerAgent, attributes }: ContactDraft,
  { refs }: Loading,
): ContactFields {
  return {
    externalId: key,
    ...(name === null ? {} : { name }),
    ...(email === null ? {} : { email }),
    ...(phone === null ? {} : { phone }),
    ...(signedUpAt === null ? {} : { signedUpAt }),
    ...(ownerAgent === null ? {} : { ownerId: refs.teammateOf(ownerAgent) }),
    attributes,
  };
}
