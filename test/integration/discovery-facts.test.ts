import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataSource } from '../../src/store/data-source.js';
import { activeRecordsOf, agentGroupsOf, fieldFactsOf, languagesOf, measurementsOf } from '../../src/store/discovery-facts.js';
import { stage } from '../../src/store/staging.js';
import { type Tx, transactionFor } from '../../src/store/transaction.js';
import { freshDatabase } from '../support/database.js';

const close: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of close.reverse()) await end();
});

const [organizationId, projectId, otherId, runId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
let transact: <T>(each: (tx: Tx) => Promise<T>) => Promise<T>;

beforeAll(async () => {
  const database = await freshDatabase('template_landfall', end => close.push(end as () => Promise<unknown>));
  const owner = await createDataSource(database.ownerUrl).initialize();
  close.push(() => owner.destroy());
  const server = await createDataSource(database.serverUrl).initialize();
  close.push(() => server.destroy());
  await owner.query(`INSERT INTO landfall.organizations (id, name, kind) VALUES ($1, 'One', 'PARTNER')`, [organizationId]);
  for (const id of [projectId, otherId])
    await owner.query(`INSERT INTO landfall.projects (id, organization_id, name) VALUES ($1, $2, 'One')`, [id, organizationId]);
  await owner.query(
    `INSERT INTO landfall.runs (id, project_id, organization_id, kind, state, started_at, finished_at)
     VALUES ($1, $2, $3, 'EXTRACTION', 'SUCCEEDED', now() - interval '90 seconds', now())`,
    [runId, projectId, organizationId],
  );
  for (const [name, position] of [
    ['tickets', 0],
    ['users', 1],
  ] as const)
    await owner.query(
      `INSERT INTO landfall.run_phases (run_id, organization_id, name, position, api_calls) VALUES ($1, $2, $3, $4, 150)`,
      [runId, organizationId, name, position],
    );
  transact = async each => (await transactionFor(server, organizationId, each)).result;
});

/** Stages texts of a listing, with 1, 2, … as ids. */
function staged(listing: string, texts: readonly string[]): Promise<unknown> {
  const records = texts.map((raw, index) => ({
    id: String(index + 1),
    parentId: null,
    raw,
    createdAt: null,
    updatedAt: null,
    channel: null,
    references: [],
    tags: [],
    problems: [],
    skipped: false,
  }));
  const lease = { runId, projectId, organizationId, kind: 'EXTRACTION' as const, epoch: 0 };
  return transact(tx => stage(tx, lease, { listing, sweep: 1 }, records));
}

test('active records: nested flags, other shapes and large records', async () => {
  await staged('users', ['{"status":"active"}', '{"status":"passive"}', '{}']);
  await staged('emailaccounts', ['{"isActive":true,"rules":[{"isActive":false}]}', '{"isActive":false}', '[]', 'null']);
  await staged('automations', [
    '{"kind":"campaign","name":"Spring \\u0000 \\ud800","isActive":true}',
    '{"kind":"campaign","name":"Old","isActive":false}',
    '{"kind":"rule","conditions":[{"kind":"campaign"}]}',
    `{"kind":"campaign","isActive":false,"text":"${'x'.repeat(20_000)}"}`,
  ]);
  const active = await transact(tx => activeRecordsOf(tx, [projectId, otherId]));
  expect([...active.keys()]).toEqual([projectId]);
  expect(active.get(projectId)).toMatchObject({ agents: 2, mailAccounts: 3, chatWidgets: 0 });
  const campaigns = active.get(projectId)!.campaigns;
  expect(campaigns).toHaveLength(2);
  // Too large to be parsed: named by its id.
  expect(campaigns[1]).toBe('4');
});

test('languages of articles and translations, not those that a text only mentions', async () => {
  await staged('articles', [
    '{"language":"tr","translations":[{"language":"EN"}],"html":"<code>\\"language\\": \\"fr\\"</code>"}',
    '{"language" : "pt-BR"}',
    '{"language":null}',
  ]);
  const languages = await transact(tx => languagesOf(tx, [projectId, otherId]));
  expect([...languages]).toEqual([[projectId, ['en', 'pt-br', 'tr']]]);
});

test('measured calls are the sum over the phases of a run', async () => {
  const runs = (await transact(tx => measurementsOf(tx, [projectId, otherId]))).get(projectId)!;
  expect(runs.PRODUCTION).toBeUndefined();
  expect(runs.EXTRACTION).toMatchObject({ apiCalls: 300, callLimitPerMinute: null });
  expect(Math.round(runs.EXTRACTION!.seconds)).toBe(90);
});

test('a project without a mapping and agents has no facts about them', async () => {
  expect((await transact(tx => fieldFactsOf(tx, [projectId]))).size).toBe(0);
  expect((await transact(tx => agentGroupsOf(tx, [projectId]))).size).toBe(0);
});
