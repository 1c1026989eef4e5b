import { expect, test } from 'vitest';
import { admin, call, codeOf, conversation, get, intercom, note, post, user } from '../support/intercom-calls.js';

test('/me returns workspace and region; without a token 401, without a version or Accept a refusal', async () => {
  expect((await get('/me')).body.app).toMatchObject({ id_code: expect.any(String), region: 'EU' });
  expect(codeOf(await call('GET', '/me', undefined, { authorization: 'Bearer x' }))).toBe('401 unauthorized');
  expect(codeOf(await call('GET', '/me', undefined, { 'intercom-version': '2.11' }))).toBe('400 intercom_version_invalid');
  expect((await call('GET', '/me', undefined, { accept: 'text/html' })).status).toBe(406);
  const { body } = await get('/nothing');
  expect(body).toMatchObject({ type: 'error.list', request_id: expect.any(String), errors: [{ code: 'not_found' }] });
});

test('windows: headers show limit, remaining and reset; beyond it 429', async () => {
  intercom.settings.limits = { app: 3, workspace: 100, windowMs: 60_000 };
  const first = await get('/tags');
  expect(first.headers.get('x-ratelimit-limit')).toBe('3');
  expect(first.headers.get('x-ratelimit-remaining')).toBe('2');
  expect(Number(first.headers.get('x-ratelimit-reset')) * 1000).toBeGreaterThan(Date.now());
  await get('/tags');
  await get('/tags');
  expect(codeOf(await get('/tags'))).toBe('429 rate_limit_exceeded');
});

test('data attributes: names are valid and unique over contacts and companies, there are at least two options, no conversations', async () => {
  const make = (body: object) => post('/data_attributes', { model: 'contact', data_type: 'string', ...body });
  expect((await make({ name: 'Şehir_1 ₺' })).body).toMatchObject({ full_name: 'custom_attributes.Şehir_1 ₺', archived: false });
  expect(codeOf(await make({ name: 'a.b' }))).toBe('400 parameter_invalid');
  expect(codeOf(await make({ name: 'Şehir_1 ₺' }))).toBe('400 parameter_invalid');
  expect(codeOf(await make({ name: 'Şehir_1 ₺', model: 'company' }))).toBe('400 parameter_invalid');
  expect(codeOf(await make({ name: 'x', data_type: 'options', options: [{ value: 'one' }] }))).toBe('400 parameter_invalid');
  expect(codeOf(await get('/data_attributes?model=conversation'))).toBe('422 parameter_invalid');
  for (let number = 0; number < 249; number++) await make({ name: `n${number}` });
  expect((await make({ name: 'one too many' })).status).toBe(400);
});

test('values: unknown names, long strings, foreign options and wrong types are refused', async () => {
  await post('/data_attributes', { name: 'city', model: 'contact', data_type: 'string' });
  await post('/data_attributes', {
    name: 'kind',
    model: 'contact',
    data_type: 'options',
    options: [{ value: 'a' }, { value: 'b' }],
  });
  const make = (custom_attributes: object) => post('/contacts', { role: 'lead', custom_attributes });
  expect((await make({ city: 'x'.repeat(255), kind: 'a' })).status).toBe(200);
  for (const bad of [{ town: 'x' }, { city: 'x'.repeat(256) }, { city: 5 }, { kind: 'c' }])
    expect((await make(bad)).status).toBe(400);
});

test('conversation attributes: created by the API, silently duplicated, and then not writable', async () => {
  const make = () => post('/conversations/attributes', { name: 'channel_source', data_type: 'string' });
  const { id } = await conversation();
  const write = () => call('PUT', `/conversations/${id}`, { custom_attributes: { channel_source: 'email' } });
  expect((await write()).status).toBe(400);
  await make();
  expect((await write()).body.custom_attributes).toEqual({ channel_source: 'email' });
  await make();
  expect((await call('PUT', `/conversations/${id}`, { custom_attributes: { channel_source: 'chat' } })).status).toBe(400);
});

