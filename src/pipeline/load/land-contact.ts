import type { ContactDraft } from '../../domain/drafts/drafts.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { ContactFields, ContactView } from '../../domain/ports/destination-records.js';
import { existingOf, type Standing } from '../../store/crosswalk.js';
import { preImageOf } from '../../store/load-intents.js';
import { formerPreImage } from '../../store/rolled-back.js';
import type { Loading } from './engine/loading.js';
import { RecordFailure } from './engine/record-failure.js';

interface Landed {
  contact: ContactView;
  /** What it was, where it is not ours. */
  preImage: Record<string, unknown> | null;
  /** Whether its address was left out, for another contact of ours has it. */
  isWithheld?: boolean;
}

/** What it became before; null where that is another's, since they share their address no more. */
export async function existingContact(context: Loading, draft: ContactDraft): Promise<Standing | null> {
  const ids = [draft.sourceId, ...draft.merged];
  const known = await context.work.transaction(tx => existingOf(tx, context.scope, 'CONTACT', 'CONTACT', ids));
  if (!known?.isShared) return known;
  const contact = (await context.destination.contact(known.destinationId)) ?? (await broughtBack(context, known.destinationId));
  return contact && isOfAnother(contact, draft) ? null : known;
}

/** What a person has archived can only be read once it is back. */
async function broughtBack(context: Loading, id: string): Promise<ContactView | null> {
  await unarchive(context, id);
  return context.destination.contact(id);
}

/** Creates, updates what we have, or adopts who stands in the way. */
export async function land(context: Loading, draft: ContactDraft, known: Standing | null): Promise<Landed> {
  const { destination } = context;
  if (known) return { ...(await revivedUpdate(context, known, draft)), preImage: known.preImage };
  const create = (from: ContactDraft) => accepted(from, context, fields => destination.createContact(fields));
  try {
    return { contact: await create(draft), preImage: null };
  } catch (error) {
    const existing = existingIn(error);
    if (!existing) throw error;
    return (await adopt(context, draft, existing)) ?? (await landWithoutAddress(context, draft, create));
  }
}

/** Its address is another's: it is created without it, or found where an attempt before has created it. */
async function landWithoutAddress(
  context: Loading,
  draft: ContactDraft,
  create: (from: ContactDraft) => Promise<ContactView>,
): Promise<Landed> {
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

/** The address belongs to another record of ours, which is not overwritten: it is kept in an attribute for now. */
const withoutAddress = (draft: ContactDraft): ContactDraft =>
  draft.email === null ? draft : { ...draft, email: null, attributes: { ...draft.attributes, infoset_email: draft.email } };

/** Whether a contact is what another record of this account became. */
function isOfAnother(standing: ContactView, { sourceId, merged, key }: ContactDraft): boolean {
  const prefix = key.slice(0, key.length - sourceId.length);
  const own = [key, ...merged.map(id => `${prefix}${id}`)];
  return [standing.externalId, standing.attributes.infoset_id].some(
    each => typeof each === 'string' && each.startsWith(prefix) && !own.includes(each),
  );
}

export const adoption = (sourceId: string) => ({ recordType: 'CONTACT' as const, sourceId, step: 'adopt' });

/**
 * An existing contact is written down before it is changed: once he has our key, nothing tells him from one of ours.
 * @returns null where he is what another record of ours became
 */
async function adopt(context: Loading, draft: ContactDraft, existing: { id: string; archived: boolean }): Promise<Landed | null> {
  const { destination, journal } = context;
  const intent = adoption(draft.sourceId);
  // Of an attempt before, whose end nobody knows.
  const begun = await context.work.transaction(tx => preImageOf(tx, context.scope, intent));
  if (existing.archived) {
    // What is archived can't be read before it is back.
    await journal.commit({ intents: [{ ...intent, preImage: { archived: true } }] });
    await unarchive(context, existing.id);
  }
  const standing = await destination.contact(existing.id);
  if (!standing)
    throw new RecordFailure(
      'CONTACT_LOCKED',
      `Contact ${existing.id} stands in its way and cannot be read.`,
      'Delete or restore it in Intercom.',
    );
  if (isOfAnother(standing, draft)) return null;
  const ours = standing.externalId === draft.key;
  const archived = existing.archived || begun?.archived === true;
  // A rollback may have left our key: what it was at first counts.
  const former = ours ? await context.work.transaction(tx => formerPreImage(tx, context.scope, existing.id)) : null;
  const preImage = begun?.id === existing.id ? begun : ours ? former : { ...standing, archived };
  if (preImage) await journal.commit({ intents: [{ ...intent, preImage }] });
  try {
    const fields = (each: ContactFields) => (preImage ? besideForeignKey(each, preImage) : each);
    return { contact: await accepted(draft, context, each => destination.updateContact(existing.id, fields(each))), preImage };
  } catch (error) {
    // It has our key, and another has its address.
    const holder = existingIn(error);
    if (draft.email !== null && holder && holder.id !== existing.id) {
      const adopted = await adopt(context, withoutAddress(draft), existing);
      if (adopted) return { ...adopted, isWithheld: true };
    }
    // Certainly unchanged: what it is the next time counts.
    if (error instanceof CallFailure && error.kind === 'REJECTED') await journal.commit({ settled: [intent] });
    throw error;
  }
}

/** Never over an external_id that somebody else has given. */
function besideForeignKey(fields: ContactFields, preImage: Record<string, unknown>): ContactFields {
  const { externalId, ...rest } = fields;
  if ((preImage.externalId ?? null) === null || preImage.externalId === externalId) return fields;
  return { ...rest, attributes: { ...rest.attributes, infoset_id: externalId! } };
}

async function unarchive(context: Loading, id: string): Promise<void> {
  try {
    await context.destination.unarchiveContact(id);
  } catch (error) {
    if (!(error instanceof CallFailure && (error.kind === 'REJECTED' || error.kind === 'NOT_FOUND'))) throw error;
    const hint = 'Its address and key are locked for about a week after a deletion: start the run again then.';
    throw new RecordFailure('CONTACT_LOCKED', `Contact ${id} was deleted and cannot be made again yet: ${error.message}`, hint);
  }
}

/** An update of ours; where a person has archived it meanwhile, it is brought back. */
async function revivedUpdate(
  context: Loading,
  { destinationId: id, preImage }: Standing,
  draft: ContactDraft,
): Promise<Pick<Landed, 'contact' | 'isWithheld'>> {
  const update = (from: ContactDraft) =>
    accepted(from, context, fields =>
      context.destination.updateContact(id, preImage ? besideForeignKey(fields, preImage) : fields),
    );
  try {
    return { contact: await update(draft) };
  } catch (error) {
    // His address is another's by now.
    if (existingIn(error)) return { contact: await update(withoutAddress(draft)), isWithheld: true };
    if (!(error instanceof CallFailure && error.kind === 'NOT_FOUND')) throw error;
    await unarchive(context, id);
    return { contact: await update(draft) };
  }
}

/** Sends a contact; an address or a number that is refused is kept in an attribute, and the contact still moves. */
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
      const told = error instanceof CallFailure && error.kind === 'REJECTED' && !error.details.existing ? error.message : '';
      const field = /\bemail\b/i.test(told) ? 'email' : /\bphone\b/i.test(told) ? 'phone' : null;
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
