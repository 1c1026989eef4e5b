import { beforeAll, expect, test, vi } from 'vitest';
import { accountOf, contact, log } from '../support/account.js';
import { callsSince, conversationOf, delta, edit, keyOf, listingPages, seen, sum } from '../support/delta.js';
import { confirmMapping, fieldsOf, proposeMapping, updateField, workspace } from '../support/destination.js';
import { issuesOf, simulator } from '../support/extraction.js';
import { expectBalanced, produce, provisionWithDealType, readyProject } from '../support/load.js';
import { oneOfEach } from '../support/people.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

vi.setConfig({ testTimeout: 600_000 });

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

test('expired chats are neither deleted nor merged; a merged contact is reported with the contact it was merged into', async () => {
  const infoset = await simulator(() => {
    const account = accountOf(oneOfEach())();
    Object.assign(account, { expires: true });
    account.account.plan = { code: 'professional', chatHistoryRetentionDays: 250 };
    return account;
  });
  const { account } = infoset;
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  // Edited while it is loaded: the next delta finds it.
  let edited = false;
  intercom.server.onCall = ({ method, path }) => {
    if (edited || method !== 'POST' || path !== '/conversations') return;
    edited = true;
    edit(infoset, 'companies', account.get('companies', '501')!, { name: 'Unterdessen' });
  };
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  expect(edited).toBe(true);
  const { id, ...held } = conversationOf(intercom, 3);
  const [texts, opening] = [seen(held), held.source.body];
  account.now = () => new Date('2027-02-01T00:00:00Z');
  expect(account.logs('3')).toEqual([]);
  edit(infoset, 'tickets', account.get('tickets', '3')!, { logCount: 0 });
  // Contact 1002 is merged into 1003, with its ticket.
  account.remove('contacts', '1002');
  edit(infoset, 'tickets', account.get('tickets', '4')!, { contactId: 1003 });
  const { size } = intercom.workspace.contacts;
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  expect([...intercom.workspace.companies.values()][0]!.fields.name).toBe('Unterdessen');
  const expired = conversationOf(intercom, 3);
  expect([expired.id, expired.source.body, seen(expired)]).toEqual([id, opening, texts]);
  expect(intercom.workspace.contacts.size).toBe(size);
  expect([...conversationOf(intercom, 4).contacts]).toContain(intercom.workspace.index.externalId.get(keyOf(1003))!.id);
  const reported = (await issuesOf(root, projectId)).filter(({ code }) => code === 'SOURCE_DELETED' || code === 'SOURCE_MERGED');
  expect(reported.map(({ code, recordType, sourceId }) => [code, recordType, sourceId])).toEqual([
    ['SOURCE_MERGED', 'CONTACT', '1002'],
  ]);
  expect(reported[0]!.message).toContain('1003');
});

test('a later version of the mapping rewrites only what it changes', async () => {
  const infoset = await simulator(accountOf(oneOfEach()));
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  const { mapping } = await proposeMapping(root, projectId);
  const industry = (await fieldsOf(root, projectId)).find(each => each.recordType === 'COMPANY' && each.sourcePath === 'sector')!;
  const edited = await updateField(root, { fieldMappingId: industry.id, action: 'IGNORE', ignoreReason: 'Nobody needs it.' });
  expect(edited.userErrors).toEqual([]);
  expect((await confirmMapping(root, mapping.id, edited.mapping.hash)).userErrors).toEqual([]);
  await provisionWithDealType(root, projectId, intercom);
  const before = { ...intercom.server.calls };
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  const written = Object.entries(callsSince(intercom.server.calls, before)).filter(([call]) => !call.startsWith('GET '));
  // It is written without the field, and what the field held is cleared.
  expect(written).toEqual([
    ['POST /companies', 1],
    ['PUT /companies/{id}', 1],
  ]);
  expect([...intercom.workspace.companies.values()].map(each => each.fields.industry ?? null)).toEqual([null]);
});