test('companies: upsert by company_id, unknown keys refused, invisible without a contact, archived on delete', async () => {
  const first = (await post('/companies', { company_id: 'infoset:71:501', name: 'Ege', remote_created_at: 1_600_000_000 })).body;
  const again = (await post('/companies', { company_id: 'infoset:71:501', name: 'Ege A.Ş.' })).body;
  expect(again).toMatchObject({ id: first.id, name: 'Ege A.Ş.', remote_created_at: 1_600_000_000 });
  expect(codeOf(await post('/companies', { company_id: 'x', parent_id: 1 }))).toBe('400 bad_request');
  expect((await get('/companies')).body.total_count).toBe(0);
  expect((await get('/companies?company_id=infoset:71:501')).body.data).toMatchObject([{ id: first.id }]);
  const contact = await user();
  await post(`/contacts/${contact.id}/companies`, { id: first.id });
  expect((await get('/companies')).body.total_count).toBe(1);
  expect((await call('DELETE', `/companies/${first.id}`)).body).toMatchObject({ object: 'company', deleted: true });
  expect(codeOf(await get('/companies?company_id=infoset:71:501'))).toBe('404 company_not_found');
  expect((await get(`/contacts/${contact.id}`)).body.companies.total_count).toBe(0);
});

test('contacts: a duplicate is a 409 that names the id, an archived one says so, a deleted one cannot be restored', async () => {
  const contact = await user('infoset:71:1', { email: 'Ayse@ege.example' });
  const same = await post('/contacts', { role: 'user', email: 'ayse@EGE.example' });
  expect(codeOf(same)).toBe('409 conflict');
  expect(same.body.errors[0].message).toBe(`A contact matching those details already exists with id=${contact.id}`);
  expect((await post('/contacts', { role: 'lead', email: 'ayse@ege.example', external_id: 'mine' })).body.external_id).not.toBe(
    'mine',
  );
  await post(`/contacts/${contact.id}/archive`);
  expect((await get(`/contacts/${contact.id}`)).status).toBe(404);
  expect((await post('/contacts', { role: 'user', external_id: 'infoset:71:1' })).body.errors[0].message).toMatch(
    /^An archived contact .* id=/,
  );
  await post(`/contacts/${contact.id}/unarchive`);
  expect((await get('/contacts/find_by_external_id/infoset:71:1')).body.id).toBe(contact.id);
  await call('DELETE', `/contacts/${contact.id}`);
  expect(codeOf(await post(`/contacts/${contact.id}/unarchive`))).toBe('400 not_restorable');
  expect(codeOf(await post('/contacts', { role: 'user', external_id: 'infoset:71:1' }))).toBe('409 conflict');
});

test('contacts: owners are teammates, phones are E.164, creation times can be set, notes cannot be deleted', async () => {
  expect(codeOf(await post('/contacts', { role: 'user', external_id: 'a', owner_id: '99' }))).toBe('400 parameter_invalid');
  expect(codeOf(await post('/contacts', { role: 'user', external_id: 'a', phone: '12' }))).toBe('400 parameter_invalid');
  const contact = await user('a', { owner_id: admin, phone: '+90 532 000 00 00', signed_up_at: 1_500_000_000 });
  expect(contact).toMatchObject({ owner_id: admin, phone: '+905320000000', signed_up_at: 1_500_000_000 });
  const added = (await post(`/contacts/${contact.id}/notes`, { body: 'x', admin_id: admin })).body;
  expect((await get(`/contacts/${contact.id}/notes`)).body.data).toMatchObject([{ id: added.id, body: '<p>x</p>' }]);
  expect((await call('DELETE', `/notes/${added.id}`)).status).toBe(404);
});

test('search: new objects are not found for a while, days are whole days', async () => {
  intercom.settings.searchLagMs = 150;
  const contact = await user('infoset:71:1');
  const search = () => post('/contacts/search', { query: { field: 'external_id', operator: '=', value: 'infoset:71:1' } });
  expect((await search()).body.total_count).toBe(0);
  expect((await get(`/contacts/${contact.id}`)).status).toBe(200);
  await expect.poll(async () => (await search()).body.total_count).toBe(1);
});

test('a conversation is opened by a contact, in plain text, without files; the answer is the message', async () => {
  const { id, message, contact } = await conversation();
  expect(message).toMatchObject({ type: 'user_message', created_at: 1_700_000_000, conversation_id: id });
  const { body } = await get(`/conversations/${id}`);
  expect(body).toMatchObject({
    state: 'open',
    admin_assignee_id: 0,
    created_at: 1_700_000_000,
    source: { body: '<p>Merhaba &lt;b&gt;dünya&lt;/b&gt;</p>', author: { id: contact.id } },
  });
  expect((await post('/conversations', { from: { type: 'admin', id: admin }, body: 'x' })).status).toBe(400);
  expect((await post('/conversations', { from: { type: 'user', id: contact.external_id }, body: 'x' })).status).toBe(404);
});

