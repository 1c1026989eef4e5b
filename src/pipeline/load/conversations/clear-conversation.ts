import { comparisons } from '../../../domain/verify/comparisons.js';
import { cleared, clearFormer } from '../engine/clear-former.js';
import type { KeptEdits } from '../engine/kept-edits.js';
import type { Loading } from '../engine/loading.js';
import type { ConversationPlan } from './conversation-plan.js';

/** Clears what the source no longer has, before the conversation is closed: such a write can open it again. */
export function clearConversation(
  context: Loading,
  type: 'TICKET' | 'CALL',
  plan: ConversationPlan,
  id: string,
  edits: KeptEdits,
): Promise<void> {
  const { destination, refs } = context;
  const { attributes, tags } = edits.former;
  const steps = [
    ...tags.map(tag => () => destination.untagConversation(id, tag, refs.placeholderTeammate)),
    () => destination.updateConversation(id, { attributes: cleared(attributes) }),
  ];
  return clearFormer(context, [type, plan.draft.sourceId], edits, steps, async () => {
    const view = await destination.conversation(id);
    return view && comparisons[type](plan.draft, plan.refs(), view);
  });
}
