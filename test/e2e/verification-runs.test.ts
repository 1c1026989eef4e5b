import { beforeAll, expect, test, vi } from 'vitest';
import { accountOf, log, ticket } from '../support/account.js';
import { callsSince, conversationOf, delta, verification } from '../support/delta.js';
import { workspace } from '../support/destination.js';
import { ended, simulator, startRun } from '../support/extraction.js';
import type { RecordType, StartRunInput } from '../support/generated/graphql.js';
import { expectBalanced, produce, readyProject, reconciliation, startProduction } from '../support/load.js';
import { oneOfEach } from '../support/people.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

vi.setConfig({ testTimeout: 600_000 });

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const repair = (input: object) =>
  root.mutate('repairRecords', 'RepairRecordsInput', { environment: 'PRODUCTION', ...input }, 'count');

/** Open issues of these codes, as code, type and id. */
async function open(projectId: string): Promise<string[]> {
  const { data } = await root.ask(
    `{ project(id: "${projectId}") { issues(first: 100, status: OPEN) { edges { node { code recordType sourceId } } } } }`,
  );
  const nodes: { code: string; recordType: string; sourceId: string }[] = data.project.issues.edges.map(
    ({ node }: { node: object }) => node,
  );
  return nodes
    .filter(({ code }) => code === 'HUMAN_EDIT' || code === 'VERIFICATION_DIFFERS')
    .map(({ code, recordType, sourceId }) => `${code} ${recordType} ${sourceId}`)
    .sort();
}

const readBackQuery = `
  query ($id: ID!, $recordType: RecordType!, $sourceId: String!) {
    project(id: $id) {
      recordVerification(environment: PRODUCTION, recordType: $recordType, sourceId: $sourceId) {
        destinationId sourceDigest draftDigest imageDigest isCurrent fields { field outcome count rule expected actual }
      }
    }
  }
`;
interface ReadBack {
  sourceDigest: string;
  imageDigest: string;
  fields: { field: string; outcome: string; rule: string | null }[];
}

async function readBack(projectId: string, recordType: RecordType, sourceId: string): Promise<ReadBack> {
  const { data } = await root.ask(readBackQuery, { id: projectId, recordType, sourceId });
  return data.project.recordVerification;
}

