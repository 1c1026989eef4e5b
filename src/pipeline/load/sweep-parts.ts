import type { ConversationDraft } from '../../domain/drafts/drafts.js';
import type { HelpLinks } from '../../domain/text/help-links.js';
import { differencesAsIssues } from '../../domain/verify/differences-as-issues.js';
import { surplusParts } from '../../domain/verify/surplus.js';
import { type Suspect, suspectsAfter } from '../../store/sweeps.js';
import { ConversationPlan } from './conversation-plan.js';
import type { Loading } from './loading.js';
import { isUntouched, rebuildConversation } from './rebuild-conversation.js';
import { relinkedConversation } from './relinked-conversation.js';
import { someAtOnce } from './some-at-once.js';

const atOnce = 200;

/**
 * Finds messages that were written twice: a worker that was frozen between its last look at the lease and the sending can
 * still write late. Where nobody has touched the conversation since, it is deleted, to be loaded anew; else it stays, and is
 * no longer verified. Looked at are, where a run had several workers, all that it has loaded.
 * @returns ids of the records to be loaded anew, and whether a run before has left something that was written too often
 */
export async function sweepParts(
  x: Loading,
  type: 'TICKET' | 'CALL',
  links: HelpLinks,
): Promise<{ rebuilt: string[]; wasLeft: boolean }> {
  const since = x.work.lease.epoch > 1 ? x.run.startedAt : null;
  const rebuilt: string[] = [];
  let wasLeft = false;
  for (let after = ''; ; ) {
    const portion = await x.work.read(tx => suspectsAfter(tx, x.scope, type, since, after, atOnce));
    if (portion.length === 0) return { rebuilt, wasLeft };
    await someAtOnce(x, portion, async suspect => {
      wasLeft ||= suspect.hasSurplus;
      if (await isToRebuild(x, type, suspect, links)) rebuilt.push(suspect.sourceId);
    });
    after = portion.at(-1)!.sourceId;
  }
}

async function isToRebuild(x: Loading, type: 'TICKET' | 'CALL', suspect: Suspect, links: HelpLinks): Promise<boolean> {
  const { sourceId, body, conversationId, hasSurplus, isRebuilt } = suspect;
  const view = await x.destination.conversation(conversationId);
  if (!view && !isRebuilt) return false;
  const plan = await ConversationPlan.of(x, relinkedConversation(JSON.parse(body) as ConversationDraft, links), conversationId);
  const surplus = view ? surplusParts(plan.plannedParts(), view).map(({ id }) => `part ${id}`) : [];
  if (view && surplus.length === 0 && !hasSurplus) return false;
  if (!view || (surplus.length > 0 && isUntouched(plan, view))) {
    const what = `Of conversation ${conversationId} ${surplus.join(', ') || 'a part'} was written once more by a worker that had lost its lease; the conversation was deleted and loaded anew.`;
    await rebuildConversation(x, type, sourceId, conversationId, what);
    return true;
  }
  // People have written in it, or have taken out what was too much.
  const found = plan.compare(type, view);
  const issues = found.flatMap(each => differencesAsIssues(x.scope.environment, each.recordType, sourceId, each));
  await x.journal.commit({ verifications: found, issues });
  return false;
}
