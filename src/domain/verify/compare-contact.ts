import type { ContactDraft } from '../drafts/drafts.js';
import type { ContactView } from '../ports/destination-records.js';
import { compareFields } from './compare-fields.js';
import type { Verification } from './verification.js';

/** What a contact refers to, in the ids of the workspace. */
export interface ContactRefs {
  key: string | null;
  ownerId: string | null;
  companies: string[];
  tags: string[];
}

export function compareContact(draft: ContactDraft, refs: ContactRefs, view: ContactView): Verification {
  const expected = {
    external_id: refs.key,
    name: draft.name,
    email: draft.email,
    phone: draft.phone,
    signed_up_at: draft.signedUpAt,
    owner_id: refs.ownerId,
    companies: refs.companies,
    tags: refs.tags,
  };
  const actual = {
    external_id: view.externalId,
    name: view.name,
    email: view.email,
    phone: view.phone,
    signed_up_at: view.signedUpAt,
    owner_id: view.ownerId,
    companies: view.companies,
    tags: view.tags,
  };
  return compareFields(draft, expected, actual, view.attributes);
}

/** The key that a contact must have. An adopted contact keeps its own, and has ours in an attribute. */
export function contactKey({ key }: ContactDraft, { externalId, attributes }: ContactView): string | null {
  return externalId !== key && attributes.infoset_id === key ? externalId : key;
}

/** The draft as it was accepted: an address or a number that the destination refused is in an attribute, as a loss. */
export function acceptedContact(draft: ContactDraft, view: Pick<ContactView, 'email' | 'phone' | 'attributes'>): ContactDraft {
  const copy = { ...draft, fields: { ...draft.fields }, attributes: { ...draft.attributes }, losses: [...draft.losses] };
  for (const field of ['email', 'phone'] as const) {
    const value = draft[field];
    if (value === null || view[field] !== null || view.attributes[`infoset_${field}`] !== value) continue;
    copy.attributes[`infoset_${field}`] = value;
    copy.fields[field] = `attributes.infoset_${field}`;
    copy.losses.push({ field, code: field === 'email' ? 'EMAIL_REFUSED' : 'PHONE_REFUSED', lossy: true });
  }
  return copy;
}
