import { beforeAll, expect, test } from 'vitest';
import { accountOf, contact, log, ticket } from '../support/account.js';
import { Arrived } from '../support/arrived.js';
import { confirmProposal, provision, workspace } from '../support/destination.js';
import { extract, issuesOf, simulator } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

test('an address that moves from one contact to another overwrites no contact, and arrives at its new owner', async () => {
  const [infoset, intercom] = [
    await simulator(accountOf({ contacts: [contact(1001, { email: 'a@x.example' }), contact(1002, { email: 'b@x.example' })] })),
    await workspace(),
  ];
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const arrived = new Arrived(intercom);
  const [first, second] = [arrived.contact(1001).id, arrived.contact(1002).id];
  const changed = { updatedDate: '2026-11-01T00:00:00Z' };
  infoset.account.put('contacts', contact(1001, { email: 'c@x.example', ...changed }));
  infoset.account.put('contacts', contact(1002, { email: 'a@x.example', ...changed }));
  infoset.account.put('contacts', contact(1003, { email: 'b@x.example', ...changed }));
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect([1001, 1002, 1003].map(id => [arrived.contact(id).name, arrived.contact(id).email])).toEqual([
    ['Kişi 1001', 'c@x.example'],
    ['Kişi 1002', 'a@x.example'],
    ['Kişi 1003', 'b@x.example'],
  ]);
  expect([arrived.contact(1001).id, arrived.contact(1002).id]).toEqual([first, second]);
  expect((await reconciliation(root, projectId)).balanced).toBe(true);
  // Two that change their addresses with each other can't: it is reported, nothing is overwritten, and nothing is balanced.
  infoset.account.put('contacts', contact(1001, { email: 'a@x.example', updatedDate: '2026-11-02T00:00:00Z' }));
  infoset.account.put('contacts', contact(1002, { email: 'c@x.example', updatedDate: '2026-11-02T00:00:00Z' }));
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('INCOMPLETE');
  const reported = (await issuesOf(root, projectId))
    .filter(({ code }) => code === 'ADDRESS_TAKEN')
    .map(({ sourceId }) => sourceId);
  expect(reported.sort()).toEqual(['1001', '1002']);
  expect([1001, 1002].map(id => arrived.contact(id).name)).toEqual(['Kişi 1001', 'Kişi 1002']);
  expect((await reconciliation(root, projectId)).balanced).toBe(false);
});

test('fields that appear after the mapping was confirmed are reported, and move after they are mapped', async () => {
  const tables = {
    contacts: [contact(1001)],
    tickets: [ticket(1, { tags: ['eski'] })],
    ticketlogs: [log(1, 1, { content: 'a' })],
  };
  const [infoset, intercom] = [await simulator(accountOf(tables)), await workspace()];
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const updatedDate = '2026-11-01T00:00:00Z';
  infoset.account.put('contacts', contact(1001, { customFields: { Yeni: 'değer' }, updatedDate }));
  infoset.account.put('tickets', ticket(1, { tags: ['eski', 'yepyeni'], updatedDate }));
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('INCOMPLETE');
  const { balanced, differences } = await reconciliation(root, projectId);
  expect(balanced).toBe(false);
  expect(differences.edges.map(({ node }) => [node.recordType, node.field]).sort()).toEqual([
    ['CONTACT', 'customFields["Yeni"]'],
    ['TICKET', 'tags'],
  ]);
  const reported = (await issuesOf(root, projectId)).find(({ code }) => code === 'VERIFICATION_DIFFERS');
  expect(reported!.hint).toContain('Propose and confirm a mapping');
  await confirmProposal(root, projectId);
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const arrived = new Arrived(intercom);
  expect(arrived.tags(arrived.conversation(1)).sort()).toEqual(['eski', 'yepyeni']);
  expect(Object.values(arrived.contact(1001).custom_attributes)).toContain('değer');
  expect((await reconciliation(root, projectId)).balanced).toBe(true);

  // A person deletes the tag; the run stops, and what its blocker says can be done.
  const { tags } = intercom.workspace;
  for (const [id, { name }] of tags) if (name === 'yepyeni') tags.delete(id);
  for (const conversation of intercom.workspace.conversations.values()) conversation.tags.clear();
  infoset.account.put('tickets', ticket(1, { tags: ['yepyeni'], subject: 'Başka', updatedDate: '2026-11-02T00:00:00Z' }));
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  const stopped = await produce(root, projectId);
  expect(stopped).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'NOT_PROVISIONED' }] });
  expect(stopped.blockedBy[0]!.message).toMatch(
    /^Cancel this run.*Start a PROVISIONING run.*Then start a run of this kind again/,
  );
  await root.mutate('cancelRun', 'RunActionInput', { runId: stopped.id }, 'run { id }');
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(arrived.tags(arrived.conversation(1))).toEqual(['yepyeni']);
});

test('a message from the future keeps its time and position after that time, and when others follow', async () => {
  const soon = new Date(Date.now() + 30_000).toISOString();
  const logs = [log(1, 1, { content: 'ilk' }), log(2, 1, { content: 'saat ileri', createdDate: soon })];
  const account = accountOf({ contacts: [contact(1001)], tickets: [ticket(1)], ticketlogs: logs });
  const [infoset, intercom] = [await simulator(account), await workspace()];
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const arrived = new Arrived(intercom);
  const times = () => arrived.parts(1).map(part => part.created_at);
  const before = times();
  expect(before.at(-1)).toBeLessThanOrEqual(Date.now() / 1000);
  await new Promise(resolve => setTimeout(resolve, Math.max(0, Date.parse(soon) - Date.now()) + 1_000));
  const createdDate = new Date(Date.now() - 500).toISOString();
  infoset.account.put('ticketlogs', log(3, 1, { content: 'son', createdDate }));
  infoset.account.put('tickets', ticket(1, { updatedDate: createdDate }));
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(times().slice(0, before.length)).toEqual(before);
  expect(arrived.messages(1).map(text => text.split('\n').at(-1))).toEqual(['ilk', 'saat ileri', 'son']);
  expect((await reconciliation(root, projectId)).balanced).toBe(true);
});
