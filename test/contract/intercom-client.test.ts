import { IntercomClient } from 'intercom-client';
import { beforeEach, expect, test } from 'vitest';
import { dealType } from '../support/destination.js';
import { admin, intercom } from '../support/intercom-calls.js';

// Intercom's own client: it does not share Landfall's assumptions about the API.
let client: IntercomClient;
beforeEach(() => {
  client = new IntercomClient({ token: intercom.settings.token, baseUrl: intercom.url, maxRetries: 0 });
});

const contactNamed = (external_id: string, more: object = {}) => client.contacts.create({ external_id, ...more });
const conversationOf = async (id: string, body = 'Merhaba') =>
  (await client.conversations.create({ from: { type: 'user', id }, body, created_at: 1_700_000_000 })).conversation_id!;
const replyOf = (id: string, body: string) =>
  client.conversations.reply({
    conversation_id: id,
    body: { message_type: 'note', type: 'admin', admin_id: admin, body, created_at: 1_700_000_100 },
  });

async function all<T>(pages: Promise<AsyncIterable<T>>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of await pages) items.push(item);
  return items;
}

test('the workspace: teammates, teams, brands, addresses', async () => {
  expect(await client.admins.identify()).toMatchObject({ type: 'admin', app: { id_code: intercom.workspace.app.id_code } });
  expect((await client.admins.list()).admins).toMatchObject([{ id: '7001' }, { id: '7002' }]);
  expect((await client.teams.list()).teams).toMatchObject([{ id: '9101', admin_ids: [7001] }]);
  expect((await client.unstable.brands.listBrands()).data).toMatchObject([{ name: 'Ege' }]);
  expect((await client.unstable.emails.listEmails()).data).toMatchObject([{ email: 'destek@ege.example' }]);
});

test('data attributes: one that is created as a datetime is returned as a date', async () => {
  // The client's type has no name and no model, which the API asks for.
  const make = (name: string, data_type: string, more: object = {}) =>
    client.dataAttributes.create({ name, model: 'contact', data_type, ...more } as never);
  const { id } = await make('sehir', 'options', { options: [{ value: 'İzmir' }, { value: 'Muğla' }] });
  for (const type of ['string', 'integer', 'float', 'boolean', 'date', 'datetime']) await make(`of ${type}`, type);
  const { data } = await client.dataAttributes.list({ model: 'contact' });
  expect(data!.filter(each => each?.name.startsWith('of ')).map(each => each?.data_type)).toEqual([
    'string',
    'integer',
    'float',
    'boolean',
    'date',
    'date',
  ]);
  await client.dataAttributes.update({ data_attribute_id: id!, body: { archived: true } });
  expect((await client.dataAttributes.list({ include_archived: false })).data!.map(each => each?.name)).not.toContain('sehir');
});

test('companies: created, found by key, by id and in a list, changed, tagged, archived', async () => {
  const made = await client.companies.createOrUpdate({
    company_id: 'infoset:71:501',
    name: 'Ege',
    remote_created_at: 1_600_000_000,
  });
  expect(await client.companies.retrieve({ company_id: 'infoset:71:501' })).toMatchObject({
    data: [{ id: made.id, name: 'Ege' }],
  });
  expect(await client.companies.find({ company_id: made.id })).toMatchObject({ company_id: 'infoset:71:501' });
  expect(await client.companies.update({ company_id: made.id, body: { name: 'Ege A.Ş.' } })).toMatchObject({ name: 'Ege A.Ş.' });
  const contact = await contactNamed('infoset:71:1');
  await client.companies.attachContact({ contact_id: contact.id!, id: made.id });
  expect(await client.companies.retrieve()).toMatchObject({ total_count: 1, data: [{ id: made.id }] });
  expect(await all(client.contacts.listAttachedCompanies({ contact_id: contact.id! }))).toMatchObject([{ id: made.id }]);
  await client.tags.create({ name: 'VIP', companies: [{ id: made.id }] });
  expect((await client.companies.find({ company_id: made.id })).tags!.tags).toMatchObject([{ name: 'VIP' }]);
  await client.companies.detachContact({ contact_id: contact.id!, company_id: made.id });
  expect(await client.companies.delete({ company_id: made.id })).toMatchObject({ deleted: true });
  await expect(client.companies.find({ company_id: made.id })).rejects.toMatchObject({ statusCode: 404 });
});

