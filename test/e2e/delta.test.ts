import { beforeAll, expect, test, vi } from 'vitest';
import type { InfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { accountOf, log, ticket } from '../support/account.js';
import { callsSince, conversationOf, delta, edit, keyOf, listingPages, seen, sum } from '../support/delta.js';
import { workspace } from '../support/destination.js';
import { ended, issuesOf, simulator, smallAccount, startRun } from '../support/extraction.js';
import type { StartRunInput } from '../support/generated/graphql.js';
import { expectBalanced, produce, readyProject } from '../support/load.js';
import { oneOfEach } from '../support/people.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

vi.setConfig({ testTimeout: 600_000 });

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const stateAt = ({ workspace: held }: IntercomSimulator) => JSON.stringify(held);

test('a delta follows a production run; without a change it writes nothing; edits arrive without other writes, deleted and merged records are reported and stay', async () => {
  const infoset = await simulator(smallAccount(16));
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  const codes = async (input: Partial<StartRunInput>) =>
    (await startRun(root, { projectId, kind: 'DELTA', ...input })).userErrors.map(({ code }) => code);
  expect(await codes({})).toEqual(['ENVIRONMENT_REQUIRED']);
  expect(await codes({ environment: 'SANDBOX' })).toEqual(['INVALID_INPUT']);
  expect(await codes({ environment: 'PRODUCTION' })).toEqual(['PRODUCTION_NOT_RUN', 'SIGN_OFF_REQUIRED']);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);

  const held = stateAt(intercom);
  const writes = intercom.writes();
  for (let time = 0; time < 2; time++) {
    const [asked, read] = [{ ...infoset.server.calls }, { ...intercom.server.calls }];
    await expectBalanced(root, projectId, (await delta(root, projectId)).state);
    const calls = callsSince(infoset.server.calls, asked);
    expect(sum(calls), JSON.stringify(calls)).toBe(listingPages(infoset.account) + 1);
    // Which workspace it is, and nothing else.
    expect(callsSince(intercom.server.calls, read)).toEqual({ 'GET /me': 1 });
  }
  expect(intercom.writes()).toBe(writes);
  expect(stateAt(intercom)).toBe(held);
  await moveEdits(projectId, infoset, intercom);
});

