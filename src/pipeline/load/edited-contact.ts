import type { ContactDraft } from '../../domain/drafts/drafts.js';
import { acceptedContact, contactKey } from '../../domain/verify/compare-contact.js';
import { comparisons } from '../../domain/verify/comparisons.js';
import type { Verification } from '../../domain/verify/verification.js';
import { destinationsOf } from '../../store/crosswalk.js';
import type { KeptEdits } from './engine/kept-edits.js';
import type { Loading } from './engine/loading.js';

/** Compares a contact in the workspace with its draft; null if it is gone. */
export async function comparedContact(context: Loading, draft: ContactDraft, id: string): Promise<Verification | null> {
  const { refs } = context;
  const view = await context.destination.contact(id);
  if (!view) return null;
  const companies = await context.work.transaction(tx =>
    destinationsOf(tx, context.scope, 'COMPANY', 'COMPANY', draft.companies),
  );
  const wanted = {
    key: contactKey(draft, view),
    ownerId: draft.ownerAgent === null ? null : refs.teammateOf(draft.ownerAgent),
    companies: [...companies.values()],
    tags: draft.tags.map(tag => refs.tagId(tag)),
  };
  return comparisons.CONTACT(acceptedContact(draft, view), wanted, view);
}

/** A contact without what people have changed: what is not sent stays as it is. */
export const withoutEdits = (draft: ContactDraft, edits: KeptEdits): ContactDraft => ({
  ...draft,
  name: edits.unless('name', draft.name),
  email: edits.unless('email', draft.email),
  phone: edits.unless('phone', draft.phone),
  signedUpAt: edits.unless('signed_up_at', draft.signedUpAt),
  ownerAgent: edits.unless('owner_id', draft.ownerAgent),
  attributes: edits.without(draft.attributes),
});
