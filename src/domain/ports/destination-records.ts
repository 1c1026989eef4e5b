import type { AttributeValues } from '../drafts/drafts.js';
import type { StreamedText } from '../text/streamed-text.js';

/** What of a company can be written; what is absent stays as it is. */
export interface CompanyFields {
  name?: string;
  website?: string;
  industry?: string;
  size?: number;
  remoteCreatedAt?: number;
  attributes?: Record<string, AttributeValues[string] | null>;
}

export interface CompanyView {
  id: string;
  key: string | null;
  name: string | null;
  website: string | null;
  industry: string | null;
  size: number | null;
  remoteCreatedAt: number | null;
  attributes: AttributeValues;
  tags: string[];
  /** How many contacts belong to it; null where it is not told. */
  contactCount: number | null;
}

export interface ContactFields {
  externalId?: string;
  name?: string;
  email?: string;
  phone?: string;
  ownerId?: string;
  signedUpAt?: number;
  attributes?: Record<string, AttributeValues[string] | null>;
}

export interface ContactView {
  id: string;
  role: string;
  externalId: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  ownerId: string | null;
  signedUpAt: number | null;
  attributes: AttributeValues;
  tags: string[];
  companies: string[];
  /** Ids of the custom objects that an attribute refers to. */
  references: Record<string, string[]>;
  /** null where it is not told. */
  noteCount: number | null;
}

export interface PartView {
  id: string;
  /** comment, note, open…, or what an event is called. */
  type: string;
  authorType: string;
  authorId: string;
  body: string | null;
  createdAt: number;
  /** byteSize null where it is not told. */
  attachments: { name: string; byteSize: number | null }[];
}

export interface ConversationView {
  id: string;
  title: string | null;
  createdAt: number;
  state: string;
  adminAssigneeId: string | null;
  teamAssigneeId: string | null;
  companyId: string | null;
  attributes: AttributeValues;
  tags: string[];
  contactIds: string[];
  openingBody: string;
  openingAuthorId: string;
  /** The newest, at most as many as the destination shows. */
  parts: PartView[];
  /** Whether older parts are not shown. */
  partsCut: boolean;
}

/** A reply: by a teammate, silent, or by a contact. */
export interface ReplyFields {
  author: { type: 'admin' | 'contact'; id: string };
  type: 'comment' | 'note';
  html: string;
  /** Whether it is plain text instead. */
  plain: boolean;
  createdAt: number;
  files: { name: string; contentType: string /** In base64. */; data: StreamedText }[];
}

/** An instance of a type of custom objects. */
export interface ObjectFields {
  key: string;
  /** Unix seconds. */
  externalCreatedAt: number | null;
  externalUpdatedAt: number | null;
  attributes: AttributeValues;
}

export interface ObjectView extends ObjectFields {
  id: string;
}

/** Writing and reading back records. Every function throws CallFailure; reading answers null where there is no such object. */
export interface DestinationRecords {
  companyByKey(key: string): Promise<CompanyView | null>;
  company(id: string): Promise<CompanyView | null>;
  /** Creates or updates by key. */
  upsertCompany(key: string, fields: CompanyFields): Promise<CompanyView>;
  tagCompany(id: string, tagName: string): Promise<void>;

  contact(id: string): Promise<ContactView | null>;
  /** @throws CallFailure with `existing` where one of this key or address is there */
  createContact(fields: ContactFields): Promise<ContactView>;
  updateContact(id: string, fields: ContactFields): Promise<ContactView>;
  unarchiveContact(id: string): Promise<void>;
  attachCompany(contactId: string, companyId: string): Promise<void>;
  tagContact(contactId: string, tagId: string): Promise<void>;
  /** Notes can't be changed or deleted. @param adminId who is credited */
  addNote(on: 'contact' | 'company', id: string, html: string, adminId: string): Promise<void>;
  notes(on: 'contact' | 'company', id: string): Promise<string[]>;

  /** Whether there is a type of custom objects of this name: only people can make one. */
  hasObjectType(type: string): Promise<boolean>;
  object(type: string, id: string): Promise<ObjectView | null>;
  objectByKey(type: string, key: string): Promise<ObjectView | null>;
  /** Creates or updates by key. */
  upsertObject(type: string, fields: ObjectFields): Promise<ObjectView>;
  deleteObject(type: string, id: string): Promise<void>;
  /** Sets which objects an attribute of a contact refers to: all of them. */
  referToObjects(contactId: string, attribute: string, ids: readonly string[]): Promise<void>;

  conversation(id: string): Promise<ConversationView | null>;
  openConversation(contactId: string, body: string, createdAt: number): Promise<{ conversationId: string; messageId: string }>;
  reply(conversationId: string, fields: ReplyFields): Promise<ConversationView>;
  updateConversation(
    id: string,
    fields: { title?: string; attributes?: AttributeValues; companyId?: string; read?: boolean },
  ): Promise<ConversationView>;
  addParticipant(conversationId: string, contactId: string, adminId: string): Promise<void>;
  tagConversation(conversationId: string, tagId: string, adminId: string): Promise<void>;
  /** Also where it is assigned so already. */
  assign(conversationId: string, to: { type: 'admin' | 'team'; id: string }, adminId: string): Promise<ConversationView>;
  /** Also where it is closed already. */
  close(conversationId: string, adminId: string): Promise<ConversationView>;
  /** @param until Unix seconds. Also where it is snoozed already. */
  snooze(conversationId: string, until: number, adminId: string): Promise<ConversationView>;
  /** As the search index knows them, which lags: a contact's conversations of one second. */
  searchConversations(contactId: string, createdAt: number): Promise<{ id: string; body: string }[]>;
  /** All of them, without their parts; page by page. */
  conversations(): AsyncIterable<ConversationView>;
  /** For good, out of the reporting too where the app may. */
  deleteConversation(id: string): Promise<void>;
  /** Whether searches know of an update of it since then (Unix seconds). */
  isIndexed(conversationId: string, updatedSince: number): Promise<boolean>;
  /** Id of the message that opened it. */
  openingMessageId(conversationId: string): Promise<string>;
}
