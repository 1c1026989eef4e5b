import type { ConversationDraft } from '../../../domain/drafts/drafts.js';
import type { ConversationView } from '../../../domain/ports/destination-records.js';
import type { KeptEdits } from '../engine/kept-edits.js';
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
 * What people have changed is kept.
 * @returns the answer to the last write, if it contains the whole conversation
 */
export async function finishConversation(
  context: Loading,
  draft: ConversationDraft,
  id: string,
  companyId: string | null,
  edits: KeptEdits,
): Promise<ConversationView | null> {
  const { destination, refs } = context;
  const by = refs.placeholderTeammate;
  const title = edits.unless('title', draft.title);
  const company = edits.unless('company_id', companyId);
  const attributes = edits.without(draft.attributes);
  const fields = { ...(title === null ? {} : { title }), attributes, ...(company ? { companyId: company } : {}), read: true };
  let view: ConversationView | null = await writeAgain(context, () => destination.updateConversation(id, fields));
  for (const tag of draft.tags.map(name => refs.tagId(name)).filter(each => !edits.hasElement('tags', each))) {
    await writeAgain(context, () => destination.tagConversation(id, tag, by));
    view = null;
  }
  const { teamAssigneeId, adminAssigneeId } = assigneesOf(context, draft);
  const assign = async (type: 'admin' | 'team', to: string | null) => {
    if (to && !edits.has(`${type}_assignee_id`))
      view = await writeAgain(context, () => destination.assign(id, { type, id: to }, by));
  };
  await assign('team', teamAssigneeId);
  await assign('admin', adminAssigneeId);
  // What a person has opened again stays open.
  if (edits.has('state')) return view;
  if (draft.state === 'closed') view = await writeAgain(context, () => destination.close(id, by));
  if (draft.state === 'snoozed') view = await writeAgain(context, () => destination.snooze(id, snoozedUntil(), by));
  return view;
}
