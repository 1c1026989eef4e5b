import type { GraphQLSchema } from 'graphql';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { idPrefixes } from '../../src/domain/model/ids.js';
import { createSchema } from '../../src/graphql/schema.js';
import { startPortal } from '../support/portal.js';
import { type Ids, nowhere, requestOf, rootFields, takesId } from '../support/schema-walk.js';
import { firstOf, Partner, serverOfThisFile } from '../support/server.js';
import { type Stranger, strangers } from '../support/strangers.js';
import { type IdsOfTenant, wholeProject } from '../support/whole-project.js';

let schema: GraphQLSchema;
let root: Partner;
let database: { ownerUrl: string; serverUrl: string };
let theirs: Partner & { organizationId: string };
let ours: Partner & { organizationId: string };
/** What a tenant has, by the name of the argument that takes its id. */
let there: Ids;
let whole: IdsOfTenant;
let portal: Awaited<ReturnType<typeof startPortal>>;

beforeAll(async () => {
  schema = await createSchema();
  portal = await startPortal();
  ({ root, database } = await serverOfThisFile(portal.environment));
  await asOwner(portal.organizationSql);
  ours = await root.below('AGENCY');
  theirs = await root.below('AGENCY');
  whole = await wholeProject(theirs, database.ownerUrl);
  const { organizationId, projectId, fieldId, mappingId, recordingId, ...rest } = whole;
  const apiKey = await theirs.createApiKey({ organizationId, name: 'their key', role: 'VIEWER' });
  const share = await theirs.mutate(
    'createShareToken',
    'CreateShareTokenInput',
    { projectId, name: 'their guest' },
    'shareToken { id }',
  );
  const connections = await theirs.ask(`{ project(id: "${projectId}") { connections { id } } }`);
  const hook = await theirs.mutate('createWebhook', 'CreateWebhookInput', { url: 'http://127.0.0.1:9/hook' }, 'webhook { id }');
  // What is sent to it, and when, would change while the callers try.
  await theirs.mutate('disableWebhook', 'WebhookActionInput', { webhookId: hook.webhook.id }, 'webhook { id }');
  there = {
    ...rest,
    organizationId,
    parentId: organizationId,
    projectId,
    projectIds: projectId,
    fieldMappingId: fieldId,
    mappingVersionId: mappingId,
    callRecordingId: recordingId,
    apiKeyId: apiKey.apiKey.id,
    shareTokenId: share.shareToken.id,
    webhookId: hook.webhook.id,
    connectionId: connections.data.project.connections[0].id,
    actorId: apiKey.apiKey.id,
    objectId: projectId,
  };
});

async function as<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const asOwner = (sql: string, parameters: unknown[] = []) =>
  as(database.ownerUrl, async owner => (await owner.query(sql, parameters)).rows);

/** The answer of a caller to one field with these ids, without what names the request and the id itself. */
async function answer(partner: Partner, kind: 'Query' | 'Mutation', name: string, ids: Ids): Promise<string> {
  const { query, variables } = requestOf(kind, rootFields(schema, kind).find(each => each.name === name)!, ids);
  const { data, errors, status } = await partner.ask(query, variables);
  expect(errors?.[0]?.extensions.code ?? '', `${name}: ${errors?.[0]?.message}`).not.toMatch(/GRAPHQL|BAD_USER|INTERNAL|COMPLEX/);
  return JSON.stringify([status, data, errors], (key, value) => (key === 'requestId' || key === 'cost' ? undefined : value));
}

/** A digest of every row of their organization, table by table, but for what the use of their own keys changes. */
async function theirRows(): Promise<unknown> {
  const tables = await asOwner(`SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'landfall' AND column_name = 'organization_id' AND table_name NOT IN ('idempotency_keys', 'usage_months') ORDER BY 1`);
  const sums = tables.map(async ({ name }) => {
    const sql = `SELECT md5(string_agg(row, '|' ORDER BY row)) AS sum FROM (
      SELECT (to_jsonb(t) - 'last_used_at')::text AS row FROM landfall.${name} t WHERE organization_id = $1) rows`;
    return [name, (await asOwner(sql, [theirs.organizationId.slice(4)]))[0].sum];
  });
  const organization = await asOwner(`SELECT name FROM landfall.organizations WHERE id = $1`, [theirs.organizationId.slice(4)]);
  return [await Promise.all(sums), organization];
}

