import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { accountOf, contact, log, ticket } from '../support/account.js';
import { answerAgents, confirmProposal, connectDestination, workspace } from '../support/destination.js';
import { textOf } from '../support/documents.js';
import { connectedProject, ended, extract, issuesOf, simulator, startRun } from '../support/extraction.js';
import { produce, provisionWithDealType } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'prices-')), 'prices.json');
  const complexity = { A: '0', B: '250.50', C: '500.50', D: '900' };
  writeFileSync(path, JSON.stringify({ currency: 'TRY', brackets: [{ upToRecords: 1_000, amount: '99000.25' }], complexity }));
  ({ root } = await serverOfThisFile({ ...quickTimes, PRICE_TABLE: path }));
});

/** The clock of the source is at 2026-11-25; a chat of its ticket 1 is deleted three days later. */
const account = () => {
  const made = accountOf({
    contacts: [
      contact(1001, { fullName: 'Ayşe Işık', email: 'ayse@musteri.example', phone: '0532 111 22 33' }),
      contact(1002, { fullName: 'Ayşe Kaya', email: 'AYSE@musteri.example ', updatedDate: '2026-02-01T00:00:00Z' }),
      contact(1003, { fullName: 'AYSE ISIK', email: null, phone: '+90 532 111 22 33' }),
    ],
    companies: [501, 502].map(id => ({
      id,
      name: id === 501 ? 'Ege A.Ş.' : 'EGE LTD. ŞTİ.',
      website: null,
      tags: [],
      customFields: {},
    })),
    tickets: [ticket(1, { createdDate: '2026-08-30T00:00:00Z', updatedDate: '2026-11-01T00:00:00Z' })],
    ticketlogs: [log(1, 1, { content: 'Merhaba' })],
  })();
  made.account.plan = { code: 'professional', chatHistoryRetentionDays: 90 };
  return made;
};

const estimateOf = async (projectId: string) => {
  const query = `{ project(id: "${projectId}") { discovery { complexity { grade } estimate { apiCalls secondsP90 weeks { min max }
    quote { status amount currency reason } comparisons { kind estimatedCalls actualCalls estimatedSecondsP50 estimatedSecondsP90 actualSeconds
    callsPerSecond callsPerRecord } } } } }`;
  return (await root.ask(query)).data.project.discovery;
};

const duplicatesOf = async (partner: Partner, projectId: string, args = '') =>
  (
    await partner.ask(
      `{ project(id: "${projectId}") { likelyDuplicates${args} { edges { cursor node { recordType outcome reason size records { sourceId label } } }
         pageInfo { hasNextPage hasPreviousPage } } } }`,
    )
  ).data.project?.likelyDuplicates;

const warningsOf = async (projectId: string) =>
  (await issuesOf(root, projectId)).filter(({ code }) => code === 'RETENTION_DEADLINE');

test('deadline, price and duplicates are known before the load, and compared with it afterwards', async () => {
  const infoset = await simulator(account);
  const projectId = await connectedProject(root, infoset);
  for (let time = 0; time < 2; time++) {
    const { run } = await startRun(root, { projectId, kind: 'DISCOVERY' });
    expect((await ended(root, run.id)).state).toBe('SUCCEEDED');
    expect(await warningsOf(projectId)).toMatchObject([
      {
        severity: 'WARNING',
        status: 'OPEN',
        message: 'The source deletes chats of 1 ticket: the first on 2026-11-28, in 3 days. An extraction takes up to 1 hour.',
        hint: expect.stringContaining('EXTRACTION'),
      },
    ]);
  }
  const before = await estimateOf(projectId);
  const added = { A: '99000.25', B: '99250.75', C: '99500.75', D: '99900.25' }[before.complexity.grade as string];
  expect(before.estimate.quote).toMatchObject({ status: 'PRICED', amount: added, currency: 'TRY' });
  expect(before.estimate.weeks.max).toBeGreaterThan(before.estimate.weeks.min);
  expect(before.estimate.comparisons).toEqual([]);
  expect((await duplicatesOf(root, projectId)).edges).toEqual([]);

  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect(await warningsOf(projectId)).toMatchObject([{ status: 'RESOLVED' }]);
  const groups = (await duplicatesOf(root, projectId)).edges.map(({ node }: { node: object }) => node);
  expect(groups).toMatchObject([
    {
      recordType: 'CONTACT',
      outcome: 'WILL_MERGE',
      reason: 'SAME_ADDRESS',
      size: 2,
      records: [{ sourceId: '1001' }, { sourceId: '1002' }],
    },
    {
      recordType: 'CONTACT',
      outcome: 'LOOKS_ALIKE',
      reason: 'SAME_NAME_AND_PHONE',
      records: [{ sourceId: '1001' }, { sourceId: '1003' }],
    },
    {
      recordType: 'COMPANY',
      outcome: 'LOOKS_ALIKE',
      reason: 'SAME_NAME',
      records: [{ label: 'Ege A.Ş.' }, { label: 'EGE LTD. ŞTİ.' }],
    },
  ]);
  expect(groups[0].records[0].label).toBe('Ayşe Işık, ayse@musteri.example, 0532 111 22 33');
  const first = await duplicatesOf(root, projectId, '(first: 1, outcome: LOOKS_ALIKE)');
  expect(first).toMatchObject({ edges: [{ node: groups[1] }], pageInfo: { hasNextPage: true, hasPreviousPage: false } });
  const rest = await duplicatesOf(root, projectId, `(first: 1, outcome: LOOKS_ALIKE, after: "${first.edges[0].cursor}")`);
  expect(rest).toMatchObject({ edges: [{ node: groups[2] }], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
  expect((await duplicatesOf(root, projectId, '(recordType: COMPANY)')).edges).toHaveLength(1);
  const refused = await root.ask(`{ project(id: "${projectId}") { likelyDuplicates(recordType: TICKET) { edges { cursor } } } }`);
  expect(refused.errors![0]!.extensions.code).toBe('INVALID_INPUT');
  const rows = (await textOf(root, projectId, 'likely-duplicates.csv')).trim().split('\r\n');
  expect(rows).toHaveLength(1 + 6);
  expect(rows[2]).toBe('1,WILL_MERGE,SAME_ADDRESS,CONTACT,2,1002,"Ayşe Kaya, AYSE@musteri.example"');
  // Another tenant sees nothing of it.
  expect(await duplicatesOf(await root.below('CUSTOMER'), projectId)).toBeUndefined();

  const intercom = await workspace();
  await connectDestination(root, projectId, intercom, 'DESTINATION');
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  expect((await provisionWithDealType(root, projectId, intercom)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  // Merged is what was listed, and nothing else.
  const keys = [...intercom.workspace.contacts.values()].map(({ external_id: key }) => key).sort();
  expect(keys).toEqual(['infoset:71:1002', 'infoset:71:1003', 'infoset:71:placeholder']);
  const { comparisons } = (await estimateOf(projectId)).estimate;
  expect(comparisons).toMatchObject([{ kind: 'EXTRACTION' }, { kind: 'PRODUCTION' }]);
  for (const { estimatedCalls, actualCalls, estimatedSecondsP50, estimatedSecondsP90, actualSeconds, ...rates } of comparisons) {
    expect(estimatedCalls).toBeGreaterThan(0);
    expect(actualCalls).toBeGreaterThan(0);
    expect(actualSeconds).toBeGreaterThan(0);
    expect(estimatedSecondsP90).toBeGreaterThanOrEqual(estimatedSecondsP50);
    expect(rates.callsPerSecond).toBeGreaterThan(0);
    expect(rates.callsPerRecord).toBeGreaterThan(0);
  }
});
