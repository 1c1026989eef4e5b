import type { NewIssue } from '../../../domain/model/issue.js';
import { listingOf } from '../../../domain/model/record-types.js';
import type { ConversationView } from '../../../domain/ports/destination-records.js';
import { compareConversation } from '../../../domain/verify/compare.js';
import { holdsOthers, surplusParts } from '../../../domain/verify/surplus.js';
import { raiseIssues } from '../../../store/issues.js';
import { settleIntents } from '../../../store/load-intents.js';
import { forgetConversation } from '../../../store/sweeps.js';
import type { Loading } from '../engine/loading.js';
import { writeAgain } from '../engine/write-once.js';
import type { ConversationPlan } from './conversation-plan.js';

/**
 * Deletes a conversation, so that its record is loaded anew: nothing in it can be taken out or put in. Its intent is written
 * first: a worker that dies in between leaves what the next one finishes.
 */
export async function rebuildConversation(
  context: Loading,
  type: 'TICKET' | 'CALL',
  sourceId: string,
  conversationId: string,
  issues: readonly NewIssue[],
): Promise<void> {
  const intent = { recordType: type, sourceId, step: 'rebuild' };
  await context.journal.commit({ intents: [{ ...intent, preImage: { id: conversationId } }] });
  await writeAgain(context, () => context.destination.deleteConversation(conversationId));
  await context.work.fencedTransaction(async tx => {
    await forgetConversation(tx, context.scope, type, sourceId, conversationId);
    await settleIntents(tx, context.scope, [intent]);
    await raiseIssues(tx, context.work.lease, issues);
  });
}

export const duplicateRemoved = (type: 'TICKET' | 'CALL', sourceId: string, about: string, message: string): NewIssue => ({
  code: 'DUPLICATE_REMOVED',
  severity: 'INFO',
  recordType: type,
  listing: listingOf(type),
  sourceId,
  about,
  message,
  hint: null,
});

/** Whether all of it is as we left it, but for what was written once too often. */
export function isUntouched(plan: ConversationPlan, view: ConversationView): boolean {
  const { draft } = plan;
  const planned = plan.plannedParts();
  if (holdsOthers(planned, view)) return false;
  // A contact's message opens what was closed.
  const reopened = view.state === 'open' && surplusParts(planned, view).some(({ authorType }) => authorType !== 'admin');
  const { differences } = compareConversation(draft, plan.refs(), view);
  if (differences.some(({ field }) => !(field === 'state' && reopened))) return false;
  const people = new Set([plan.contactId, ...planned.map(({ authorId }) => authorId)]);
  return view.tags.length === draft.tags.length && view.contactIds.every(id => people.has(id));
}
