import pg from 'pg';
import { beforeAll, expect, test, vi } from 'vitest';
import { parseId, publicId } from '../../src/domain/model/ids.js';
import { type Partner, serverOfThisFile } from '../support/server.js';

interface Result {
  userErrors: { code: string; path: string[] | null }[];
  [object: string]: unknown;
}

let agency: Partner;
let viewer: Partner;
let stranger: Partner;
let projectId: string;
const ids = { agents: [] as string[], issues: [] as string[], fields: [] as string[], otherField: '' };

beforeAll(async () => {
  const { root, database } = await serverOfThisFile();
  const below = await root.below('AGENCY');
  agency = below;
  stranger = await root.below('AGENCY');
  viewer = await root.below('AGENCY', 'VIEWER');
  projectId = (await agency.createProject({ name: 'Shop' })).project.id;
  const of = [parseId(projectId).uuid, parseId(below.organizationId).uuid];
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const insert = async (sql: string, parameters: unknown[] = of) =>
    (await owner.query<{ id: string }>(`${sql} RETURNING id`, parameters)).rows.map(({ id }) => id);
  try {
    await owner.query(
      `INSERT INTO landfall.workspace_members (project_id, organization_id, environment, kind, destination_id, name, email)
       SELECT $1, $2, 'PRODUCTION', 'TEAMMATE', n, 'T' || n, 't' || n || '@x.example' FROM generate_series(1, 40) AS n`,
      of,
    );
    const agents = await insert(
      `INSERT INTO landfall.agents (project_id, organization_id, source_id, name) SELECT $1, $2, n, 'Agent ' || n FROM generate_series(1, 40) AS n`,
    );
    ids.agents = agents.map(id => publicId('Agent', id));
    const issues = await insert(
      `INSERT INTO landfall.issues (project_id, organization_id, code, severity, source_id, message)
       SELECT $1, $2, 'DANGLING_REFERENCE', 'WARNING', n, n FROM generate_series(1, 40) AS n`,
    );
    ids.issues = issues.map(id => publicId('Issue', id));
    const [draft, frozen] = await insert(
      `INSERT INTO landfall.mapping_versions (project_id, organization_id, version, status, hash)
       VALUES ($1, $2, 2, 'DRAFT', 'before'), ($1, $2, 1, 'SUPERSEDED', 'old')`,
    );
    const fields = (version: string, count: number) =>
      insert(
        `INSERT INTO landfall.field_mappings (mapping_version_id, organization_id, position, record_type, source_path, action, confidence, rationale, profile, losses, value_mappings, proposed_target)
         SELECT $1, $2, n, 'CONTACT', 'customFields["F' || n || '"]', 'UNDECIDED', 1, '', '{"dataType": "text", "fillRate": 1, "distinctCount": 1, "maxLength": 1, "samples": []}',
           '[]', '[]', 'contact.custom_attributes.f' || n FROM generate_series(1, $3::int) AS n`,
        [version, of[1], count],
      );
    ids.fields = (await fields(draft!, 40)).map(id => publicId('FieldMapping', id));
    ids.otherField = publicId('FieldMapping', (await fields(frozen!, 1))[0]!);
  } finally {
    await owner.end();
  }
});

/** The codes of each result; '' for one without errors. */
const outcomes = (results: Result[]) => results.map(({ userErrors }) => userErrors.map(({ code }) => code).join(' '));
const errors = 'userErrors { code path }';

const resolve = (items: object[], idempotencyKey?: string, as: Partner = agency) =>
  as.mutate(
    'resolveAgents',
    'ResolveAgentsInput',
    { items, ...(idempotencyKey ? { idempotencyKey } : {}) },
    `results { agent { status teammateEmail } ${errors} }`,
  );
const update = (items: object[], idempotencyKey?: string, as: Partner = agency) =>
  as.mutate(
    'updateIssues',
    'UpdateIssuesInput',
    { items, ...(idempotencyKey ? { idempotencyKey } : {}) },
    `results { issue { status statusChangedBy statusChangedAt statusNote } ${errors} }`,
  );
const edit = (items: object[], more: object = {}) =>
  agency.mutate(
    'updateFieldMappings',
    'UpdateFieldMappingsInput',
    { items, ...more },
    `mapping { hash } results { fieldMapping { action targetPath } ${errors} }`,
  );