test('contacts: created, found by id, by key, by search and in a list, changed, tagged, with notes, archived, deleted', async () => {
  const made = await contactNamed('infoset:71:1', { name: 'Ayşe', signed_up_at: 1_500_000_000 });
  const id = made.id!;
  expect(await client.contacts.find({ contact_id: id })).toMatchObject({ external_id: 'infoset:71:1', role: 'user' });
  expect(await client.contacts.showContactByExternalId({ external_id: 'infoset:71:1' })).toMatchObject({ id });
  expect(await client.contacts.update({ contact_id: id, email: 'ayse@ege.example' })).toMatchObject({
    email: 'ayse@ege.example',
  });
  const filters = [
    { field: 'external_id', operator: '=', value: 'infoset:71:1' },
    { field: 'email_domain', operator: '=', value: 'ege.example' },
    { field: 'name', operator: '^', value: 'Ay' },
  ] as const;
  for (const filter of filters) expect(await all(client.contacts.search({ query: filter }))).toMatchObject([{ id }]);
  expect(await all(client.contacts.search({ query: { operator: 'AND', value: [...filters] } }))).toMatchObject([{ id }]);
  for (let number = 2; number < 60; number++) await contactNamed(`infoset:71:${number}`);
  expect(await all(client.contacts.list())).toHaveLength(59);
  const tag = (await client.tags.create({ name: 'VIP' })).id!;
  await client.tags.tagContact({ contact_id: id, id: tag });
  expect((await client.contacts.listAttachedTags({ contact_id: id })).data).toMatchObject([{ id: tag }]);
  await client.tags.untagContact({ contact_id: id, tag_id: tag });
  await client.notes.create({ contact_id: id, body: 'a note', admin_id: admin });
  expect(await all(client.notes.list({ contact_id: id }))).toMatchObject([{ body: '<p>a note</p>' }]);
  await expect(contactNamed('infoset:71:1')).rejects.toMatchObject({ statusCode: 409 });
  expect(await client.contacts.archive({ contact_id: id })).toMatchObject({ archived: true });
  expect(await client.contacts.unarchive({ contact_id: id })).toMatchObject({ archived: false });
  expect(await client.contacts.delete({ contact_id: id })).toMatchObject({ deleted: true });
});

test('conversations: opened, answered, changed, tagged, assigned, snoozed, closed, deleted', async () => {
  const { id: contact } = await contactNamed('infoset:71:1');
  const { id: other } = await contactNamed('infoset:71:2');
  const id = await conversationOf(contact!);
  expect((await replyOf(id, '<p>x</p>')).conversation_parts!.conversation_parts).toMatchObject([{ part_type: 'note' }]);
  await client.conversations.attachContactAsAdmin({
    conversation_id: id,
    admin_id: admin,
    customer: { intercom_user_id: other! },
  });
  const comment = { message_type: 'comment', type: 'user', intercom_user_id: other!, body: 'x' } as const;
  await client.conversations.reply({ conversation_id: id, body: comment });
  expect(await client.conversations.update({ conversation_id: id, title: 'T', read: true })).toMatchObject({
    title: 'T',
    read: true,
  });
  const tag = (await client.tags.create({ name: 'VIP' })).id!;
  await client.tags.tagConversation({ conversation_id: id, id: tag, admin_id: admin });
  expect((await client.conversations.find({ conversation_id: id })).tags!.tags).toMatchObject([{ id: tag }]);
  await client.tags.untagConversation({ conversation_id: id, tag_id: tag, admin_id: admin });
  const manage = (body: object) => client.conversations.manage({ conversation_id: id, body: body as never });
  const assigned = await manage({ message_type: 'assignment', type: 'admin', admin_id: admin, assignee_id: admin });
  expect(assigned).toMatchObject({ admin_assignee_id: 7001 });
  expect(await manage({ message_type: 'snoozed', admin_id: admin, snoozed_until: 2_000_000_000 })).toMatchObject({
    state: 'snoozed',
  });
  expect(await manage({ message_type: 'open', admin_id: admin })).toMatchObject({ state: 'open' });
  expect(await manage({ message_type: 'close', type: 'admin', admin_id: admin })).toMatchObject({ state: 'closed' });
  await client.conversations.detachContactAsAdmin({ conversation_id: id, contact_id: other!, admin_id: admin });
  expect(await client.conversations.deleteConversation({ conversation_id: Number(id) })).toMatchObject({ deleted: true });
  await expect(client.conversations.find({ conversation_id: id })).rejects.toMatchObject({ statusCode: 404 });
});