test('nobody else sees or changes anything by any query, mutation, subscription or node', async () => {
  const callers = await strangers(ours, theirs, await portal.token({}));
  const before = await theirRows();
  const here = nowhere(there);
  const nodes = Object.entries(idPrefixes).map(([type, prefix]) => {
    const id = Object.values(there).find(each => each.startsWith(`${prefix}_`));
    return { type, id: id ?? expect.fail(`Name an id of another tenant for ${type}.`) };
  });
  const tryAll = async ([who, { partner, isOfSameTenant }]: [string, Stranger]) => {
    for (const { type, id } of nodes) {
      if (isOfSameTenant && type === 'Organization') continue;
      const { data, errors } = await partner.ask(`{ node(id: "${id}") { id __typename } }`);
      expect([data, errors], `${who}: ${type}`).toEqual([{ node: null }, undefined]);
    }
    for (const kind of ['Query', 'Mutation'] as const) {
      for (const { name, args } of rootFields(schema, kind)) {
        if (!args.some(takesId)) continue;
        const idsOf = (ids: Ids): Ids => ({ ...ids, id: name === 'run' ? ids.runId! : ids.projectId! });
        const seen = await answer(partner, kind, name, idsOf(there));
        const expected = await answer(partner, kind, name, idsOf(here));
        const hidden = (text: string) => text.replaceAll(/[a-z]{3}_[0-9a-f-]{36}/g, 'ID');
        expect(hidden(seen), `${who}: ${name}`).toBe(hidden(expected));
      }
    }
    const client = partner.webSocket();
    for (const field of rootFields(schema, 'Subscription')) {
      if (!field.args.some(takesId)) continue;
      const first = await firstOf(client, requestOf('Subscription', field, there)).catch(error => error);
      // The organization of a caller of the same tenant is its own.
      if (isOfSameTenant && field.name === 'portfolio') expect(JSON.stringify(first), who).not.toContain(there.projectId);
      else expect(JSON.stringify(first), `${who}: ${field.name}`).toContain('NOT_FOUND');
    }
    await client.dispose();
  };
  await Promise.all(Object.entries(callers).map(tryAll));
  expect(await theirRows()).toEqual(before);
}, 300_000);

/** The mutations that a caller may not call, whatever its arguments are. */
async function refusedTo(partner: Partner): Promise<string[]> {
  const refused: string[] = [];
  const here = nowhere(there);
  for (const { name } of rootFields(schema, 'Mutation')) {
    if (/"code":"(ROLE|SCOPE)_NOT_PERMITTED"/.test(await answer(partner, 'Mutation', name, { ...here, id: here.projectId! })))
      refused.push(name);
  }
  return refused.sort();
}

test('what only reads is refused every mutation, and each role those that it has no right to', async () => {
  const { project } = await ours.createProject({ name: 'For roles' });
  const key = async (input: Record<string, unknown>) =>
    new Partner(root.url, (await ours.createApiKey({ organizationId: ours.organizationId, name: 'k', ...input })).secret);
  const { token } = await ours.mutate('createShareToken', 'CreateShareTokenInput', { projectId: project.id, name: 'g' }, 'token');
  const all = rootFields(schema, 'Mutation')
    .map(({ name }) => name)
    .sort();
  const readers = [
    await key({ role: 'VIEWER' }),
    await key({ role: 'ADMIN', scopes: ['READ'] }),
    new Partner(root.url, token),
    new Partner(root.url, await portal.token({ landfall_scopes: ['READ'] })),
  ];
  for (const reader of readers) expect(await refusedTo(reader)).toEqual(all);
  const recordings = ['attachCallRecording', 'claimCallRecording', 'closeCallRecording'];
  expect(all.filter(name => !recordings.includes(name))).toEqual(await refusedTo(await key({ role: 'SUPPORT' })));
  expect(await refusedTo(await key({ role: 'OPERATOR' }))).toEqual([
    'createApiKey',
    'createOrganization',
    'createShareToken',
    'createWebhook',
    'removeWebhook',
    'revokeApiKey',
    'revokeShareToken',
    'rotateWebhookSecret',
    'updateOrganization',
    'updateWebhook',
  ]);
}, 120_000);

test('an expired credential is refused everything', async () => {
  const expiresAt = new Date(Date.now() + 1_500).toISOString();
  const { secret } = await ours.createApiKey({ organizationId: ours.organizationId, name: 'k', role: 'ADMIN', expiresAt });
  await new Promise(resolve => setTimeout(resolve, 1_700));
  const jwt = await portal.token({}, Math.floor(Date.now() / 1_000) - 60);
  for (const credential of [secret, jwt]) {
    const partner = new Partner(root.url, credential);
    for (const query of [
      '{ __typename }',
      '{ viewer { name } }',
      'mutation { createProject(input: { name: "x" }) { project { id } } }',
    ]) {
      const { status, data } = await partner.ask(query);
      expect([status, data]).toEqual([401, undefined]);
    }
  }
});

test('an object names its project, and an issue its run', async () => {
  const { runId, issueId, documentId, recordingId, projectId } = whole;
  const up = 'project { id }';
  const { data } = await theirs.ask(
    `{ run(id: "${runId}") { ${up} } issue: node(id: "${issueId}") { ... on Issue { runId run { id } ${up} } }
       document: node(id: "${documentId}") { ... on Document { ${up} } }
       recording: node(id: "${recordingId}") { ... on CallRecording { ${up} } } }`,
  );
  const project = { id: projectId };
  const { runId: foundBy } = data.issue;
  expect(foundBy).toMatch(/^run_/);
  expect(data).toEqual({
    run: { project },
    issue: { runId: foundBy, run: { id: foundBy }, project },
    document: { project },
    recording: { project },
  });
});

