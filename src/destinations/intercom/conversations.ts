import { CallFailure } from '../../domain/ports/call-failure.js';
import type { ConversationView, PartView, ReplyFields } from '../../domain/ports/destination-records.js';
import { type Answer, type IntercomClient, idIn } from './intercom-client.js';
import { Gathered, pagesByCursor } from './lists.js';

/** The most that a page holds. */
export const conversationsAtOnce = 150;

const toPart = ({ id, part_type, author, body, created_at, attachments }: Answer): PartView => ({
  id: String(id),
  type: part_type,
  authorType: author?.type ?? '',
  authorId: String(author?.id ?? ''),
  body: body ?? null,
  createdAt: created_at,
  attachments: (attachments ?? []).map((file: Answer) => ({ name: String(file.name), byteSize: file.filesize ?? null })),
});

/** 0 is nobody. */
const assignee = (id: unknown) => (id === null || id === undefined || String(id) === '0' ? null : String(id));

export function toConversation(answer: Answer): ConversationView {
  const { conversation_parts: parts } = answer;
  const shown: Answer[] = parts?.conversation_parts ?? [];
  return {
    id: idIn(answer),
    title: answer.title ?? null,
    createdAt: answer.created_at,
    state: answer.state,
    adminAssigneeId: assignee(answer.admin_assignee_id),
    teamAssigneeId: assignee(answer.team_assignee_id),
    companyId: answer.company?.id ? String(answer.company.id) : null,
    attributes: answer.custom_attributes ?? {},
    tags: (answer.tags?.tags ?? []).map((tag: Answer) => String(tag.id)),
    contactIds: (answer.contacts?.contacts ?? []).map((contact: Answer) => String(contact.id)),
    openingBody: answer.source?.body ?? '',
    openingAuthorId: String(answer.source?.author?.id ?? ''),
    parts: shown.map(toPart),
    partsCut: (parts?.total_count ?? 0) > shown.length,
  };
}

export async function openConversation(client: IntercomClient, contactId: string, body: string, createdAt: number) {
  const answer = await client.write('POST', 'conversations', {
    from: { type: 'user', id: contactId },
    body,
    created_at: createdAt,
  });
  return { conversationId: idIn({ id: answer.conversation_id }), messageId: idIn(answer) };
}

export async function reply(
  client: IntercomClient,
  conversationId: string,
  { author, type, html, createdAt, files }: ReplyFields,
): Promise<ConversationView> {
  const attached =
    files.length > 0
      ? { attachment_files: files.map(file => ({ content_type: file.contentType, name: file.name, data: file.data })) }
      : {};
  const by =
    author.type === 'admin'
      ? { type: 'admin', admin_id: author.id, skip_notifications: true }
      : { type: 'user', intercom_user_id: author.id };
  const body = { message_type: type, body: html, created_at: createdAt, ...by, ...attached };
  return toConversation(await client.write('POST', `conversations/${conversationId}/reply`, body));
}

/** What a conversation is already is refused; then it is as wanted. */
async function unlessAlready(
  write: () => Promise<Answer>,
  read: () => Promise<Answer>,
  holds: (view: ConversationView) => boolean,
): Promise<ConversationView> {
  try {
    return toConversation(await write());
  } catch (error) {
    if (!(error instanceof CallFailure && error.kind === 'REJECTED')) throw error;
    const view = toConversation(await read());
    if (holds(view)) return view;
    throw error;
  }
}

export function assign(
  client: IntercomClient,
  id: string,
  to: { type: 'admin' | 'team'; id: string },
  adminId: string,
): Promise<ConversationView> {
  const body = { message_type: 'assignment', type: to.type, admin_id: adminId, assignee_id: to.id };
  return unlessAlready(
    () => client.write('POST', `conversations/${id}/parts`, body),
    () => client.read(`conversations/${id}`),
    view => (to.type === 'team' ? view.teamAssigneeId : view.adminAssigneeId) === to.id,
  );
}

export function close(client: IntercomClient, id: string, adminId: string): Promise<ConversationView> {
  const body = { message_type: 'close', type: 'admin', admin_id: adminId };
  return unlessAlready(
    () => client.write('POST', `conversations/${id}/parts`, body),
    () => client.read(`conversations/${id}`),
    view => view.state === 'closed',
  );
}

export function snooze(client: IntercomClient, id: string, until: number, adminId: string): Promise<ConversationView> {
  const body = { message_type: 'snoozed', admin_id: adminId, snoozed_until: until };
  return unlessAlready(
    () => client.write('POST', `conversations/${id}/parts`, body),
    () => client.read(`conversations/${id}`),
    view => view.state === 'snoozed',
  );
}

export async function searchConversations(
  client: IntercomClient,
  contactId: string,
  createdAt: number,
): Promise<{ id: string; body: string }[]> {
  const found = new Gathered<{ id: string; body: string }>();
  const filters = [
    { field: 'contact_ids', operator: '=', value: contactId },
    { field: 'created_at', operator: '>', value: createdAt - 1 },
    { field: 'created_at', operator: '<', value: createdAt + 1 },
  ];
  const pages = pagesByCursor(conversationsAtOnce, (size, after) => {
    const pagination = { per_page: size, ...(after ? { starting_after: after } : {}) };
    return client.search('conversations/search', { query: { operator: 'AND', value: filters }, pagination });
  });
  for await (const page of pages) {
    const ofThatSecond = ((page.conversations ?? []) as Answer[]).filter(each => each.created_at === createdAt);
    found.add(ofThatSecond.map(each => ({ id: String(each.id), body: each.source?.body ?? '' })));
  }
  return found.all;
}
