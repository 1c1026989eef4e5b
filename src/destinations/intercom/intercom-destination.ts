import type { AttributeValues } from '../../domain/drafts/drafts.js';
import type { AttributeSpec } from '../../domain/mapping/attributes.js';
import type {
  ArticleFields,
  ArticleView,
  CollectionFields,
  CollectionView,
  HelpCenterView,
} from '../../domain/model/help-center.js';
import type { Destination, DestinationAttribute, DestinationProbe, NamedObject } from '../../domain/ports/destination.js';
import type {
  CompanyFields,
  CompanyView,
  ContactFields,
  ContactView,
  ConversationView,
  ObjectFields,
  ObjectView,
  ReplyFields,
} from '../../domain/ports/destination-records.js';
import { createAttribute, extendOptions, listAttributes } from './attributes.js';
import { companyByKey, orNull, toCompany, upsertCompany } from './companies.js';
import { createContact, readContact, readNotes, updateContact } from './contacts.js';
import {
  assign,
  close,
  conversationsAtOnce,
  openConversation,
  reply,
  searchConversations,
  snooze,
  toConversation,
} from './conversations.js';
import { deleteObject, hasObjectType, objectByKey, readObject, upsertObject } from './custom-objects.js';
import * as help from './help-center.js';
import { type Answer, IntercomClient, type IntercomClientOptions, idIn } from './intercom-client.js';
import { pagesByCursor, wholeList } from './lists.js';
import { probe } from './probe.js';
import { IntercomRollback } from './rollback.js';

/** An Intercom workspace. */
export class IntercomDestination implements Destination {
  private readonly client: IntercomClient;
  readonly rollback: IntercomRollback;

  constructor(
    private readonly options: IntercomClientOptions,
    private readonly expectedRegion: string | null,
  ) {
    this.client = new IntercomClient(options);
    this.rollback = new IntercomRollback(this.client);
  }

  get calls(): number {
    return this.client.calls;
  }

  get callLimitPerMinute(): number | null {
    return this.client.callLimitPerMinute;
  }

  probe(tries = 2): Promise<DestinationProbe> {
    return probe(this.client, this.options.baseUrl, this.expectedRegion, tries);
  }

  async workspaceId(): Promise<string> {
    return String((await this.client.read('me')).app.id_code);
  }

  attributes(): Promise<DestinationAttribute[]> {
    return listAttributes(this.client);
  }

  createAttribute(spec: AttributeSpec): Promise<string> {
    return createAttribute(this.client, spec);
  }

  async restoreAttribute({ id }: DestinationAttribute): Promise<void> {
    await this.client.write('PUT', `data_attributes/${id}`, { archived: false });
  }

  extendOptions(attribute: DestinationAttribute, options: readonly string[]): Promise<void> {
    return extendOptions(this.client, attribute, options);
  }

  async tags(): Promise<NamedObject[]> {
    return (await wholeList(this.client, 'tags')).map(({ id, name }: Answer) => ({ id: String(id), name }));
  }

  async createTag(name: string): Promise<string> {
    return idIn(await this.client.write('POST', 'tags', { name }));
  }

  companyByKey(key: string): Promise<CompanyView | null> {
    return companyByKey(this.client, key);
  }

  company(id: string): Promise<CompanyView | null> {
    return orNull(async () => toCompany(await this.client.read(`companies/${id}`)));
  }

  upsertCompany(key: string, fields: CompanyFields): Promise<CompanyView> {
    return upsertCompany(this.client, key, fields);
  }

  async tagCompany(id: string, tagName: string): Promise<void> {
    await this.client.write('POST', 'tags', { name: tagName, companies: [{ id }] });
  }

  contact(id: string): Promise<ContactView | null> {
    return orNull(() => readContact(this.client, id));
  }

  createContact(fields: ContactFields): Promise<ContactView> {
    return createContact(this.client, fields);
  }

  updateContact(id: string, fields: ContactFields): Promise<ContactView> {
    return updateContact(this.client, id, fields);
  }

  async unarchiveContact(id: string): Promise<void> {
    await this.client.write('POST', `contacts/${id}/unarchive`);
  }

  async attachCompany(contactId: string, companyId: string): Promise<void> {
    await this.client.write('POST', `contacts/${contactId}/companies`, { id: companyId });
  }

  async tagContact(contactId: string, tagId: string): Promise<void> {
    await this.client.write('POST', `contacts/${contactId}/tags`, { id: tagId });
  }

  async addNote(on: 'contact' | 'company', id: string, html: string, adminId: string): Promise<void> {
    await this.client.write('POST', `${paths[on]}/${id}/notes`, { body: html, admin_id: adminId });
  }

  notes(on: 'contact' | 'company', id: string): Promise<string[]> {
    return readNotes(this.client, `${paths[on]}/${id}`);
  }

