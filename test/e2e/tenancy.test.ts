import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { confirmMapping, proposeMapping, resolveAgent, updateField } from '../support/destination.js';
import { setConnection, startRun } from '../support/extraction.js';
import { firstOf, Partner, serverOfThisFile } from '../support/server.js';
import { type IdsOfTenant, wholeProject } from '../support/whole-project.js';

let root: Partner;
let database: { ownerUrl: string; serverUrl: string };
let ours: Partner & { organizationId: string };
let theirs: Partner & { organizationId: string };
let there: IdsOfTenant;
beforeAll(async () => {
  ({ root, database } = await serverOfThisFile());
  ours = await root.below('AGENCY');
  theirs = await root.below('AGENCY');
  there = await wholeProject(theirs, database.ownerUrl);
});

const as = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** What a caller sees for an id: the answer without the request id. */
async function seen(
  partner: Partner,
  { projectId, organizationId, runId, issueId, mappingId, fieldId, agentId, entryId, recordingId, documentId }: IdsOfTenant,
): Promise<string> {
  const query = await partner.ask(
    `{ project(id: "${projectId}") { id } node(id: "${projectId}") { id } org: node(id: "${organizationId}") { id }
       run(id: "${runId}") { id } runNode: node(id: "${runId}") { id } issueNode: node(id: "${issueId}") { id }
       mapping: node(id: "${mappingId}") { id } field: node(id: "${fieldId}") { id } agent: node(id: "${agentId}") { id } entry: node(id: "${entryId}") { id }
       recording: node(id: "${recordingId}") { id } document: node(id: "${documentId}") { id }
       crosswalk(projectId: "${projectId}", lookups: [{ sourceId: "1" }]) { entries { id } }
       projectByExternalRef(externalRef: "ref-1", organizationId: "${organizationId}") { id } }`,
  );
  const recordings = await partner.ask(`{ callRecordings(projectId: "${projectId}") { edges { cursor } } }`);
  const mutations = [
    await partner.createProject({ name: 'x', organizationId }),
    await partner.mutate('updateProject', 'UpdateProjectInput', { projectId, language: 'EN' }, 'project { id }'),
    await partner.createOrganization({ name: 'x', kind: 'CUSTOMER', parentId: organizationId }),
    await partner.createApiKey({ name: 'x', organizationId, role: 'VIEWER' }),
    await setConnection(partner, projectId, { baseUrl: 'http://127.0.0.1:9', secret: 'x' }),
    await startRun(partner, { projectId, kind: 'DISCOVERY' }),
    await proposeMapping(partner, projectId),
    await confirmMapping(partner, mappingId, 'x'),
    await updateField(partner, { fieldMappingId: fieldId, action: 'IGNORE', ignoreReason: 'x', expectedHash: 'x' }),
    await resolveAgent(partner, { agentId, usePlaceholder: true }),
    await partner.mutate('updateIssue', 'UpdateIssueInput', { issueId, status: 'ACKNOWLEDGED' }, 'issue { id }'),
    await partner.mutate('repairRecords', 'RepairRecordsInput', { projectId, environment: 'PRODUCTION' }, 'count'),
    await partner.mutate(
      'claimCallRecording',
      'CallRecordingActionInput',
      { callRecordingId: recordingId },
      'callRecording { id }',
    ),
    await partner.mutate(
      'attachCallRecording',
      'CallRecordingActionInput',
      { callRecordingId: recordingId },
      'callRecording { id }',
    ),
    await partner.mutate(
      'closeCallRecording',
      'CloseCallRecordingInput',
      { callRecordingId: recordingId, status: 'NOT_POSSIBLE' },
      'callRecording { id }',
    ),
    await partner.mutate('signOff', 'SignOffInput', { runId, mappingHash: 'x' }, 'run { id }'),
    await partner.mutate('beginCutover', 'BeginCutoverInput', { projectId }, 'project { id }'),
    await partner.mutate('completeCutover', 'CompleteCutoverInput', { projectId }, 'project { id }'),
    await partner.mutate('closeProject', 'CloseProjectInput', { projectId, reason: 'x' }, 'project { id }'),
    await partner.mutate('pauseRun', 'RunActionInput', { runId }, 'run { id }'),
    await partner.mutate('resumeRun', 'RunActionInput', { runId }, 'run { id }'),
    await partner.mutate('cancelRun', 'RunActionInput', { runId }, 'run { id }'),
  ];
  const client = partner.webSocket();
  const events = await firstOf(client, {
    query: `subscription { projectEvents(projectId: "${projectId}", afterSeq: 0) { seq } }`,
  }).catch(error => error);
  const progress = await firstOf(client, { query: `subscription { runProgress(runId: "${runId}") { state } }` }).catch(
    error => error,
  );
  await client.dispose();
  const withoutRequest = (_key: string, value: unknown) => (_key === 'requestId' ? undefined : value);
  return JSON.stringify(
    [query.data, query.errors, recordings.data, recordings.errors, mutations, events, progress],
    withoutRequest,
  );
}

