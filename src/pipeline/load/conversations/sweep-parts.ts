import type { ConversationDraft } from '../../../domain/drafts/drafts.js';
import type { HelpLinks } from '../../../domain/text/help-links.js';
import { surplusParts } from '../../../domain/verify/surplus.js';
import { isUntouched } from '../../../domain/verify/untouched.js';
import { readValuesOf } from '../../../store/human-edits.js';
import { type Suspect, suspectsAfter } from '../../../store/sweeps.js';
import { forEachConcurrently } from '../engine/for-each-concurrently.js';
import type { Loading } from '../engine/loading.js';
import { ConversationPlan } from './conversation-plan.js';
import { duplicateRemoved, rebuildConversation } from './rebuild-conversation.js';
import { relinkedConversation } from './relinked-conversation.js';

const batchSize = 200;

/**
 * Finds messages that were written twice. A worker that was frozen between its last check of the lease and the call can write
 * late. If nobody has changed the conversation, it is deleted and loaded again. Otherwise it is kept and no longer verified.
 * @param since conversations that were verified since then are checked; null: only those that are known to be suspect
 * @returns ids of the records to load again, and whether an earlier run left a duplicate
 */
export async function sweepParts(
  context: Loading,
  type: 'TICKET' | 'CALL',
  links: HelpLinks,
  since: Date | null,
): Promise<{ rebuilt: string[]; wasLeft: boolean }> {
  const rebuilt: string[] = [];
  let wasLeft = false;
  for (let after = ''; ; ) {
    const batch = await context.work.transaction(tx => suspectsAfter(tx, context.scope, type, since, after, batchSize));
    if (batch.length === 0) return { rebuilt, wasLeft };
    await forEachConcurrently(context, batch, async suspect => {
      wasLeft ||= suspect.hasSurplus;
      if (await isToRebuild(context, type, suspect, links)) rebuilt.push(suspect.sourceId);
    });
    after = batch.at(-1)!.sourceId;
  }
}

async function isToRebuild(context: Loading, type: 'TICKET' | 'CALL', suspect: Suspect, links: HelpLinks): Promise<boolean> {
  const { sourceId, body, conversationId, hasSurplus, isRebuilt } = suspect;
  const view = await context.destination.conversation(conversationId);
  if (!view && !isRebuilt) return false;
  const plan = await ConversationPlan.of(
    context,
    relinkedConversation(JSON.parse(body) as ConversationDraft, links),
    conversationId,
  );
  const surplus = view ? surplusParts(plan.plannedParts(), view).map(({ id }) => `part ${id}`) : [];
  if (view && surplus.length === 0 && !hasSurplus) return false;
  const last = (await context.work.transaction(tx => readValuesOf(tx, context.scope, type, [sourceId]))).get(sourceId) ?? {};
  if (!view || (surplus.length > 0 && isUntouched(plan.expected(type), plan.contactId, view, last))) {
    const what = `A worker that had lost its lease wrote ${surplus.join(', ') || 'a part'} of conversation ${conversationId} twice. The conversation was deleted and loaded again.`;
    await rebuildConversation(context, type, sourceId, conversationId, [duplicateRemoved(type, sourceId, conversationId, what)]);
    return true;
  }
  // People have written in it, or have removed the duplicate.
  await context.journal.commit(await context.readBack.readConversation(plan.expected(type), view));
  return false;
}