const eventTypes = async (): Promise<string[]> => {
  const { data } = await agency.ask(`{ project(id: "${projectId}") { events(last: 100) { edges { node { seq type } } } } }`);
  const events = (data.project.events.edges as { node: { seq: number; type: string } }[]).map(({ node }) => node);
  expect(events.map(({ seq }) => seq - events[0]!.seq)).toEqual(events.map((_, index) => index));
  return events.map(({ type }) => type);
};

test('agents: each item has its own result, and an error of one does not stop the others', async () => {
  const [first, second, third] = ids.agents;
  const items = [
    { agentId: first, teammateEmail: 'T1@x.example' },
    { agentId: second, usePlaceholder: true },
    { agentId: third, teammateEmail: 'nobody@x.example' },
    { agentId: first, usePlaceholder: true },
    { agentId: 'nonsense', usePlaceholder: true },
    { agentId: projectId, usePlaceholder: true },
    { agentId: ids.agents[3] },
  ];
  const { results, userErrors } = await resolve(items, 'agents-1');
  expect(userErrors).toEqual([]);
  expect(outcomes(results)).toEqual([
    '',
    '',
    'TEAMMATE_NOT_FOUND',
    'INVALID_INPUT',
    'MALFORMED_ID',
    'NOT_FOUND',
    'INVALID_INPUT',
  ]);
  expect(results[2].userErrors[0].path).toEqual(['input', 'items', '2', 'teammateEmail']);
  expect(results.slice(0, 3).map(({ agent }: Result) => agent)).toEqual([
    { status: 'MATCHED', teammateEmail: 't1@x.example' },
    { status: 'PLACEHOLDER', teammateEmail: null },
    null,
  ]);
  expect(await eventTypes()).toEqual(['PROJECT_CREATED', 'AGENT_RESOLVED', 'AGENT_RESOLVED']);
  // A repetition returns the same, also the errors, and does nothing.
  expect((await resolve(items, 'agents-1')).results).toEqual(results);
  expect((await eventTypes()).length).toBe(3);
  expect((await resolve(items.slice(1), 'agents-1')).userErrors[0].code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('a call without any success does not use up its key', async () => {
  const wrong = await resolve([{ agentId: ids.agents[4], teammateEmail: 'nobody@x.example' }], 'agents-2');
  expect(outcomes(wrong.results)).toEqual(['TEAMMATE_NOT_FOUND']);
  const right = await resolve([{ agentId: ids.agents[4], teammateEmail: 't2@x.example' }], 'agents-2');
  expect(outcomes(right.results)).toEqual(['']);
});

test('issues: the status says who changed it, when and why', async () => {
  const [first, second] = ids.issues;
  const { results } = await update([
    { issueId: first, status: 'WAIVED', note: 'agreed with Ege' },
    { issueId: second, status: 'ACKNOWLEDGED' },
    { issueId: ids.issues[2], status: 'OPEN' },
    { issueId: ids.agents[0], status: 'OPEN' },
    { issueId: ids.issues[3], status: 'RESOLVED', note: ' ' },
  ]);
  expect(outcomes(results)).toEqual(['', '', '', 'NOT_FOUND', 'INVALID_INPUT']);
  const changed = { statusChangedBy: expect.any(String), statusChangedAt: expect.any(String) };
  expect(results[0].issue).toEqual({ ...changed, status: 'WAIVED', statusNote: 'agreed with Ege' });
  expect(results[1].issue).toEqual({ ...changed, status: 'ACKNOWLEDGED', statusNote: null });
  // Nothing changed.
  expect(results[2].issue).toEqual({ status: 'OPEN', statusChangedBy: null, statusChangedAt: null, statusNote: null });
  const reopened = await agency.mutate(
    'updateIssue',
    'UpdateIssueInput',
    { issueId: first, status: 'OPEN' },
    'issue { status statusChangedBy statusNote }',
  );
  expect(reopened.issue).toEqual({ status: 'OPEN', statusChangedBy: expect.any(String), statusNote: null });
  expect((await eventTypes()).filter(type => type === 'ISSUE_UPDATED')).toHaveLength(3);
});

test('fields: edits see those before them, and the hash binds them to a version', async () => {
  const [first, second, third] = ids.fields;
  const stale = await edit([{ fieldMappingId: first, action: 'CREATE_ATTRIBUTE' }], { expectedHash: 'older' });
  expect(stale).toMatchObject({ mapping: { hash: 'before' }, results: [], userErrors: [{ code: 'STALE_MAPPING' }] });
  const { results, mapping, userErrors } = await edit(
    [
      { fieldMappingId: first, action: 'CREATE_ATTRIBUTE', targetPath: 'contact.custom_attributes.size' },
      { fieldMappingId: second, action: 'CREATE_ATTRIBUTE', targetPath: 'contact.custom_attributes.Size' },
      { fieldMappingId: third, action: 'IGNORE', ignoreReason: 'not used' },
      { fieldMappingId: ids.otherField, action: 'IGNORE', ignoreReason: 'not used' },
      { fieldMappingId: first, action: 'CREATE_ATTRIBUTE', targetPath: 'contact.custom_attributes.shoe' },
    ],
    { expectedHash: 'before', idempotencyKey: 'fields-1' },
  );
  expect(userErrors).toEqual([]);
  expect(outcomes(results)).toEqual(['', 'TARGET_TAKEN', '', 'NOT_FOUND', '']);
  expect(results[0].fieldMapping).toEqual({ action: 'CREATE_ATTRIBUTE', targetPath: 'contact.custom_attributes.shoe' });
  expect(results[2].fieldMapping).toEqual({ action: 'IGNORE', targetPath: null });
  expect(mapping.hash).toMatch(/^[0-9a-f]{64}$/);
  const frozen = await edit([{ fieldMappingId: ids.otherField, action: 'IGNORE', ignoreReason: 'x' }]);
  expect(frozen).toMatchObject({ mapping: null, results: [], userErrors: [{ code: 'MAPPING_FROZEN' }] });
  // Single edits give the same hash as several in one call.
  const same = await agency.mutate(
    'updateFieldMapping',
    'UpdateFieldMappingInput',
    {
      fieldMappingId: first,
      action: 'CREATE_ATTRIBUTE',
      targetPath: 'contact.custom_attributes.shoe',
      expectedHash: mapping.hash,
    },
    'mapping { hash }',
  );
  expect(same.mapping.hash).toBe(mapping.hash);
});

test('other tenants and other roles change nothing', async () => {
  const item = { issueId: ids.issues[5], status: 'WAIVED' };
  expect(outcomes((await update([item], undefined, stranger)).results)).toEqual(['NOT_FOUND']);
  expect(outcomes((await resolve([{ agentId: ids.agents[5], usePlaceholder: true }], undefined, stranger)).results)).toEqual([
    'NOT_FOUND',
  ]);
  expect(await update([item], undefined, viewer)).toMatchObject({ results: [], userErrors: [{ code: 'ROLE_NOT_PERMITTED' }] });
  for (const count of [0, 101])
    expect(await update(Array.from({ length: count }, () => item))).toMatchObject({
      results: [],
      userErrors: [{ code: 'INVALID_INPUT', path: ['input', 'items'] }],
    });
  expect(await update([{ ...item, note: 'a\0b' }])).toMatchObject({ results: [], userErrors: [{ code: 'INVALID_INPUT' }] });
});

test('twenty items do not need one statement each', async () => {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  const statements = async (work: () => Promise<{ results: Result[] }>) => {
    const before = spy.mock.calls.length;
    expect(new Set(outcomes((await work()).results))).toEqual(new Set(['']));
    return spy.mock.calls.slice(before).filter(([statement]) => !/runs_to_take|DISCARD PLANS/.test(JSON.stringify(statement)))
      .length;
  };
  const range = (of: string[], from: number, count: number) => of.slice(from, from + count);
  try {
    const kinds: ((from: number, count: number) => Promise<{ results: Result[] }>)[] = [
      (from, count) =>
        resolve(range(ids.agents, from, count).map((agentId, n) => ({ agentId, teammateEmail: `t${n + 1}@x.example` }))),
      (from, count) => update(range(ids.issues, from, count).map(issueId => ({ issueId, status: 'WAIVED', note: 'x' }))),
      (from, count) =>
        edit(range(ids.fields, from, count).map(fieldMappingId => ({ fieldMappingId, action: 'CREATE_ATTRIBUTE' }))),
    ];
    for (const kind of kinds) {
      const two = await statements(() => kind(10, 2));
      // The server has other work too, such as looking for runs.
      expect((await statements(() => kind(12, 20))) - two).toBeLessThan(5);
    }
  } finally {
    spy.mockRestore();
  }
});