test("another tenant's ids look exactly like ids that do not exist", async () => {
  const none = '00000000-0000-4000-8000-000000000000';
  const nowhere = await seen(ours, {
    projectId: `prj_${none}`,
    organizationId: `org_${none}`,
    runId: `run_${none}`,
    issueId: `iss_${none}`,
    mappingId: `map_${none}`,
    fieldId: `fld_${none}`,
    agentId: `agt_${none}`,
    entryId: `cwk_${none}`,
    recordingId: `rec_${none}`,
    documentId: `doc_${none}`,
  });
  expect(await seen(ours, there)).toBe(nowhere);
  expect(nowhere).toContain('NOT_FOUND');
  expect(await seen(theirs, there)).not.toBe(nowhere);
});

test('an object names its project, and an issue its run', async () => {
  const { runId, issueId, documentId, recordingId, projectId } = there;
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
    `{ project(id: "${there.projectId}") { connections { side options } }
       crosswalk(projectId: "${there.projectId}", lookups: [{ sourceType: TICKET, sourceId: "#8837516" }, { destinationId: "none" }]) {
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

test('a tenant sees its own projects and those below it, not those beside or above it', async () => {
  const customer = await ours.below('CUSTOMER');
  await ours.createProject({ name: 'agency’s' });
  await customer.createProject({ name: 'customer’s' });
  const namesFor = async (partner: Partner) =>
    (await partner.ask('{ projects(first: 100) { edges { node { name } } } }')).data.projects.edges.map(
      (edge: { node: { name: string } }) => edge.node.name,
    );
  expect(await namesFor(customer)).toEqual(['customer’s']);
  expect(await namesFor(ours)).toEqual(expect.arrayContaining(['agency’s', 'customer’s']));
  expect(await namesFor(ours)).not.toContain('Secret plan');
  expect(await namesFor(root)).toEqual(expect.arrayContaining(['agency’s', 'customer’s', 'Secret plan']));
  const { data } = await customer.ask('{ viewer { organization { kind parent { id } } } }');
  expect(data.viewer.organization).toEqual({ kind: 'CUSTOMER', parent: null });
});

test('two tenants may use the same external reference and the same idempotency key', async () => {
  const { project } = await ours.createProject({ name: 'Ours', externalRef: 'ref-1', idempotencyKey: 'k' });
  expect(project.id).not.toBe(there.projectId);
});

test('a project changes only the given fields, and reports it once', async () => {
  const { project } = await ours.createProject({ name: 'Before', externalRef: 'ref-of-before' });
  await ours.createProject({ name: 'Other', externalRef: 'ref-of-other' });
  const shown = 'project { name externalRef language allowSamplesToLlm }';
  const update = (change: object) =>
    ours.mutate('updateProject', 'UpdateProjectInput', { projectId: project.id, ...change }, shown);
  expect(await update({ name: ' After ', allowSamplesToLlm: true, idempotencyKey: 'update-1' })).toEqual({
    project: { name: 'After', externalRef: 'ref-of-before', language: 'EN', allowSamplesToLlm: true },
    userErrors: [],
  });
  expect((await update({ externalRef: 'ref-of-other' })).userErrors).toMatchObject([
    { code: 'EXTERNAL_REF_TAKEN', path: ['input', 'externalRef'] },
  ]);
  expect((await update({ name: ' ' })).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'name'] }]);
  await update({ name: 'After' });
  const { project: changed } = await update({ externalRef: 'ref-of-after', language: 'TR', name: null });
  expect(changed).toEqual({ name: 'After', externalRef: 'ref-of-after', language: 'TR', allowSamplesToLlm: true });
  await as(database.ownerUrl, async owner => {
    const sql = `SELECT data FROM landfall.project_events WHERE project_id = $1 AND type = 'PROJECT_UPDATED' ORDER BY seq`;
    const { rows } = await owner.query(sql, [project.id.replace('prj_', '')]);
    expect(rows.map(({ data }) => data)).toEqual([
      { name: 'After', allowSamplesToLlm: true },
      { externalRef: 'ref-of-after', language: 'TR' },
    ]);
  });
});

test('roles: a key that may not change anything is refused, and nothing happens', async () => {
  const { project: ownProject } = await ours.createProject({ name: 'own' });
  for (const role of ['VIEWER', 'SUPPORT', 'OPERATOR']) {
    const { secret } = await ours.createApiKey({ organizationId: ours.organizationId, name: role, role });
    const partner = new Partner(root.url, secret);
    const code = (payload: { userErrors: { code: string }[] }) => payload.userErrors[0]?.code;
    expect(code(await partner.createOrganization({ name: 'x', kind: 'CUSTOMER' }))).toBe('ROLE_NOT_PERMITTED');
    expect(code(await partner.createApiKey({ name: 'x', role: 'ADMIN', organizationId: ours.organizationId }))).toBe(
      'ROLE_NOT_PERMITTED',
    );
    expect(code(await partner.createProject({ name: 'x' }))).toBe(role === 'OPERATOR' ? undefined : 'ROLE_NOT_PERMITTED');
    const update = { projectId: ownProject.id, name: 'x' };
    expect(code(await partner.mutate('updateProject', 'UpdateProjectInput', update, 'project { id }'))).toBe(
      role === 'OPERATOR' ? undefined : 'ROLE_NOT_PERMITTED',
    );
    expect((await partner.ask('{ viewer { role } }')).data.viewer.role).toBe(role);
  }
});

test('the tree: partner, agency, customer', async () => {
  const customer = await ours.below('CUSTOMER');
  for (const [partner, kind] of [
    [ours, 'PARTNER'],
    [ours, 'AGENCY'],
    [customer, 'CUSTOMER'],
  ] as const) {
    const { organization, userErrors } = await partner.createOrganization({ name: 'x', kind });
    expect(organization).toBeNull();
    expect(userErrors[0]).toMatchObject({ code: 'ORGANIZATION_KIND_NOT_ALLOWED', path: ['input', 'kind'] });
  }
});

describe('row-level security', () => {
  // The list of migrations, budgets by a digest of a credential, and an encrypted key: they contain no data of a tenant.
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
      expect((await server.query('SELECT 1 FROM landfall.projects WHERE id = $1', [uuid(there.projectId)])).rowCount).toBe(0);
      const insert = `INSERT INTO landfall.projects (organization_id, name) VALUES ($1, 'x')`;
      await expect(server.query(insert, [uuid(theirs.organizationId)])).rejects.toThrow(/row-level security/);
      await server.query('ROLLBACK');
      await server.query('BEGIN');
      await server.query(`SELECT set_config('landfall.organization_id', $1, true)`, [uuid(ours.organizationId)]);
      const event = `INSERT INTO landfall.project_events (project_id, seq, organization_id, at, type, message, data) VALUES ($1, 99, $2, now(), 'X', '', '{}')`;
      await expect(server.query(event, [uuid(there.projectId), uuid(ours.organizationId)])).rejects.toThrow(/foreign key/);
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
