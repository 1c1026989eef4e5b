import type { AttributeValues } from '../drafts/drafts.js';
import type { StreamedText } from '../text/streamed-text.js';

/** Writable fields of a company. Absent fields are not changed. */
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
  /** How many contacts belong to it; null if it is not reported. */
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
  /** null if it is not reported. */
  noteCount: number | null;
}

export interface PartView {
  id: string;
  /** comment, note, open…, or the name of an event. */
  type: string;
  authorType: string;
  authorId: string;
  body: string | null;
  createdAt: number;
  /** byteSize is null if it is unknown. */
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
  /** The newest parts, as many as the destination returns. */
  parts: PartView[];
  /** Whether older parts are missing. */
  partsCut: boolean;
}

/** A reply of a teammate, which is silent, or of a contact. */
export interface ReplyFields {
  author: { type: 'admin' | 'contact'; id: string };
  type: 'comment' | 'note';
  html: string;
  /** Whether `html` is plain text. */
  plain: boolean;
  createdAt: number;
  files: { name: string; contentType: string /** In base64. */; data: StreamedText }[];
}

/** A custom object. */
/** null clears an attribute. */
export type ClearableAttributes = Record<string, AttributeValues[string] | null>;

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

/** Writes and reads records. Every function throws CallFailure. Reads return null if the object does not exist. */
export interface DestinationRecords {
  companyByKey(key: string): Promise<CompanyView | null>;
  company(id: string): Promise<CompanyView | null>;
  /** Creates or updates by key. */
  upsertCompany(key: string, fields: CompanyFields): Promise<CompanyView>;
  tagCompany(id: string, tagName: string): Promise<void>;

  contact(id: string): Promise<ContactView | null>;
  /** @throws CallFailure with `existing` if a contact has this key or address */
  createContact(fields: ContactFields): Promise<ContactView>;
  updateContact(id: string, fields: ContactFields): Promise<ContactView>;
  unarchiveContact(id: string): Promise<void>;
  attachCompany(contactId: string, companyId: string): Promise<void>;
  tagContact(contactId: string, tagId: string): Promise<void>;
  /** Notes cannot be changed or deleted. @param adminId the author */
  addNote(on: 'contact' | 'company', id: string, html: string, adminId: string): Promise<void>;
  notes(on: 'contact' | 'company', id: string): Promise<string[]>;

  /** Whether a custom object type of this name exists. Only people can create one. */
  hasObjectType(type: string): Promise<boolean>;
  object(type: string, id: string): Promise<ObjectView | null>;
  objectByKey(type: string, key: string): Promise<ObjectView | null>;
  /** Creates or updates by key. */
  upsertObject(type: string, fields: Omit<ObjectFields, 'attributes'> & { attributes: ClearableAttributes }): Promise<ObjectView>;
  deleteObject(type: string, id: string): Promise<void>;
  /** Replaces the objects that an attribute of a contact refers to. */
  referToObjects(contactId: string, attribute: string, ids: readonly string[]): Promise<void>;

  conversation(id: string): Promise<ConversationView | null>;
  openConversation(contactId: string, body: string, createdAt: number): Promise<{ conversationId: string; messageId: string }>;
  reply(conversationId: string, fields: ReplyFields): Promise<ConversationView>;
  updateConversation(
    id: string,
    fields: { title?: string; attributes?: ClearableAttributes; companyId?: string; read?: boolean },
  ): Promise<ConversationView>;
  addParticipant(conversationId: string, contactId: string, adminId: string): Promise<void>;
  tagConversation(conversationId: string, tagId: string, adminId: string): Promise<void>;
  /** A tag that is not there is as wanted. */
  untagConversation(conversationId: string, tagId: string, adminId: string): Promise<void>;
  /** Succeeds too if it is already assigned so. */
  assign(conversationId: string, to: { type: 'admin' | 'team'; id: string }, adminId: string): Promise<ConversationView>;
  /** Succeeds too if it is already closed. */
  close(conversationId: string, adminId: string): Promise<ConversationView>;
  /** Succeeds too if it is already snoozed. @param until Unix seconds */
  snooze(conversationId: string, until: number, adminId: string): Promise<ConversationView>;
  /** Conversations of a contact with this creation time, from the search index, which lags behind. */
  searchConversations(contactId: string, createdAt: number): Promise<{ id: string; body: string }[]>;
  /** All conversations without their parts, page by page. */
  conversations(): AsyncIterable<ConversationView>;
  /** Deletes permanently, and from the reporting if the app may. */
  deleteConversation(id: string): Promise<void>;
  /** Whether the search index contains an update since then (Unix seconds). */
  isIndexed(conversationId: string, updatedSince: number): Promise<boolean>;
  /** Id of the message that opened it. */
  openingMessageId(conversationId: string): Promise<string>;
}
