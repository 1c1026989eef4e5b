import { createHash } from 'node:crypto';
import { isPlain, mergeAttributes } from './attributes.js';
import { contactById } from './contacts.js';
import { ApiError, invalid, missing, notFound } from './errors.js';
import { keptHtml } from './kept-html.js';
import { tagsOf } from './tags.js';
import type { Conversation, Json, Part, Workspace } from './workspace.js';

/** An answer shows at most this many parts: the newest ones. */
const maxParts = 500;
const ourPackage = 'landfall-app';

export function conversationById(w: Workspace, id: string): Conversation {
  const conversation = w.conversations.get(id);
  if (!conversation) throw notFound('Conversation', 'conversation_not_found');
  return conversation;
}

const partView = (part: Part): Json => ({
  type: 'conversation_part',
  ...part,
  // The digest is only for tests.
  attachments: part.attachments.map(({ sha256: _, ...file }) => file),
  updated_at: part.created_at,
  notified_at: part.created_at,
  external_id: null,
  redacted: false,
  metadata: {},
  email_message_metadata: null,
});

export function conversationView(w: Workspace, c: Conversation, withParts = true): Json {
  const contacts = [...c.contacts].map(id => ({ type: 'contact', id, external_id: w.contacts.get(id)?.external_id ?? null }));
  return {
    type: 'conversation',
    id: c.id,
    title: c.title,
    created_at: c.created_at,
    updated_at: c.updated_at,
    waiting_since: null,
    snoozed_until: c.snoozed_until,
    open: c.state !== 'closed',
    state: c.state,
    read: c.read,
    priority: 'none',
    admin_assignee_id: c.admin_assignee_id,
    team_assignee_id: c.team_assignee_id,
    source: {
      type: 'conversation',
      ...c.source,
      delivered_as: 'customer_initiated',
      subject: '',
      attachments: [],
      url: null,
      redacted: false,
    },
    contacts: { type: 'contact.list', contacts },
    teammates: null,
    tags: { type: 'tag.list', tags: tagsOf(w, c.tags) },
    custom_attributes: c.custom_attributes,
    company: c.company ? { type: 'company', id: c.company } : null,
    linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
    ...(withParts
      ? {
          conversation_parts: {
            type: 'conversation_part.list',
            conversation_parts: c.parts.slice(-maxParts).map(partView),
            total_count: c.parts.length,
          },
        }
      : {}),
  };
}

