import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Destination } from '../../domain/ports/destination.js';
import type { ConversationView, PartView, ReplyFields } from '../../domain/ports/destination-records.js';
import { type Answer, idIn, orNull } from './answer.js';
import type { IntercomClient } from './client.js';
import { pagesByCursor } from './lists.js';

/** The largest page that the API answers. */
const pageSize = 150;

const toPart = ({ id, part_type, author, body, created_at, attachments }: Answer): PartView => ({
  id: String(id),
  type: part_type,
  authorType: author?.type ?? '',
  authorId: String(author?.id ?? ''),
  body: body ?? null,
  createdAt: created_at,
  attachments: (attachments ?? []).map((file: Answer) => ({ name: String(file.name), byteSize: file.filesize ?? null })),
});

/** 0 means that nobody is assigned. */
const assignee = (id: unknown) => (id === null || id === undefined || String(id) === '0' ? null : String(id));

function toConversation(answer: Answer): ConversationView {
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

function replyBody({ author, type, html, createdAt, files }: ReplyFields) {
  const attached =
    files.length > 0
      ? { attachment_files: files.map(file => ({ content_type: file.contentType, name: file.name, data: file.data })) }
      : {};
  const by =
    author.type === 'admin'
      ? { type: 'admin', admin_id: author.id, skip_notifications: true }
      : { type: 'user', intercom_user_id: author.id };
  return { message_type: type, body: html, created_at: createdAt, ...by, ...attached };
}

export function conversations(client: IntercomClient) {
  const read = async (id: string) => toConversation(await client.read(`conversations/${id}`));

  /** Writes a part that changes the conversation. The API refuses a change to the state that it already has. */
  const change = async (id: string, part: object, isDone: (view: ConversationView) => boolean) => {
    try {
      return toConversation(await client.write('POST', `conversations/${id}/parts`, part));
    } catch (error) {
      if (!(error instanceof CallFailure && error.kind === 'REJECTED')) throw error;
      const view = await read(id);
      if (isDone(view)) return view;
      throw error;
    }
  };

  return {
    conversation: id => orNull(() => read(id)),

    async openConversation(contactId, body, createdAt) {
      const from = { type: 'user', id: contactId };
      const answer = await client.write('POST', 'conversations', { from, body, created_at: createdAt });
      return { conversationId: idIn({ id: answer.conversation_id }), messageId: idIn(answer) };
    },

    async reply(id, fields) {
      return toConversation(await client.write('POST', `conversations/${id}/reply`, replyBody(fields)));
    },

    async updateConversation(id, { title, attributes, companyId, read: isRead }) {
      const body = { title, custom_attributes: attributes, company_id: companyId, read: isRead };
      return toConversation(await client.write('PUT', `conversations/${id}`, body));
    },

    async addParticipant(id, contactId, adminId) {
      const body = { admin_id: adminId, customer: { intercom_user_id: contactId } };
      await client.write('POST', `conversations/${id}/customers`, body);
    },

    async tagConversation(id, tagId, adminId) {
      await client.write('POST', `conversations/${id}/tags`, { id: tagId, admin_id: adminId });
    },

    async untagConversation(id, tagId, adminId) {
      await orNull(() => client.write('DELETE', `conversations/${id}/tags/${tagId}`, { admin_id: adminId }));
    },

    assign(id, to, adminId) {
      const part = { message_type: 'assignment', type: to.type, admin_id: adminId, assignee_id: to.id };
      return change(id, part, view => (to.type === 'team' ? view.teamAssigneeId : view.adminAssigneeId) === to.id);
    },

    close(id, adminId) {
      return change(id, { message_type: 'close', type: 'admin', admin_id: adminId }, view => view.state === 'closed');
    },

    snooze(id, until, adminId) {
      const part = { message_type: 'snoozed', admin_id: adminId, snoozed_until: until };
      return change(id, part, view => view.state === 'snoozed');
    },

    async *conversations() {
      const pages = pagesByCursor(pageSize, (size, after) =>
        client.read('conversations', { per_page: String(size), ...(after ? { starting_after: after } : {}) }),
      );
      for await (const page of pages) for (const each of page.conversations ?? []) yield toConversation(each);
    },

    async deleteConversation(id) {
      await orNull(() => client.write('DELETE', `conversations/${id}`, undefined, { retain_metrics: 'false' }));
    },

    async openingMessageId(id) {
      return String((await client.read(`conversations/${id}`)).source.id);
    },
  } satisfies Partial<Destination>;
}