test('a match repeats its look-up, and a connection shows its options', async () => {
  const { data } = await theirs.ask(
    `{ project(id: "${whole.projectId}") { connections { side options } }
       crosswalk(projectId: "${whole.projectId}", lookups: [{ sourceType: TICKET, sourceId: "#8837516" }, { destinationId: "none" }]) {
         sourceType sourceId destinationType destinationId } }`,
  );
  const none = { sourceType: null, sourceId: null, destinationType: null, destinationId: null };
  expect(data.crosswalk).toEqual([
    { ...none, sourceType: 'TICKET', sourceId: '#8837516' },
    { ...none, destinationId: 'none' },
  ]);
  expect(data.project.connections).toContainEqual({ side: 'SOURCE', options: {} });
  const destination = data.project.connections.find(({ side }: { side: string }) => side === 'DESTINATION');
  expect(destination.options).toMatchObject({ placeholderTeammateEmail: 'migration@ege.example' });
});

test('two tenants may use the same external reference and the same idempotency key', async () => {
  const { project } = await ours.createProject({ name: 'Ours', externalRef: 'ref-1', idempotencyKey: 'k' });
  expect(project.id).not.toBe(whole.projectId);
});

describe('row-level security', () => {
  // The list of migrations, budgets by a digest of a credential, and a sealed key: they tell nothing of a tenant.
  const ofNobody = ['installation', 'migrations', 'rate_budgets'];
  const tenantTables = (client: pg.Client) =>
    client
      .query<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'landfall' AND tablename <> ALL($1) ORDER BY 1`,
        [ofNobody],
      )
      .then(({ rows }) => rows.map(row => row.name));
  const count = async (client: pg.Client, table: string) =>
    Number((await client.query(`SELECT count(*) FROM landfall.${pg.escapeIdentifier(table)}`)).rows[0].count);

  test('without a scope no row of any table is seen, changed or added, though every table is filled', async () => {
    const filled = await as(database.ownerUrl, async owner => {
      const counts: [string, number][] = [];
      for (const table of await tenantTables(owner)) counts.push([table, await count(owner, table)]);
      return counts;
    });
    expect(filled.length).toBeGreaterThanOrEqual(12);
    for (const [table, rows] of filled) expect(rows, `rows of ${table}`).toBeGreaterThan(0);
    await as(database.serverUrl, async server => {
      for (const [table] of filled) expect(await count(server, table), table).toBe(0);
      expect((await server.query(`UPDATE landfall.projects SET name = 'x'`)).rowCount).toBe(0);
      await expect(server.query(`INSERT INTO landfall.organizations (name, kind) VALUES ('x', 'PARTNER')`)).rejects.toThrow(
        /row-level security/,
      );
      await expect(server.query(`DELETE FROM landfall.project_events`)).rejects.toThrow(/permission denied/);
      await expect(server.query(`ALTER TABLE landfall.projects DISABLE ROW LEVEL SECURITY`)).rejects.toThrow(/must be owner/);
    });
  });

  test("in one tenant's scope nothing can be written for another", async () => {
    const uuid = (id: string) => id.replace(/^\w+_/, '');
    await as(database.serverUrl, async server => {
      await server.query('BEGIN');
      await server.query(`SELECT set_config('landfall.organization_id', $1, true)`, [uuid(ours.organizationId)]);
      expect((await server.query('SELECT 1 FROM landfall.projects WHERE id = $1', [uuid(whole.projectId)])).rowCount).toBe(0);
      const insert = `INSERT INTO landfall.projects (organization_id, name) VALUES ($1, 'x')`;
      await expect(server.query(insert, [uuid(theirs.organizationId)])).rejects.toThrow(/row-level security/);
      await server.query('ROLLBACK');
      await server.query('BEGIN');
      await server.query(`SELECT set_config('landfall.organization_id', $1, true)`, [uuid(ours.organizationId)]);
      const event = `INSERT INTO landfall.project_events (project_id, seq, organization_id, at, type, message, data) VALUES ($1, 99, $2, now(), 'X', '', '{}')`;
      await expect(server.query(event, [uuid(whole.projectId), uuid(ours.organizationId)])).rejects.toThrow(/foreign key/);
      await server.query('ROLLBACK');
      // The scope ends with the transaction.
      expect(await count(server, 'projects')).toBe(0);
    });
  });

  test('every table has row-level security and a policy', async () => {
    await as(database.ownerUrl, async owner => {
      const { rows } = await owner.query(
        `SELECT c.relname AS name, c.relrowsecurity AS on, count(p.polname) FILTER (WHERE p.polpermissive)::int AS policies
         FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
         WHERE c.relnamespace = 'landfall'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL($1) GROUP BY 1, 2`,
        [ofNobody],
      );
      for (const row of rows) expect(row).toMatchObject({ on: true, policies: 1 });
    });
  });
});