/** Edits at the source arrive without other writes; deleted and merged records are reported and stay. */
async function moveEdits(projectId: string, infoset: InfosetSimulator, intercom: IntercomSimulator): Promise<void> {
  const { account } = infoset;
  const { companies, index, objectInstances, articles, conversations } = intercom.workspace;
  const bodies = (id: string) => JSON.stringify(conversations.get(id));

  const at = '2026-11-24T12:00:00Z';
  const tickets = account.all('tickets').filter(each => !each.mergedIntoId && each.status !== 4);
  const [withNew, deleted, merged, survivor] = tickets;
  const untouched = new Map([...conversations.keys()].map(id => [id, bodies(id)]));
  const company = account.all('companies')[0]!;
  const person = account.all('contacts').find(each => each.email)!;
  const deal = account.all('deals').find(each => account.get('contacts', String(each.contactId)))!;
  const article = account.all('articles').find(each => each.status === 'published' && !each.isInternal)!;
  edit(infoset, 'companies', company, { name: 'Yeni ad' });
  edit(infoset, 'contacts', person, { firstName: 'Yeni', lastName: 'Kişi', fullName: 'Yeni Kişi' });
  edit(infoset, 'deals', deal, { name: 'Yeni fırsat' });
  edit(infoset, 'articles', article, { title: 'Yeni başlık' });
  account.put('ticketlogs', log(990_001, withNew!.id, { contactId: withNew!.contactId, content: 'Yeni ileti', createdDate: at }));
  edit(infoset, 'tickets', withNew!, { logCount: (withNew!.logCount ?? 0) + 1 });
  account.put(
    'tickets',
    ticket(990_100, { contactId: person.id, subject: 'Yeni vaka', createdDate: at, updatedDate: at, ownerIds: [] }),
  );
  account.put('ticketlogs', log(990_101, 990_100, { contactId: person.id, content: 'İlk ileti', createdDate: at }));
  for (const { id } of account.logs(String(deleted!.id))) account.remove('ticketlogs', String(id));
  account.remove('tickets', String(deleted!.id));
  edit(infoset, 'tickets', merged!, { mergedIntoId: survivor!.id });

  const before = conversations.size;
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  expect(conversations.size).toBe(before + 1);
  expect(seen(conversationOf(intercom, withNew!.id))).toContain('Yeni ileti');
  expect(conversationOf(intercom, 990_100).source.body).toContain('İlk ileti');
  expect([...companies.values()].find(each => each.company_id === keyOf(company.id))!.fields.name).toBe('Yeni ad');
  expect(index.externalId.get(keyOf(person.id))!.name).toBe('Yeni Kişi');
  const instance = [...objectInstances.get('Deal')!.values()].find(each => each.external_id === keyOf(deal.id))!;
  expect(instance.custom_attributes.name).toBe('Yeni fırsat');
  expect([...articles.values()].map(each => Object.values(each.content)[0]!.title)).toContain('Yeni başlık');
  expect(seen(conversationOf(intercom, merged!.id))).toContain(`merged into Infoset #${survivor!.id}`);
  // No other conversation has changed.
  const changed = [...untouched].filter(([id, body]) => bodies(id) !== body).map(([id]) => id);
  expect(changed.sort()).toEqual([withNew, merged, survivor].map(each => conversationOf(intercom, each!.id).id).sort());
  const reported = (await issuesOf(root, projectId)).filter(
    ({ code }) => code.startsWith('SOURCE_') && code !== 'SOURCE_LINK_REMOVED',
  );
  expect(reported.map(({ code, recordType, sourceId }) => [code, recordType, sourceId]).sort()).toEqual(
    [
      ['SOURCE_DELETED', 'TICKET', String(deleted!.id)],
      ['SOURCE_MERGED', 'TICKET', String(merged!.id)],
    ].sort(),
  );
  expect(reported.find(({ code }) => code === 'SOURCE_MERGED')!.message).toContain(String(survivor!.id));

  // What was done is done.
  const writes = intercom.writes();
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  expect(intercom.writes()).toBe(writes);
}

/** HUMAN_EDIT by type and id, with the fields that the message names. */
const humanEdits = async (projectId: string) =>
  (await issuesOf(root, projectId))
    .filter(({ code }) => code === 'HUMAN_EDIT')
    .map(({ recordType, sourceId, message }) => `${recordType} ${sourceId}: ${message.split(': ')[1]}`)
    .sort();

test('changes by people in Intercom stay and are reported; everything else still moves', async () => {
  const infoset = await simulator(accountOf(oneOfEach()));
  const { account } = infoset;
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  const { companies, index, objectInstances, articles } = intercom.workspace;
  const company = [...companies.values()][0]!;
  const person = index.externalId.get(keyOf(1001))!;
  const deal = [...objectInstances.get('Deal')!.values()][0]!;
  const article = [...articles.values()][0]!;
  const closed = conversationOf(intercom, 1);
  const titled = conversationOf(intercom, 2);
  expect(closed.state).toBe('closed');

  // People.
  company.fields.name = 'Elle yazılan';
  person.name = 'Elle yazılan kişi';
  deal.custom_attributes.name = 'Elle yazılan fırsat';
  article.content.tr!.title = 'Elle yazılan başlık';
  titled.title = 'Elle yazılan konu';
  closed.state = 'open';

  // The source: the same fields, and others.
  edit(infoset, 'companies', account.get('companies', '501')!, { name: 'Kaynaktan', website: 'yeni.example' });
  edit(infoset, 'contacts', account.get('contacts', '1001')!, { fullName: 'Kaynaktan', phone: '+90 532 111 22 33' });
  edit(infoset, 'deals', account.get('deals', '77')!, { name: 'Kaynaktan', value: 20 });
  edit(infoset, 'articles', account.get('articles', '498')!, { title: 'Kaynaktan', html: '<p>Yeni metin</p>' });
  edit(infoset, 'tickets', account.get('tickets', '2')!, { subject: 'Kaynaktan', priority: 4 });
  account.put('ticketlogs', log(1900, 1, { content: 'Dördüncü 1' }));
  edit(infoset, 'tickets', account.get('tickets', '1')!, { logCount: 4 });

  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  expect(company.fields).toMatchObject({ name: 'Elle yazılan', website: 'yeni.example' });
  expect(person).toMatchObject({ name: 'Elle yazılan kişi', phone: expect.stringContaining('532') });
  const moved = [...objectInstances.get('Deal')!.values()][0]!;
  expect(moved.custom_attributes).toMatchObject({ name: 'Elle yazılan fırsat', value: 20 });
  expect([...articles.values()][0]!.content.tr).toMatchObject({
    title: 'Elle yazılan başlık',
    body: expect.stringContaining('Yeni metin'),
  });
  expect(conversationOf(intercom, 2)).toMatchObject({ id: titled.id, title: 'Elle yazılan konu' });
  const reopened = conversationOf(intercom, 1);
  expect(reopened).toMatchObject({ id: closed.id, state: 'open' });
  expect(seen(reopened)).toContain('Dördüncü 1');
  expect(await humanEdits(projectId)).toEqual([
    expect.stringMatching(/^ARTICLE 498: title/),
    expect.stringMatching(/^COMPANY 501: name/),
    expect.stringMatching(/^CONTACT 1001: .*ullName/),
    expect.stringMatching(/^DEAL 77: name/),
    expect.stringMatching(/^TICKET 1: .*state/),
    expect.stringMatching(/^TICKET 2: subject/),
  ]);

  const writes = intercom.writes();
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  expect(intercom.writes()).toBe(writes);
});