test('replies: author, time, files, silence; only participants, nothing is idempotent', async () => {
  const { id, contact } = await conversation();
  const file = { content_type: 'text/plain', name: 'a.txt', data: Buffer.from('hello').toString('base64') };
  const { body } = await note(id, { created_at: 1_700_000_100, attachment_files: [file] });
  expect(body.conversation_parts.conversation_parts.at(-1)).toMatchObject({
    part_type: 'note',
    created_at: 1_700_000_100,
    author: { id: admin, type: 'admin' },
    attachments: [{ name: 'a.txt', filesize: 5 }],
  });
  await note(id);
  await note(id);
  expect((await get(`/conversations/${id}`)).body.conversation_parts.total_count).toBe(3);
  expect(intercom.workspace.notifications).toEqual({ avoidable: 0, unavoidable: 1 });
  const other = await user('infoset:71:2');
  const reply = () =>
    post(`/conversations/${id}/reply`, { message_type: 'comment', type: 'user', intercom_user_id: other.id, body: 'x' });
  expect((await reply()).status).toBe(403);
  await post(`/conversations/${id}/customers`, { admin_id: admin, customer: { intercom_user_id: other.id } });
  expect((await reply()).status).toBe(200);
  expect((await note(id, { admin_id: '99' })).status).toBe(404);
  expect((await note(id, { body: ' ' })).status).toBe(400);
  expect(contact.id).not.toBe(other.id);
});

test('closing, assigning, and changes that reopen', async () => {
  const { id, contact } = await conversation();
  const manage = (body: object) => post(`/conversations/${id}/parts`, { type: 'admin', admin_id: admin, ...body });
  expect((await manage({ message_type: 'close' })).body.state).toBe('closed');
  expect((await manage({ message_type: 'close' })).status).toBe(400);
  const reply = await post(`/conversations/${id}/reply`, {
    message_type: 'comment',
    type: 'user',
    intercom_user_id: contact.id,
    body: 'again',
  });
  expect(reply.body).toMatchObject({ state: 'open' });
  expect(reply.body.conversation_parts.conversation_parts.at(-1)).toMatchObject({ part_type: 'open', body: '<p>again</p>' });
  await manage({ message_type: 'close' });
  const assigned = await manage({ message_type: 'assignment', assignee_id: admin });
  expect(assigned.body).toMatchObject({ state: 'open', admin_assignee_id: 7001 });
  expect(assigned.body.conversation_parts.conversation_parts.at(-1).part_type).toBe('assign_and_reopen');
  expect((await manage({ message_type: 'assignment', assignee_id: admin })).status).toBe(422);
  const snooze = { message_type: 'snoozed', admin_id: admin, snoozed_until: 2_000_000_000 };
  expect((await post(`/conversations/${id}/parts`, snooze)).body.state).toBe('snoozed');
});

test('the newest 500 parts are shown; attributes leave events among them', async () => {
  const { id } = await conversation();
  await post('/conversations/attributes', { name: 'x', data_type: 'string' });
  await call('PUT', `/conversations/${id}`, { title: 'T', custom_attributes: { x: 'y' } });
  for (let number = 0; number < 502; number++) await note(id, { body: `n${number}` });
  const { conversation_parts: list } = (await get(`/conversations/${id}`)).body;
  expect(list.total_count).toBe(503);
  expect(list.conversation_parts).toHaveLength(500);
  expect(list.conversation_parts.at(-1).body).toBe('<p>n501</p>');
});

test('tags: found or created without regard to case; deleting a conversation is permanent', async () => {
  const tag = (await post('/tags', { name: 'VIP' })).body;
  expect((await post('/tags', { name: 'vip' })).body).toMatchObject({ id: tag.id, name: 'VIP' });
  const { id } = await conversation();
  await post(`/conversations/${id}/tags`, { id: tag.id, admin_id: admin });
  const found = await post('/conversations/search', { query: { field: 'tag_ids', operator: '=', value: tag.id } });
  expect(found.body).toMatchObject({ total_count: 1, conversations: [{ id }] });
  await call('DELETE', `/conversations/${id}?retain_metrics=false`);
  expect((await get(`/conversations/${id}`)).status).toBe(404);
  expect((await get('/conversations/deleted')).body.conversations).toMatchObject([{ id, metrics_retained: false }]);
});