test('conversations: found by each single filter, by several, and in a list, over pages', async () => {
  const { id: contact } = await contactNamed('infoset:71:1', { email: 'ayse@ege.example' });
  const ids: string[] = [];
  for (let number = 0; number < 25; number++) ids.push(await conversationOf(contact!, `Sipariş n${number}`));
  expect((await all(client.conversations.list())).map(each => each.id).sort()).toEqual(ids.sort());
  const found = async (field: string, operator: string, value: string | number | string[]) =>
    (await all(client.conversations.search({ query: { field, operator: operator as '=', value } }))).length;
  expect(await found('id', '=', ids[0]!)).toBe(1);
  expect(await found('id', 'IN', ids.slice(0, 3))).toBe(3);
  expect(await found('source.body', '~', 'n24')).toBe(1);
  for (const [field, operator, value] of [
    ['created_at', '=', 1_700_000_000],
    ['created_at', '>', 1_600_000_000],
    ['contact_ids', '=', contact!],
    ['source.author.email', '=', 'ayse@ege.example'],
    ['source.author.id', '=', contact!],
    ['state', '=', 'open'],
    ['open', '=', 'true'],
    ['read', '=', 'false'],
    ['admin_assignee_id', '=', '0'],
    ['source.body', '!~', 'unknown'],
    ['tag_ids', '!=', '1'],
  ] as const)
    expect(await found(field, operator, value), field).toBe(25);
  const several = {
    operator: 'AND',
    value: [
      { field: 'contact_ids', operator: '=', value: contact! },
      { field: 'id', operator: '=', value: ids[1]! },
    ],
  } as const;
  expect(await all(client.conversations.search({ query: { ...several, value: [...several.value] } }))).toMatchObject([
    { id: ids[1] },
  ]);
});

test('tags, and objects whose tag is deleted', async () => {
  const { id } = await client.tags.create({ name: 'VIP' });
  expect(await client.tags.create({ name: 'vip' })).toMatchObject({ id, name: 'VIP' });
  expect((await client.tags.list()).data).toMatchObject([{ id, name: 'VIP' }]);
  await client.tags.delete({ tag_id: id! });
  expect((await client.tags.list()).data).toEqual([]);
});

test('custom objects: of a type that people created, by key and by id', async () => {
  intercom.workspace.objectTypes = [dealType()];
  const type = { custom_object_type_identifier: 'Deal' };
  const made = await client.customObjectInstances.createCustomObjectInstances({
    ...type,
    external_id: 'infoset:71:1',
    custom_attributes: { name: 'A' },
  });
  const byId = { ...type, custom_object_instance_id: made!.id! };
  expect(await client.customObjectInstances.getCustomObjectInstancesById(byId)).toMatchObject({
    custom_attributes: { name: 'A' },
  });
  const byKey = { ...type, external_id: 'infoset:71:1' };
  expect(await client.customObjectInstances.getCustomObjectInstancesByExternalId(byKey)).toMatchObject({ id: made!.id });
  expect(await client.customObjectInstances.deleteCustomObjectInstancesById({ ...byId, ...byKey })).toMatchObject({
    deleted: true,
  });
  await expect(client.customObjectInstances.getCustomObjectInstancesById(byId)).rejects.toMatchObject({ statusCode: 404 });
});

test('help center: collections, articles, internal articles', async () => {
  expect(await all(client.helpCenters.list())).toMatchObject([{ identifier: 'ege' }]);
  const { collections } = client.helpCenters;
  const collection = await collections.create({ name: 'Başlangıç', translated_content: { en: { name: 'Start' } } as never });
  expect(await collections.update({ collection_id: Number(collection.id), name: 'İlk adımlar' })).toMatchObject({
    name: 'İlk adımlar',
  });
  expect(await collections.find({ collection_id: Number(collection.id) })).toMatchObject({ name: 'İlk adımlar' });
  expect(await all(collections.list())).toMatchObject([{ id: collection.id }]);
  const author_id = Number(admin);
  const article = {
    title: 'Makale',
    author_id,
    body: '<p>x</p>',
    parent_id: Number(collection.id),
    parent_type: 'collection',
  } as const;
  const made = await client.articles.create({ ...article, state: 'draft' });
  const article_id = Number(made.id);
  expect(await client.articles.update({ article_id, state: 'published' })).toMatchObject({
    state: 'published',
    url: expect.any(String),
  });
  expect(await client.articles.find({ article_id })).toMatchObject({ title: 'Makale' });
  for (let number = 0; number < 12; number++) await client.articles.create({ ...article, title: `n${number}` });
  expect(await all(client.articles.list())).toHaveLength(13);
  expect(await client.articles.delete({ article_id })).toMatchObject({ deleted: true });
  const inner = await client.internalArticles.createInternalArticle({
    title: 'İç',
    author_id,
    owner_id: author_id,
    body: '<p>x</p>',
  });
  const internal_article_id = Number(inner.id);
  expect(await client.internalArticles.updateInternalArticle({ internal_article_id, title: 'İç 2' })).toMatchObject({
    title: 'İç 2',
  });
  expect(await client.internalArticles.retrieveInternalArticle({ internal_article_id })).toMatchObject({ title: 'İç 2' });
  expect((await client.internalArticles.listInternalArticles()).data).toHaveLength(1);
  expect(await client.internalArticles.deleteInternalArticle({ internal_article_id })).toMatchObject({ deleted: true });
  expect(await collections.delete({ collection_id: Number(collection.id) })).toMatchObject({ deleted: true });
});