test('a message that belongs between others: the conversation is rebuilt if nobody has touched it, otherwise the message is added at the end with its time', async () => {
  const infoset = await simulator(accountOf(oneOfEach()));
  const { account } = infoset;
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  const [untouched, touched] = [conversationOf(intercom, 2), conversationOf(intercom, 3)];
  const author = { type: 'admin', id: '7001', name: 'Ayşe', email: 'ayse@ege.example' };
  touched.parts.push({
    ...touched.parts.at(-1)!,
    id: intercom.workspace.id(),
    part_type: 'note',
    body: '<p>Elle</p>',
    author,
    created_at: 1_790_000_000,
  });
  for (const id of [2, 3]) {
    account.put('ticketlogs', log(id * 1000 + 15, id, { content: `Geç kalan ${id}` }));
    edit(infoset, 'tickets', account.get('tickets', String(id))!, { logCount: 4 });
  }
  // The worker stops while it rebuilds. The next one knows as much as the first: that nobody has touched it.
  intercom.server.faults.add({ kind: 'UNAUTHORIZED', method: 'DELETE', path: '/conversations/' });
  const { id: runId, state } = await delta(root, projectId);
  expect(state).toBe('BLOCKED');
  await root.mutate('resumeRun', 'RunActionInput', { runId }, 'run { id }');
  await expectBalanced(root, projectId, (await ended(root, runId)).state);
  const rebuilt = conversationOf(intercom, 2);
  expect(rebuilt.id).not.toBe(untouched.id);
  const texts = rebuilt.parts.flatMap(({ body, part_type }) => (body && part_type !== 'note' ? body : []));
  expect([rebuilt.source.body, ...texts].map(text => text.replace(/<[^>]+>/g, '')).filter(text => / 2$/.test(text))).toEqual([
    'Birinci 2',
    'Geç kalan 2',
    'İkinci 2',
    'Üçüncü 2',
  ]);
  const kept = conversationOf(intercom, 3);
  expect(kept.id).toBe(touched.id);
  const last = kept.parts.filter(({ body }) => body).at(-1)!;
  expect(last.body).toContain('[sent 2026-05-01 10:00:15 UTC]');
  expect(last.body).toContain('Geç kalan 3');
  const late = (await issuesOf(root, projectId)).filter(({ code }) => code === 'LATE_MESSAGE');
  expect(late.map(({ recordType, sourceId }) => [recordType, sourceId])).toEqual([['MESSAGE', '3015']]);
  const writes = intercom.writes();
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  expect(intercom.writes()).toBe(writes);
});