test('faults: before the effect, after it, and an effect that comes after the client gave up', async () => {
  const notes = () => intercom.workspace.conversations.get(id)!.parts.length;
  const { id } = await conversation();
  intercom.server.faults.add({ kind: 'RESET_BEFORE', path: '/reply' });
  await expect(note(id)).rejects.toThrow();
  expect(notes()).toBe(0);
  intercom.server.faults.add({ kind: 'RESET_AFTER', path: '/reply' });
  await expect(note(id)).rejects.toThrow();
  expect(notes()).toBe(1);
  intercom.server.faults.add({ kind: 'LATE', path: '/reply', delayMs: 100 });
  await expect(note(id)).rejects.toThrow();
  expect(notes()).toBe(1);
  await expect.poll(notes).toBe(2);
  expect(intercom.writes()).toBe(5);
});

test('custom objects: of types that people created, by key, shown by the records that refer to them', async () => {
  expect(codeOf(await post('/custom_object_instances/Deal', { external_id: 'infoset:71:1' }))).toBe('404 not_found');
  intercom.workspace.objectTypes = [{ name: 'Deal', attributes: { name: 'text', value: 'decimal' }, contactReference: 'deal' }];
  const send = (custom_attributes: object) =>
    post('/custom_object_instances/Deal', { external_id: 'infoset:71:1', custom_attributes });
  expect(codeOf(await send({ other: 'x' }))).toBe('400 parameter_invalid');
  const { body: made } = await send({ name: 'A', value: 1.5 });
  expect((await send({ name: 'B' })).body).toMatchObject({ id: made.id, custom_attributes: { name: 'B', value: 1.5 } });
  expect((await get('/custom_object_instances/Deal')).body.total_count).toBe(1);
  const contact = await user();
  await call('PUT', `/contacts/${contact.id}`, { custom_attributes: { deal: [made.id] } });
  const { body } = await get(`/contacts/${contact.id}`);
  expect(body.custom_attributes.deal).toMatchObject({ type: 'deal.list', instances: [{ id: made.id }] });
  expect((await call('DELETE', `/custom_object_instances/Deal/${made.id}`)).body).toMatchObject({ deleted: true });
});

test('help center: three levels, a teammate as author, reachable images, addresses after publication, redirects of its own host', async () => {
  const collection = async (name: string, parent_id: string | null) => post('/help_center/collections', { name, parent_id });
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c']) ids.push((await collection(name, ids.at(-1) ?? null)).body.id);
  expect(codeOf(await collection('d', ids[2]!))).toBe('400 parameter_invalid');
  expect(codeOf(await post('/articles', { title: 'x', author_id: 1 }))).toBe('400 parameter_not_found');
  const article = { title: 'Makale', author_id: Number(admin), body: '<h3>x</h3><p>y</p>', parent_id: Number(ids[2]) };
  const { body: made } = await post('/articles', article);
  expect(made).toMatchObject({
    state: 'draft',
    url: null,
    parent_ids: [Number(ids[2])],
    body: '<h2>x</h2><p class="no-margin">y</p>',
  });
  const translated_content = { en: { title: 'Article', body: '<p>z</p>', state: 'published', author_id: Number(admin) } };
  const { body: published } = await call('PUT', `/articles/${made.id}`, { state: 'published', translated_content });
  expect(published).toMatchObject({
    url: expect.stringContaining('/tr/articles/'),
    translated_content: { en: { url: expect.stringContaining('/en/') } },
  });
  const german = { translated_content: { de: { title: 'x' } } };
  expect(codeOf(await call('PUT', `/articles/${made.id}`, german))).toBe('400 parameter_invalid');
  for (const src of ['/relative.png', `${intercom.url}/none.png`])
    expect(codeOf(await call('PUT', `/articles/${made.id}`, { body: `<img src="${src}">` }))).toBe('400 parameter_invalid');
  const redirect = (from_url: string) =>
    post('/help_center/help_centers/1201/redirects', { from_url, locale: 'tr', target_type: 'article', target_id: made.id });
  expect((await redirect('https://help.ege.example/old')).status).toBe(200);
  expect(codeOf(await redirect('https://help.ege.example/old'))).toBe('409 resource_conflict');
  expect(codeOf(await redirect('https://infoset.help/old'))).toBe('422 data_invalid');
  const internal = { title: 'İç', author_id: Number(admin), owner_id: Number(admin), body: '<p>x</p>' };
  expect((await post('/internal_articles', internal)).body).toMatchObject({ type: 'internal_article', title: 'İç' });
  for (const path of [
    '/articles',
    '/internal_articles',
    '/help_center/collections',
    '/help_center/help_centers',
    '/brands',
    '/emails',
  ])
    expect((await get(path)).status, path).toBe(200);
});