  hasObjectType(type: string): Promise<boolean> {
    return hasObjectType(this.client, type);
  }

  object(type: string, id: string): Promise<ObjectView | null> {
    return readObject(this.client, type, id);
  }

  objectByKey(type: string, key: string): Promise<ObjectView | null> {
    return objectByKey(this.client, type, key);
  }

  upsertObject(type: string, fields: ObjectFields): Promise<ObjectView> {
    return upsertObject(this.client, type, fields);
  }

  deleteObject(type: string, id: string): Promise<void> {
    return deleteObject(this.client, type, id);
  }

  async referToObjects(contactId: string, attribute: string, ids: readonly string[]): Promise<void> {
    await this.client.write('PUT', `contacts/${contactId}`, { custom_attributes: { [attribute]: ids } });
  }

  helpCenter(): Promise<HelpCenterView | null> {
    return help.helpCenter(this.client);
  }

  collection(id: string): Promise<CollectionView | null> {
    return help.readCollection(this.client, id);
  }

  collections(): AsyncIterable<CollectionView> {
    return help.collections(this.client);
  }

  saveCollection(id: string | null, fields: CollectionFields): Promise<CollectionView> {
    return help.saveCollection(this.client, id, fields);
  }

  article(id: string, isInternal: boolean): Promise<ArticleView | null> {
    return help.readArticle(this.client, id, isInternal);
  }

  articles(isInternal: boolean): AsyncIterable<ArticleView> {
    return help.articles(this.client, isInternal);
  }

  saveArticle(id: string | null, fields: ArticleFields): Promise<ArticleView> {
    return help.saveArticle(this.client, id, fields);
  }

  createRedirect(centerId: string, redirect: { from: string; locale: string; articleId: string }): Promise<void> {
    return help.createRedirect(this.client, centerId, redirect);
  }

  conversation(id: string): Promise<ConversationView | null> {
    return orNull(async () => toConversation(await this.client.read(`conversations/${id}`)));
  }

  openConversation(contactId: string, body: string, createdAt: number) {
    return openConversation(this.client, contactId, body, createdAt);
  }

  reply(conversationId: string, fields: ReplyFields): Promise<ConversationView> {
    return reply(this.client, conversationId, fields);
  }

  async updateConversation(
    id: string,
    { title, attributes, companyId, read }: { title?: string; attributes?: AttributeValues; companyId?: string; read?: boolean },
  ): Promise<ConversationView> {
    const body = { title, custom_attributes: attributes, company_id: companyId, read };
    return toConversation(await this.client.write('PUT', `conversations/${id}`, body));
  }

  async addParticipant(conversationId: string, contactId: string, adminId: string): Promise<void> {
    const body = { admin_id: adminId, customer: { intercom_user_id: contactId } };
    await this.client.write('POST', `conversations/${conversationId}/customers`, body);
  }

  async tagConversation(conversationId: string, tagId: string, adminId: string): Promise<void> {
    await this.client.write('POST', `conversations/${conversationId}/tags`, { id: tagId, admin_id: adminId });
  }

  assign(conversationId: string, to: { type: 'admin' | 'team'; id: string }, adminId: string): Promise<ConversationView> {
    return assign(this.client, conversationId, to, adminId);
  }

  close(conversationId: string, adminId: string): Promise<ConversationView> {
    return close(this.client, conversationId, adminId);
  }

  snooze(conversationId: string, until: number, adminId: string): Promise<ConversationView> {
    return snooze(this.client, conversationId, until, adminId);
  }

  searchConversations(contactId: string, createdAt: number): Promise<{ id: string; body: string }[]> {
    return searchConversations(this.client, contactId, createdAt);
  }

  async *conversations(): AsyncGenerator<ConversationView> {
    const pages = pagesByCursor(conversationsAtOnce, (size, after) =>
      this.client.read('conversations', { per_page: String(size), ...(after ? { starting_after: after } : {}) }),
    );
    for await (const page of pages) for (const each of page.conversations ?? []) yield toConversation(each);
  }

  async deleteConversation(id: string): Promise<void> {
    await orNull(() => this.client.write('DELETE', `conversations/${id}`, undefined, { retain_metrics: 'false' }));
  }

  async isIndexed(conversationId: string, updatedSince: number): Promise<boolean> {
    const value = [
      { field: 'id', operator: '=', value: conversationId },
      { field: 'updated_at', operator: '>', value: updatedSince },
    ];
    return (await this.client.search('conversations/search', { query: { operator: 'AND', value } })).total_count > 0;
  }

  async openingMessageId(conversationId: string): Promise<string> {
    return String((await this.client.read(`conversations/${conversationId}`)).source.id);
  }
}

const paths = { contact: 'contacts', company: 'companies' };
