import pg from 'pg';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { parseId, publicId } from '../../src/domain/model/ids.js';
import { type Partner, serverOfThisFile } from '../support/server.js';

interface Page {
  totalCount: number;
  edges: { cursor: string; node: Record<string, string> }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

let agency: Partner;
let stranger: Partner;
/** The project that the rows of this file belong to. */
let projectId: string;
let runId: string;

beforeAll(async () => {
  const { root, database } = await serverOfThisFile();
  const below = await root.below('AGENCY');
  agency = below;
  stranger = await root.below('AGENCY');
  const ids: string[] = [];
  for (const name of ['Shop 1', 'Shop 2', 'Bakery 50%', 'Shop 4', 'Shop 5', 'Shop 6', 'Shop 7'])
    ids.push((await agency.createProject({ name, externalRef: `Ref-${name}` })).project.id);
  projectId = ids[0]!;
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    const of = [parseId(projectId).uuid, parseId(below.organizationId).uuid];
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO landfall.runs (project_id, organization_id, kind, state) VALUES ($1, $2, 'EXTRACTION', 'BLOCKED') RETURNING id`,
      of,
    );
    runId = publicId('Run', rows[0]!.id);
    await owner.query(`UPDATE landfall.projects SET stage = 'MAPPING' WHERE name IN ('Shop 4', 'Shop 5')`);
    await owner.query(
      `INSERT INTO landfall.issues (project_id, organization_id, run_id, code, severity, status, record_type, source_id, message, created_at)
       SELECT $1, $2, CASE WHEN n > 5 THEN $3::uuid END, CASE WHEN n % 2 = 0 THEN 'EVEN' ELSE 'ODD' END, CASE WHEN n < 3 THEN 'ERROR' ELSE 'WARNING' END,
         'OPEN', CASE WHEN n < 5 THEN 'TICKET' END, n, n, now() + n * interval '1 second'
       FROM generate_series(1, 7) AS n`,
      [...of, rows[0]!.id],
    );
    await owner.query(
      `INSERT INTO landfall.duplicate_groups (project_id, organization_id, position, record_type, outcome, reason, size, source_ids, labels)
       SELECT $1, $2, n, CASE WHEN n = 2 THEN 'COMPANY' ELSE 'CONTACT' END, 'LOOKS_ALIKE', 'SAME_NAME', n, '{}', '{}' FROM generate_series(1, 5) AS n`,
      of,
    );
    await owner.query(
      `INSERT INTO landfall.verifications (project_id, organization_id, environment, record_type, source_id, outcomes, differences)
       SELECT $1, $2, 'PRODUCTION', 'CONTACT', n, '{}', jsonb_build_array(jsonb_build_object('field', 'a'), jsonb_build_object('field', 'b'))
       FROM generate_series(1, 3) AS n`,
      of,
    );
    await owner.query(
      `INSERT INTO landfall.mapping_versions (project_id, organization_id, version, status, hash)
       SELECT $1, $2, n, CASE WHEN n = 3 THEN 'DRAFT' ELSE 'SUPERSEDED' END, n FROM generate_series(1, 3) AS n`,
      of,
    );
    await owner.query(
      `INSERT INTO landfall.field_mappings (mapping_version_id, organization_id, position, record_type, source_path, action, target_path, confidence, rationale, profile, losses, value_mappings)
       SELECT m.id, m.organization_id, n, 'COMPANY', path, action, target, 1, '', '{"dataType": "text", "fillRate": 1, "distinctCount": 1, "maxLength": 1, "samples": []}', '[]', '[]'
       FROM landfall.mapping_versions m, (VALUES (0, 'name', 'MAP', 'company.name'), (1, 'website', 'MAP', 'company.website'), (2, 'customFields["Web"]', 'UNDECIDED', NULL))
         AS fields (n, path, action, target) WHERE m.project_id = $1 AND m.version = 3`,
      of.slice(0, 1),
    );
    await owner.query(
      `INSERT INTO landfall.workspace_members (project_id, organization_id, environment, kind, destination_id, name, email)
       SELECT $1, $2, environment, kind, id, name, email FROM (VALUES ('SANDBOX', 'TEAMMATE', '2', 'zeynep', 'z@x.example'), ('SANDBOX', 'TEAMMATE', '10', 'Ali', NULL),
         ('SANDBOX', 'TEAM', '3', 'Destek', NULL), ('PRODUCTION', 'TEAMMATE', '9', 'Zeynep', 'z@x.example'),
         ('PRODUCTION', 'TEAMMATE', '11', 'can', 'c@x.example'), ('PRODUCTION', 'TEAMMATE', '12', 'Can', 'c2@x.example')) AS members (environment, kind, id, name, email)`,
      of,
    );
    await owner.query(
      `INSERT INTO landfall.crosswalk (project_id, organization_id, environment, source_type, source_id, destination_type, destination_id, origin, state, loaded_at)
       SELECT $1, $2, CASE WHEN n = 7 THEN 'SANDBOX' ELSE 'PRODUCTION' END, CASE WHEN n % 2 = 0 THEN 'CONTACT' ELSE 'TICKET' END, n,
         CASE WHEN n % 2 = 0 THEN 'CONTACT' ELSE 'CONVERSATION' END, n, CASE WHEN n = 2 THEN 'ADOPTED' ELSE 'CREATED' END,
         CASE WHEN n = 3 THEN 'ROLLED_BACK' ELSE 'ACTIVE' END, now() + (n / 2) * interval '1 second' FROM generate_series(1, 7) AS n`,
      of,
    );
    await owner.query(
      `INSERT INTO landfall.connections (project_id, organization_id, side, base_url, sealed_secret, status) VALUES ($1, $2, 'SOURCE', 'https://api.infoset.app', 'x', 'OK')`,
      of,
    );
    // A part of ticket 1, an article, and an article whose address leads nowhere.
    await owner.query(
      `INSERT INTO landfall.crosswalk (project_id, organization_id, environment, source_type, source_id, destination_type, destination_id, conversation_id, origin)
       VALUES ($1, $2, 'SANDBOX', 'TICKET', '11', 'CONVERSATION', 'c11', NULL, 'CREATED'), ($1, $2, 'SANDBOX', 'ATTACHMENT', '5', 'ATTACHMENT', 'p5', 'c11', 'CREATED'),
         ($1, $2, 'SANDBOX', 'ARTICLE', '8', 'ARTICLE', 'a8', NULL, 'CREATED'), ($1, $2, 'SANDBOX', 'ARTICLE', '9', 'ARTICLE', 'a9', NULL, 'CREATED'),
         ($1, $2, 'SANDBOX', 'TAG', 'vip', 'TAG', 't', NULL, 'CREATED')`,
      of,
    );
    await owner.query(
      `INSERT INTO landfall.staged_records (project_id, organization_id, listing, source_id, raw, hash, seen_run, seen_sweep)
       SELECT $1, $2, 'articles', id, json_build_object('id', id, 'url', url)::text, '', gen_random_uuid(), 1 FROM (VALUES ('8', 'https://infoset.help/ege/tr/articles/8-x'), ('9', 'javascript:alert(1)')) AS articles (id, url)`,
      of,
    );
  } finally {
    await owner.end();
  }
  const issueId = (await issues('first: 1, code: "EVEN", recordType: TICKET')).edges[0]!.node.id;
  await agency.mutate('updateIssue', 'UpdateIssueInput', { issueId, status: 'WAIVED' }, 'issue { status }');
});

const pageInfo = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

async function read(wrap: (list: string) => string, list: string, args: string, node: string): Promise<Page> {
  const given = args === '' ? '' : `(${args})`;
  const { data, errors } = await agency.ask(
    `{ ${wrap(`page: ${list}${given} { totalCount edges { cursor node { ${node} } } ${pageInfo} }`)} }`,
  );
  expect(errors).toBeUndefined();
  const find = (value: Record<string, unknown>): Page =>
    (value.page ?? find(Object.values(value)[0] as Record<string, unknown>)) as Page;
  return find(data);
}

const ofProject = (list: string) => `project(id: "${projectId}") { ${list} }`;
const projects = (args: string) => read(list => list, 'projects', args, 'value: name');
const issues = (args: string) => read(ofProject, 'issues', args, 'id value: message');
const lists: [string, number, (args: string) => Promise<Page>][] = [
  ['projects', 7, projects],
  ['issues, by time', 7, issues],
  ['duplicates, by a stored position', 5, args => read(ofProject, 'likelyDuplicates', args, 'value: size')],
  [
    'differences, by a counted position',
    6,
    args => read(list => ofProject(`reconciliation { ${list} }`), 'differences', args, 'sourceId field'),
  ],
  ['crosswalk entries, merged from several kinds', 6, args => entries(args)],
  ['teammates, by a counted position', 5, args => read(ofProject, 'teammates', args, 'environment teammateId name email')],
];
const entries = (args: string) => read(ofProject, 'crosswalkEntries', args, 'id value: sourceId');
const nodes = ({ edges }: Page) => edges.map(({ node }) => JSON.stringify(node));
const values = ({ edges }: Page) => edges.map(({ node }) => node.value);

describe.each(lists)('%s', (_, count, list) => {
  test('pages from the end and from the start contain the same items', async () => {
    const all = await list('');
    expect(new Set(nodes(all)).size).toBe(count);
    expect(all).toMatchObject({ totalCount: count, pageInfo: { hasNextPage: false, hasPreviousPage: false } });
    const seen: string[] = [];
    let before: string | null = null;
    for (let pages = 0; pages < Math.ceil(count / 2); pages++) {
      const page: Page = await list(`last: 2${before === null ? '' : `, before: "${before}"`}`);
      expect(page.pageInfo).toMatchObject({ hasNextPage: before !== null, hasPreviousPage: seen.length + 2 < count });
      expect(page.totalCount).toBe(count);
      seen.unshift(...nodes(page));
      before = page.pageInfo.startCursor;
    }
    expect(seen).toEqual(nodes(all));
  });

  test('between two cursors', async () => {
    const all = await list('');
    const between = `after: "${all.edges[0]!.cursor}", before: "${all.edges[4]!.cursor}"`;
    expect(nodes(await list(`first: 2, ${between}`))).toEqual(nodes(all).slice(1, 3));
    expect(nodes(await list(`last: 2, ${between}`))).toEqual(nodes(all).slice(2, 4));
    expect(nodes(await list(between))).toEqual(nodes(all).slice(1, 4));
  });
});

test('events over HTTP equal those of the subscription, and a page continues after a cursor', async () => {
  const events = (args: string) => read(ofProject, 'events', args, 'seq type message at data');
  const all = await events('');
  expect(all.edges.map(({ node }) => node)).toMatchObject([
    { seq: 1, type: 'PROJECT_CREATED', at: expect.any(String), data: expect.any(Object) },
    { seq: 2, type: 'ISSUE_UPDATED', at: expect.any(String), data: { status: 'WAIVED' } },
  ]);
  expect(all.totalCount).toBe(2);
  expect(nodes(await events(`after: "${all.edges[0]!.cursor}"`))).toEqual(nodes(all).slice(1));
  expect(nodes(await events('last: 1'))).toEqual(nodes(all).slice(1));
});

test('all versions of a mapping', async () => {
  const versions = await read(ofProject, 'mappings', 'last: 2', 'version status');
  expect(versions).toMatchObject({
    totalCount: 3,
    edges: [{ node: { version: 2, status: 'SUPERSEDED' } }, { node: { version: 3, status: 'DRAFT' } }],
    pageInfo: { hasPreviousPage: true, hasNextPage: false },
  });
});

test('an invalid page is refused, and the argument is named', async () => {
  const refused = async (args: string) => {
    const { errors } = await agency.ask(`{ projects(${args}) { totalCount edges { cursor } } }`);
    return { code: errors![0]!.extensions.code, path: (errors![0]!.extensions as unknown as { path?: string[] }).path };
  };
  expect((await refused('last: 0')).code).toBe('INVALID_INPUT');
  expect((await refused('last: 101')).code).toBe('INVALID_INPUT');
  expect((await refused('first: 1, last: 1')).code).toBe('INVALID_INPUT');
  expect((await refused('last: 1, before: "x"')).code).toBe('MALFORMED_CURSOR');
  expect((await refused('text: "  "')).code).toBe('INVALID_INPUT');
});

test('a list is counted only on request, and all lists of a page in one statement', async () => {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  const counts = async (query: string) => {
    const before = spy.mock.calls.length;
    expect((await agency.ask(query)).errors).toBeUndefined();
    return spy.mock.calls.slice(before).filter(([statement]) => JSON.stringify(statement).includes('counted.count')).length;
  };
  try {
    expect(await counts('{ projects { edges { node { issues(first: 1) { edges { cursor } } } } } }')).toBe(0);
    expect(await counts('{ projects { totalCount edges { node { issues(first: 1) { totalCount } } } } }')).toBe(2);
  } finally {
    spy.mockRestore();
  }
});

test('projects by stage, blocked run and text, in either order', async () => {
  expect(values(await projects('stage: MAPPING'))).toEqual(['Shop 5', 'Shop 4']);
  expect(values(await projects('blocked: true'))).toEqual(['Shop 1']);
  expect((await projects('blocked: false')).totalCount).toBe(6);
  expect(values(await projects('text: "50%"'))).toEqual(['Bakery 50%']);
  expect(values(await projects('text: "ref-shop", first: 2, order: OLDEST'))).toEqual(['Shop 1', 'Shop 2']);
  expect(await projects('text: "_", last: 1')).toMatchObject({ totalCount: 0, edges: [], pageInfo: { hasPreviousPage: false } });
  const { data } = await stranger.ask('{ projects(text: "Shop") { totalCount edges { cursor } } }');
  expect(data.projects).toEqual({ totalCount: 0, edges: [] });
});

test('issues by type, code, severity, status and run, in either order', async () => {
  expect(values(await issues('recordType: TICKET'))).toEqual(['4', '3', '2', '1']);
  expect(values(await issues('code: "EVEN", order: OLDEST'))).toEqual(['2', '4', '6']);
  expect(values(await issues('severity: ERROR'))).toEqual(['2', '1']);
  expect(values(await issues('status: OPEN, code: "EVEN"'))).toEqual(['6', '2']);
  expect(await issues(`runId: "${runId}", last: 1`)).toMatchObject({ totalCount: 2, edges: [{ node: { value: '6' } }] });
  expect(values(await issues(`runId: "${projectId}"`))).toEqual([]);
});

test('crosswalk entries by workspace, type, origin and state, in either order', async () => {
  const sets = async (args: string) => [...new Set(values(await entries(args)))].sort();
  expect(await sets('sourceType: CONTACT')).toEqual(['2', '4', '6']);
  expect(await sets('destinationType: CONVERSATION, state: ACTIVE')).toEqual(['1', '5']);
  expect(await sets('state: ROLLED_BACK')).toEqual(['3']);
  expect(values(await entries('sourceType: CONTACT, origin: CREATED, order: OLDEST'))).toEqual(['4', '6']);
  expect(values(await entries('environment: SANDBOX, sourceType: TICKET'))).toEqual(['7', '11']);
  expect(await entries('origin: ADOPTED, sourceType: TICKET')).toMatchObject({ totalCount: 0, edges: [] });
});

test('teammates of both workspaces, or of one', async () => {
  const names = async (args: string) => {
    const { edges } = await read(ofProject, 'teammates', args, 'environment name email');
    return edges.map(({ node }) => `${node.environment} ${node.name} ${node.email}`);
  };
  expect(await names('')).toEqual([
    'PRODUCTION can c@x.example',
    'PRODUCTION Can c2@x.example',
    'PRODUCTION Zeynep z@x.example',
    'SANDBOX Ali ',
    'SANDBOX zeynep z@x.example',
  ]);
  expect(await names('environment: SANDBOX, last: 1')).toEqual(['SANDBOX zeynep z@x.example']);
});

test('a field lists its allowed targets, for all fields of a page in one read', async () => {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  const { data } = await agency.ask(
    `{ project(id: "${projectId}") { mapping { fields { edges { node { sourcePath allowedTargets { paths attribute attributePrefix } } } } } } }`,
  );
  const statements = spy.mock.calls.filter(([statement]) => JSON.stringify(statement).includes('field_mappings')).length;
  spy.mockRestore();
  type Node = { node: { sourcePath: string; allowedTargets: { paths: string[]; attribute: string; attributePrefix: string } } };
  const { edges } = (data as { project: { mapping: { fields: { edges: Node[] } } } }).project.mapping.fields;
  expect(edges).toHaveLength(3);
  expect(statements).toBeLessThan(6);
  const { allowedTargets } = edges.find(({ node }) => node.sourcePath.includes('Web'))!.node;
  expect(allowedTargets.paths).not.toContain('company.website');
  expect(allowedTargets.paths).toContain('company.industry');
  expect(allowedTargets).toMatchObject({
    attribute: 'company.custom_attributes.web',
    attributePrefix: 'company.custom_attributes.',
  });
});

test('records link to their page at the source', async () => {
  const urls = async (list: string, args: string) =>
    Object.fromEntries(
      (await read(ofProject, list, args, 'sourceId sourceUrl')).edges.map(({ node }) => [node.sourceId, node.sourceUrl]),
    );
  const ticket = (id: number) => `https://dashboard.infoset.app/tickets/${id}`;
  expect(await urls('crosswalkEntries', 'environment: SANDBOX')).toEqual({
    7: ticket(7),
    11: ticket(11),
    5: ticket(11),
    8: 'https://infoset.help/ege/tr/articles/8-x',
    9: null,
    vip: null,
  });
  expect(await urls('issues', 'recordType: TICKET, last: 2')).toEqual({ 1: ticket(1), 2: ticket(2) });
});
