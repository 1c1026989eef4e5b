import type { ConversationDraft } from '../../../domain/drafts/drafts.js';
import type { ConversationView } from '../../../domain/ports/destination-records.js';
import type { Loading } from '../engine/loading.js';
import { writeAgain } from '../engine/write-once.js';

/** 30 days: long enough to review what was pending. */
const snoozedUntil = () => Math.floor(Date.now() / 1000) + 30 * 86_400;

/** The assignees, in the ids of the workspace. */
export function assigneesOf(
  { refs }: Loading,
  { team, assigneeAgents }: ConversationDraft,
): { teamAssigneeId: string | null; adminAssigneeId: string | null } {
  return {
    teamAssigneeId: team === null ? null : refs.teamId(team),
    adminAssigneeId: assigneeAgents.length > 0 ? refs.teammateOf(assigneeAgents[0]!) : null,
  };
}

/**
 * Writes title, attributes and company, then tags and assignees. It is closed last, because all other writes can reopen it.
 * @returns the answer to the last write, if it contains the whole conversation
 */
export async function finishConversation(
  context: Loading,
  draft: ConversationDraft,
  id: string,
  companyId: string | null,
): Promise<ConversationView | null> {
  const { destination, refs } = context;
  const by = refs.placeholderTeammate;
  const { title, attributes } = draft;
  const fields = { ...(title === null ? {} : { title }), attributes, ...(companyId ? { companyId } : {}), read: true };
  let view: ConversationView | null = await writeAgain(context, () => destination.updateConversation(id, fields));
  for (const tag of draft.tags) {
    await writeAgain(context, () => destination.tagConversation(id, refs.tagId(tag), by));
    view = null;
  }
  const { teamAssigneeId, adminAssigneeId } = assigneesOf(context, draft);
  const assign = async (type: 'admin' | 'team', to: string | null) => {
    if (to) view = await writeAgain(context, () => destination.assign(id, { type, id: to }, by));
  };
  await assign('team', teamAssigneeId);
  await assign('admin', adminAssigneeId);
  if (draft.state === 'closed') view = await writeAgain(context, () => destination.close(id, by));
  if (draft.state === 'snoozed') view = await writeAgain(context, () => destination.snooze(id, snoozedUntil(), by));
  return view;
}