test('listings of several pages: changed, new and gone records are found within two sweeps', async () => {
  const tables = { ...oneOfEach(), contacts: Array.from({ length: 230 }, (_, place) => contact(1001 + place)) };
  const infoset = await simulator(accountOf(tables));
  const { account } = infoset;
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  const asked = { ...infoset.server.calls };
  const writes = intercom.writes();
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  // One more call for each listing of several pages: the changes since then.
  expect(sum(callsSince(infoset.server.calls, asked))).toBe(listingPages(account) + 2);
  expect(intercom.writes()).toBe(writes);

  edit(infoset, 'contacts', account.get('contacts', '1100')!, { fullName: 'Yeni ad' });
  account.put('contacts', contact(5001, { createdDate: '2026-11-24T12:00:00Z', updatedDate: '2026-11-24T12:00:00Z' }));
  account.remove('contacts', '1005');
  account.remove('deals', '77');
  const { size } = intercom.workspace.contacts;
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  const { index } = intercom.workspace;
  expect(index.externalId.get(keyOf(1100))!.name).toBe('Yeni ad');
  expect(index.externalId.has(keyOf(5001))).toBe(true);
  expect(intercom.workspace.contacts.size).toBe(size + 1);
  const reported = (await issuesOf(root, projectId)).filter(({ code }) => code === 'SOURCE_DELETED' || code === 'SOURCE_MERGED');
  expect(reported.map(({ code, recordType, sourceId }) => [code, recordType, sourceId]).sort()).toEqual([
    ['SOURCE_DELETED', 'CONTACT', '1005'],
    ['SOURCE_DELETED', 'DEAL', '77'],
  ]);
});

test('later system logs are a separate note at the end; a rating is a note too', async () => {
  const system = (id: number, ticketId: number, event: string) =>
    log(id, ticketId, { type: 'system', event, contactId: null, fromUserId: null, toUserId: 4021, content: event });
  const tables = oneOfEach();
  tables.ticketlogs.push(system(4021, 4, 'assignment'), system(4022, 4, 'status'));
  const infoset = await simulator(accountOf(tables));
  const { account } = infoset;
  const intercom = await workspace();
  account.put('tickets', {
    ...account.get('tickets', '3')!,
    csat: { score: 5, comment: 'Güzel', createdDate: '2026-05-02T10:00:00Z' },
  });
  account.put('tickets', { ...account.get('tickets', '4')!, csat: null });
  const projectId = await readyProject(root, infoset, intercom);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  const { id } = conversationOf(intercom, 4);
  const rated = conversationOf(intercom, 3).id;
  account.put('ticketlogs', system(4090, 4, 'priority'));
  account.put('ticketlogs', log(3090, 3, { content: 'Beşinci 3' }));
  edit(infoset, 'tickets', account.get('tickets', '4')!, {
    csat: { score: 4, comment: 'İyi', createdDate: '2026-05-02T10:00:00Z' },
  });
  edit(infoset, 'tickets', account.get('tickets', '3')!, { logCount: 4 });
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  const changed = conversationOf(intercom, 4);
  expect(changed.id).toBe(id);
  const notes = changed.parts.filter(({ body }) => body?.includes('Infoset system log')).map(({ body }) => body!);
  expect(notes).toHaveLength(2);
  expect(notes[1]).toContain('priority');
  expect(notes[1]).not.toContain('assignment');
  expect(seen(changed)).toContain('İyi');
  expect(conversationOf(intercom, 3).id).toBe(rated);
  expect(seen(conversationOf(intercom, 3))).toContain('Beşinci 3');
});

const address = 'ortak@musteri.example';

test('contacts that share an address stay one contact and keep edits by people, for any record that is written', async () => {
  const account = oneOfEach();
  account.contacts = [
    contact(1001, { companyId: 501, email: address, updatedDate: '2026-02-01T08:00:00Z' }),
    contact(1002, { email: address }),
    contact(1003),
  ];
  const infoset = await simulator(accountOf(account));
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  const shared = () => [...intercom.workspace.contacts.values()].filter(each => each.email === address && !each.archived);
  const [one] = shared();
  expect(shared()).toHaveLength(1);
  one!.name = 'Elle düzeltildi';

  // The other one changes last and is written.
  edit(infoset, 'contacts', infoset.account.get('contacts', '1002')!, { phone: '+905551112233' });
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  expect(shared()).toMatchObject([{ id: one!.id, name: 'Elle düzeltildi', phone: '+905551112233' }]);
  const edits = (await issuesOf(root, projectId)).filter(({ code }) => code === 'HUMAN_EDIT');
  expect(edits).toMatchObject([{ recordType: 'CONTACT', sourceId: '1002', message: expect.stringContaining('fullName') }]);

  // It is deleted at the source: the first one is written again.
  infoset.account.remove('contacts', '1002');
  const again = await delta(root, projectId);
  await expectBalanced(root, projectId, again.state);
  expect(shared()).toMatchObject([{ id: one!.id, name: 'Elle düzeltildi' }]);
  expect((await issuesOf(root, projectId)).map(({ code, severity }) => [code, severity])).not.toContainEqual([
    expect.anything(),
    'ERROR',
  ]);
});