/** Only a contact can open a conversation, with plain text. @returns the message, as Intercom does */
export function createConversation(w: Workspace, body: Json): Json {
  const { from } = body;
  if (!['user', 'lead', 'contact'].includes(from?.type)) throw invalid('from.type must be user, lead or contact', 'from');
  if (typeof body.body !== 'string' || body.body.trim() === '') throw missing('body');
  if (!isPlain(body.body)) throw invalid('body is not text', 'body');
  const contact = contactById(w, String(from.id));
  const created_at = timeOf(w, body.created_at);
  const author = { type: contact.role, id: contact.id, name: contact.name, email: contact.email };
  const conversation: Conversation = {
    id: w.id(),
    source: { id: w.id(), body: `<p>${escaped(body.body).replaceAll('\n', '<br>')}</p>`, author },
    title: null,
    created_at,
    updated_at: created_at,
    state: 'open',
    snoozed_until: null,
    read: false,
    admin_assignee_id: 0,
    team_assignee_id: 0,
    company: null,
    custom_attributes: {},
    contacts: new Set([contact.id]),
    tags: new Set(),
    parts: [],
  };
  w.conversations.set(conversation.id, conversation);
  w.notifications.unavoidable++;
  w.touch(conversation);
  return {
    type: 'user_message',
    id: conversation.source.id,
    created_at,
    body: body.body,
    message_type: 'inapp',
    conversation_id: conversation.id,
  };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function timeOf(w: Workspace, value: unknown): number {
  if (value === undefined || value === null) return w.now();
  if (!Number.isInteger(value) || (value as number) < 0) throw invalid('created_at is invalid', 'created_at');
  return value as number;
}

export async function reply(w: Workspace, id: string, body: Json): Promise<Json> {
  const conversation = conversationById(w, id);
  const { message_type, type, attachment_files = [], attachment_urls = [] } = body;
  if (type !== 'admin' && type !== 'user') throw invalid('type must be admin or user', 'type');
  if (!['comment', 'note', 'quick_reply'].includes(message_type)) throw invalid('message_type is invalid', 'message_type');
  if (type === 'user' && message_type !== 'comment') throw invalid('A contact can only comment', 'message_type');
  if (typeof body.body !== 'string' || body.body.trim() === '') throw missing('body');
  if (!isPlain(body.body)) throw invalid('body is not text', 'body');
  if (attachment_files.length > 10 || attachment_urls.length > 10) throw invalid('At most 10 attachments', 'attachment_files');
  for (const { name, data } of attachment_files as Json[]) {
    if (w.settings.refusedFiles?.test(String(name)))
      throw invalid('attachment_files has a type that is not allowed', 'attachment_files');
    if (String(data).length * 0.75 - 2 > w.settings.largestFile)
      throw new ApiError(413, 'parameter_invalid', 'File is too large');
  }
  const author = type === 'admin' ? adminAuthor(w, body.admin_id) : contactAuthor(w, conversation, body);
  const shown = await shownBody(w, body.body);
  const reopens = type === 'user' && conversation.state !== 'open';
  if (reopens) Object.assign(conversation, { state: 'open', snoozed_until: null });
  if (type === 'user') w.notifications.unavoidable++;
  else if (body.skip_notifications !== true) w.notifications.avoidable++;
  addPart(w, conversation, {
    part_type: reopens ? 'open' : message_type,
    body: shown,
    created_at: timeOf(w, body.created_at),
    author,
    attachments: attachment_files.map((file: Json) => ({
      type: 'upload',
      name: file.name,
      url: `https://downloads.intercomcdn.com/${w.id()}/${encodeURIComponent(file.name)}`,
      content_type: file.content_type,
      filesize: Buffer.from(String(file.data), 'base64').length,
      // Not part of the API: tests compare it with the source.
      sha256: createHash('sha256')
        .update(Buffer.from(String(file.data), 'base64'))
        .digest('hex'),
    })),
  });
  return conversationView(w, conversation);
}

const shownBody = (w: Workspace, body: string): Promise<string> | string =>
  w.settings.plainReplies
    ? `<p>${escaped(body)}</p>`
    : keptHtml(body, { image: async source => source, isArticle: false, dropped: w.settings.droppedElements });

function adminAuthor(w: Workspace, id: unknown): Part['author'] {
  const admin = w.admin(id);
  if (!admin) throw notFound('Admin');
  return { type: 'admin', id: admin.id, name: admin.name, email: admin.email };
}

/** Only a participant can reply. */
function contactAuthor(w: Workspace, conversation: Conversation, body: Json): Part['author'] {
  const contact = body.intercom_user_id
    ? contactById(w, String(body.intercom_user_id))
    : (w.index.externalId.get(String(body.user_id)) ?? w.index.email.get(String(body.email).toLowerCase()));
  if (!contact || contact.archived) throw notFound('User');
  if (!conversation.contacts.has(contact.id))
    throw new ApiError(403, 'action_forbidden', 'This contact is not a participant of the conversation');
  return { type: contact.role, id: contact.id, name: contact.name, email: contact.email };
}

function addPart(w: Workspace, conversation: Conversation, part: Pick<Part, 'part_type' | 'author'> & Partial<Part>): void {
  conversation.parts.push({
    id: w.id(),
    body: null,
    created_at: w.now(),
    attachments: [],
    assigned_to: null,
    app_package_code: ourPackage,
    ...part,
  });
  w.touch(conversation);
}

/** close, snoozed, open and assignment always get the current time. */
export function manage(w: Workspace, id: string, body: Json): Json {
  const conversation = conversationById(w, id);
  // These always notify.
  w.notifications.unavoidable++;
  const author = adminAuthor(w, body.admin_id);
  if (body.message_type === 'close') {
    if (conversation.state === 'closed') throw new ApiError(400, 'client_error', 'The conversation is closed already');
    Object.assign(conversation, { state: 'closed', snoozed_until: null });
    addPart(w, conversation, { part_type: 'close', author });
  } else if (body.message_type === 'open') {
    Object.assign(conversation, { state: 'open', snoozed_until: null });
    addPart(w, conversation, { part_type: 'open', author });
  } else if (body.message_type === 'snoozed') {
    if (!Number.isInteger(body.snoozed_until)) throw missing('snoozed_until');
    Object.assign(conversation, { state: 'snoozed', snoozed_until: body.snoozed_until });
    addPart(w, conversation, { part_type: 'snoozed', author });
  } else if (body.message_type === 'assignment') assign(w, conversation, author, body);
  else throw invalid('message_type is invalid', 'message_type');
  return conversationView(w, conversation);
}

function assign(w: Workspace, conversation: Conversation, author: Part['author'], { type, assignee_id }: Json): void {
  const isTeam = type === 'team';
  const id = Number(assignee_id);
  const exists = id === 0 || (isTeam ? w.teams.some(team => team.id === String(assignee_id)) : w.admin(assignee_id));
  if (!exists) throw notFound('Assignee', 'assignee_not_found');
  const field = isTeam ? 'team_assignee_id' : 'admin_assignee_id';
  if (conversation[field] === id)
    throw new ApiError(422, 'parameter_invalid', 'The conversation is already assigned to them', 'assignee_id');
  conversation[field] = id;
  const reopens = conversation.state === 'closed';
  if (reopens) conversation.state = 'open';
  addPart(w, conversation, {
    part_type: reopens ? 'assign_and_reopen' : 'assignment',
    author,
    assigned_to: { type: isTeam ? 'team' : 'admin', id: String(id) },
  });
}

/** Each changed attribute adds an event to the parts. */
export function updateConversation(w: Workspace, id: string, body: Json): Json {
  const conversation = conversationById(w, id);
  if (body.company_id && !w.companies.get(String(body.company_id))) throw notFound('Company', 'company_not_found');
  const merged = mergeAttributes(w, 'conversation', conversation.custom_attributes, body.custom_attributes);
  const changed = Object.keys(merged).filter(name => merged[name] !== conversation.custom_attributes[name]);
  conversation.custom_attributes = merged;
  if (typeof body.title === 'string') conversation.title = body.title;
  if (typeof body.read === 'boolean') conversation.read = body.read;
  if (body.company_id !== undefined) conversation.company = body.company_id === null ? null : String(body.company_id);
  const author = { type: 'bot', id: '0', name: 'Operator', email: 'operator@intercom.example' };
  for (const _ of changed) addPart(w, conversation, { part_type: 'conversation_attribute_updated_by_admin', author });
  w.touch(conversation);
  return conversationView(w, conversation);
}

export function addParticipant(w: Workspace, id: string, body: Json): Json {
  const conversation = conversationById(w, id);
  adminAuthor(w, body.admin_id);
  const { intercom_user_id, user_id } = body.customer ?? {};
  const contact = intercom_user_id ? w.contacts.get(intercom_user_id) : w.index.externalId.get(user_id);
  if (!contact || contact.archived) throw notFound('User');
  conversation.contacts.add(contact.id);
  w.touch(conversation);
  return conversationView(w, conversation);
}

export function removeParticipant(w: Workspace, id: string, contactId: string): Json {
  const conversation = conversationById(w, id);
  if (conversation.contacts.size === 1) throw new ApiError(422, 'parameter_invalid', 'The last participant cannot be removed');
  conversation.contacts.delete(contactId);
  w.touch(conversation);
  return conversationView(w, conversation);
}

export function deleteConversation(w: Workspace, id: string, query: URLSearchParams): Json {
  conversationById(w, id);
  w.conversations.delete(id);
  w.deletedConversations.push({ id, metrics_retained: query.get('retain_metrics') !== 'false', deleted_at: w.now() });
  return { id, object: 'conversation', deleted: true };
}