test('a verification reads back all or a sample and writes nothing; it finds changes by people and losses, and a repair corrects them', async () => {
  const infoset = await simulator(accountOf(oneOfEach()));
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  const codes = async (input: Omit<StartRunInput, 'projectId'>) =>
    (await startRun(root, { projectId, ...input })).userErrors.map(({ code }) => code);
  const production = { environment: 'PRODUCTION' } as const;
  expect(await codes({ kind: 'VERIFICATION' })).toEqual(['ENVIRONMENT_REQUIRED']);
  expect(await codes({ kind: 'VERIFICATION', ...production })).toEqual(['NOTHING_LOADED']);
  expect(await codes({ kind: 'PRODUCTION', ...production, sampleSize: 3 })).toEqual(['INVALID_INPUT']);
  expect(await codes({ kind: 'VERIFICATION', ...production, sampleSize: 0 })).toEqual(['INVALID_INPUT']);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  const loading = await startProduction(root, projectId);
  expect(await codes({ kind: 'VERIFICATION', ...production })).toEqual(['WORKSPACE_BUSY']);
  expect((await repair({ projectId })).userErrors).toMatchObject([{ code: 'WORKSPACE_BUSY' }]);
  await expectBalanced(root, projectId, (await ended(root, loading, 600_000)).state);

  const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
  const companyThen = await readBack(projectId, 'COMPANY', '501');
  expect(companyThen).toMatchObject({ sourceDigest: digest, draftDigest: digest, imageDigest: digest, isCurrent: true });
  expect(companyThen.fields.find(({ field }) => field === 'name')).toMatchObject({ outcome: 'EQUAL', count: 1, rule: null });
  const messages = await readBack(projectId, 'MESSAGE', '1');
  expect(messages).toMatchObject({ sourceDigest: digest, imageDigest: digest, isCurrent: true });
  expect(messages.fields.find(({ field }) => field === 'author')).toMatchObject({ outcome: 'EQUAL', count: 3 });
  for (const type of ['CONTACT', 'DEAL', 'ARTICLE', 'CATEGORY', 'TICKET'] as const)
    for (const each of (await readBack(
      projectId,
      type,
      { CONTACT: '1001', DEAL: '77', ARTICLE: '498', CATEGORY: '10', TICKET: '1' }[type],
    ))!.fields)
      expect([type, each.field, each.rule !== null]).toEqual([type, each.field, ['NORMALISED', 'LOSSY'].includes(each.outcome)]);
  expect(await readBack(projectId, 'COMPANY', '502')).toBeNull();

  const writes = intercom.writes();
  const before = { ...intercom.server.calls };
  await expectBalanced(root, projectId, (await verification(root, projectId)).state);
  const reads = callsSince(intercom.server.calls, before);
  expect(reads).toMatchObject({ 'GET /companies/{id}': 1, 'GET /conversations/{id}': 4, 'GET /articles/{id}': 1 });
  const sampled = { ...intercom.server.calls };
  await expectBalanced(root, projectId, (await verification(root, projectId, { sampleSize: 2 })).state);
  const ofSample = Object.entries(callsSince(intercom.server.calls, sampled)).filter(([call]) => call.includes('{id}'));
  // A deal is read with its contact.
  const count = ofSample.reduce((total, [, calls]) => total + calls, 0);
  expect(count).toBeGreaterThanOrEqual(2);
  expect(count).toBeLessThanOrEqual(4);
  expect(intercom.writes()).toBe(writes);

  const company = [...intercom.workspace.companies.values()][0]!;
  company.fields.name = 'Elle yazılan';
  intercom.workspace.conversations.delete(conversationOf(intercom, 2).id);
  expect((await verification(root, projectId)).state).toBe('INCOMPLETE');
  expect(intercom.writes()).toBe(writes);
  expect(await open(projectId)).toEqual(['HUMAN_EDIT COMPANY 501', 'VERIFICATION_DIFFERS TICKET 2']);
  const companyNow = await readBack(projectId, 'COMPANY', '501');
  expect(companyNow.sourceDigest).toBe(companyThen.sourceDigest);
  expect(companyNow.imageDigest).not.toBe(companyThen.imageDigest);
  expect((await readBack(projectId, 'TICKET', '2')).fields).toEqual([
    { field: 'id', outcome: 'DIFFERENT', count: 1, rule: null, expected: 'there', actual: null },
  ]);
  const { rows, differences } = await reconciliation(root, projectId);
  expect(rows.filter(({ balanced }) => !balanced).map(({ recordType }) => recordType)).toEqual(['TICKET']);
  expect(differences.edges.map(({ node }) => [node.recordType, node.sourceId, node.field])).toEqual([['TICKET', '2', 'id']]);

  expect((await repair({ projectId, sourceId: '2' })).userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  expect((await repair({ projectId, recordType: 'MESSAGE' })).userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  expect((await repair({ projectId, recordType: 'TICKET', sourceId: '99' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await repair({ projectId })).toEqual({ count: 1, userErrors: [] });
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  expect(conversationOf(intercom, 2).source.body).toContain('Birinci 2');
  expect(company.fields.name).toBe('Elle yazılan');
  expect(await open(projectId)).toEqual(['HUMAN_EDIT COMPANY 501']);

  // One record, although it has not changed: it is written again.
  expect(await repair({ projectId, recordType: 'CONTACT', sourceId: '1001' })).toEqual({ count: 1, userErrors: [] });
  expect(await repair({ projectId, includeHumanEdits: true })).toEqual({ count: 1, userErrors: [] });
  const repaired = intercom.writes();
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  expect(intercom.writes()).toBeGreaterThan(repaired);
  expect(company.fields.name).toBe('Ege Yazılım');
  expect(await open(projectId)).toEqual([]);
  const end = intercom.writes();
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  expect(intercom.writes()).toBe(end);
});

test('references that are swapped while values are right: each record with a wrong one is reported, and nothing is balanced', async () => {
  const { companies, contacts, tickets, ticketlogs, ...rest } = oneOfEach();
  const infoset = await simulator(
    accountOf({
      ...rest,
      companies: [...companies, { ...companies[0]!, id: 502, name: 'Beta', website: 'beta.example' }],
      contacts: contacts.map(each => (each.id === 1002 ? { ...each, companyId: 502 } : each)),
      tickets: [...tickets, ticket(5, { contactId: 1003, logCount: 1 })],
      ticketlogs: [...ticketlogs, log(5010, 5, { contactId: 1003, content: 'Birinci 5' })],
    }),
  );
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  const held = intercom.workspace;
  const other = (ids: string[], id: string) => (ids.length === 2 && ids.includes(id) ? ids[1 - ids.indexOf(id)]! : id);
  // The workspace links each of two companies to the contact of the other, and each of two contacts to the conversations of the other.
  const setContact = held.contacts.set.bind(held.contacts);
  held.contacts.set = (id, stored) => {
    const add = stored.companies.add.bind(stored.companies);
    stored.companies.add = companyId => add(other([...held.companies.keys()], companyId));
    return setContact(id, stored);
  };
  const setConversation = held.conversations.set.bind(held.conversations);
  held.conversations.set = (id, stored) => {
    const ids = ['1002', '1003'].map(each => held.index.externalId.get(`infoset:71:${each}`)!.id);
    stored.contacts = new Set([...stored.contacts].map(each => other(ids, each)));
    return setConversation(id, stored);
  };
  expect((await produce(root, projectId)).state).toBe('INCOMPLETE');
  expect((await reconciliation(root, projectId)).balanced).toBe(false);
  expect(await open(projectId)).toEqual([
    'VERIFICATION_DIFFERS CONTACT 1001',
    'VERIFICATION_DIFFERS CONTACT 1002',
    'VERIFICATION_DIFFERS TICKET 4',
    'VERIFICATION_DIFFERS TICKET 5',
  ]);
});
