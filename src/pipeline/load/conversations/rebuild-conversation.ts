import type { NewIssue } from '../../../domain/model/issue.js';
import { listingOf } from '../../../domain/model/record-types.js';
import { raiseIssues } from '../../../store/issues.js';
import { settleIntents } from '../../../store/load-intents.js';
import { forgetConversation } from '../../../store/sweeps.js';
import type { Loading } from '../engine/loading.js';
import { writeAgain } from '../engine/write-once.js';

/**
 * Deletes a conversation, so that its record is loaded again: parts cannot be removed or inserted. Its intent is written first,
 * so that the next worker can finish if this one dies.
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
