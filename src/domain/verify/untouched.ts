import type { ConversationView } from '../ports/destination-records.js';
import { compareConversation } from './compare-conversation.js';
import { otherAttributesChanged } from './other-attributes.js';
import { holdsOthers, surplusParts } from './surplus.js';
import type { ReadValues } from './verification.js';
import type { ExpectedConversation } from './verified-conversation.js';

/** Whether a conversation is as Landfall left it, except for parts that were written twice. @param last what was read back last */
export function isUntouched(
  { draft, refs, planned }: ExpectedConversation,
  contactId: string,
  view: ConversationView,
  last: ReadValues,
): boolean {
  if (holdsOthers(planned, view) || otherAttributesChanged(draft, view, last)) return false;
  // A message of a contact reopens a closed conversation.
  const reopened = view.state === 'open' && surplusParts(planned, view).some(({ authorType }) => authorType !== 'admin');
  const { differences } = compareConversation(draft, refs, view);
  if (differences.some(({ field }) => !(field === 'state' && reopened))) return false;
  const people = new Set([contactId, ...planned.map(({ authorId }) => authorId)]);
  return view.tags.length === draft.tags.length && view.contactIds.every(id => people.has(id));
}
