import type { ConversationDraft } from '../drafts/drafts.js';
import type { ConversationView } from '../ports/destination-records.js';
import { compareFields } from './compare-fields.js';
import { digestOfValue } from './human-edits.js';
import { otherAttributesRead } from './other-attributes.js';
import type { Verification } from './verification.js';

/** What a conversation refers to, in the ids of the workspace. */
export interface ConversationRefs {
  contactId: string;
  companyId: string | null;
  adminAssigneeId: string | null;
  teamAssigneeId: string | null;
  tags: string[];
}

export function compareConversation(draft: ConversationDraft, refs: ConversationRefs, view: ConversationView): Verification {
  const created = draft.attributes.infoset_created_at ?? null;
  const expected = {
    title: draft.title,
    // If its first message has another time, the attribute holds when it was created.
    created_at: view.createdAt === draft.opening.createdAt ? created : draft.opening.createdAt,
    contacts: [refs.contactId],
    company_id: refs.companyId,
    admin_assignee_id: refs.adminAssigneeId,
    team_assignee_id: refs.teamAssigneeId,
    tags: refs.tags,
  };
  const actual = {
    title: view.title,
    created_at: view.createdAt === draft.opening.createdAt ? (view.attributes.infoset_created_at ?? null) : view.createdAt,
    contacts: view.contactIds,
    company_id: view.companyId,
    admin_assignee_id: view.adminAssigneeId,
    team_assignee_id: view.teamAssigneeId,
    tags: view.tags,
  };
  const verification = compareFields(draft, expected, actual, view.attributes);
  const state = view.state === draft.state;
  verification.outcomes.state = { [state ? 'equal' : 'different']: 1 };
  if (!state) verification.differences.push({ field: 'state', expected: draft.state, actual: view.state });
  // Nobody can change when it was created, and the way to read that depends on its first message.
  delete verification.read!.created_at;
  Object.assign(verification.read!, otherAttributesRead(draft, view));
  verification.read!.state = { fields: ['state'], digest: digestOfValue(view.state) };
  return verification;
}
