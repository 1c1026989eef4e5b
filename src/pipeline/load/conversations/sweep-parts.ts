import type { ConversationDraft } from '../../../domain/drafts/drafts.js';
import type { HelpLinks } from '../../../domain/text/help-links.js';
import { differencesAsIssues } from '../../../domain/verify/differences-as-issues.js';
import { surplusParts } from '../../../domain/verify/surplus.js';
import { withoutHumanEdits } from '../../../store/human-edits.js';
import { type Suspect, suspectsAfter } from '../../../store/sweeps.js';
import { forEachConcurrently } from '../engine/for-each-concurrently.js';
import type { Loading } from '../engine/loading.js';
import { ConversationPlan } from './conversation-plan.js';
import { duplicateRemoved, isUntouched, rebuildConversation } from './rebuild-conversation.js';
import { relinkedConversation } from './relinked-conversation.js';

const batchSize = 200;

/**
 * Finds messages that were written twice: a worker that was frozen between its last look at the lease and the sending can
 * still write late. Where nobody has touched the conversation since, it is deleted, to be loaded anew; else it stays, and is
 * no longer verified. Looked at are, where a run had several workers, all that it has loaded.
 * @returns ids of the records to be loaded anew, and whether a run before has left something that was written too often
 */
export async function sweepParts(
  context: Loading,
  type: 'TICKET' | 'CALL',
  links: HelpLinks,
): Promise<{ rebuilt: string[]; wasLeft: boolean }> {
  const since = context.work.lease.epoch > 1 ? context.run.startedAt : null;
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
  if (!view || (surplus.length > 0 && isUntouched(plan, view))) {
    const what = `Of conversation ${conversationId} ${surplus.join(', ') || 'a part'} was written once more by a worker that had lost its lease; the conversation was deleted and loaded anew.`;
    await rebuildConversation(context, type, sourceId, conversationId, [duplicateRemoved(type, sourceId, conversationId, what)]);
    return true;
  }
  // People have written in it, or have taken out what was too much.
  const found = await context.work.transaction(tx => withoutHumanEdits(tx, context.scope, plan.compare(type, view)));
  const issues = found.flatMap(each => differencesAsIssues(context.scope.environment, each.recordType, sourceId, each));
  await context.journal.commit({ verifications: found, issues });
  return false;
}
