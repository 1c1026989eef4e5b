import { beforeAll, expect, test } from 'vitest';
import { Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile());
});

const unknownProject = 'prj_00000000-0000-4000-8000-000000000000';

test('a missing and a wrong key are 401 with a code and a request id', async () => {
  for (const authorization of ['', 'Bearer', 'Bearer wrong-key-of-many-letters', `Basic ${root.key}`, root.key]) {
    const { status, errors, headers } = await root.post('{"query":"{ viewer { name } }"}', { authorization });
    expect(status).toBe(401);
    expect(errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    expect(errors![0]!.extensions.requestId).toBe(headers.get('x-request-id'));
  }
});

test('the caller can name the request', async () => {
  const { errors, headers } = await root.post('{"query":"{ nothing }"}', { 'x-request-id': 'portal-77' });
  expect(errors![0]!.extensions.requestId).toBe('portal-77');
  expect(headers.get('x-request-id')).toBe('portal-77');
});

test('viewer shows who calls', async () => {
  const { data } = await root.ask('{ viewer { name role organization { name kind parent { id } } } }');
  expect(data.viewer).toEqual({
    name: 'bootstrap',
    role: 'ADMIN',
    organization: { name: 'Root', kind: 'PARTNER', parent: null },
  });
});

test.each([
  ['malformed JSON', '{"query":', 400, 'MALFORMED_JSON'],
  ['an oversized body', JSON.stringify({ query: `{ viewer { name } } #${'x'.repeat(1_000_001)}` }), 413, 'PAYLOAD_TOO_LARGE'],
  ['no query', '{}', 400, 'BAD_REQUEST'],
  ['an empty body', '', 400, 'BAD_REQUEST'],
  ['a syntax error', '{"query":"{ viewer {"}', 200, 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', '{"query":"{ viewer { password } }"}', 200, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a variable that does not fit',
    '{"query":"query ($f: Int) { projects(first: $f) { edges { cursor } } }","variables":{"f":"x"}}',
    200,
    'BAD_USER_INPUT',
  ],
  ['first over 100', '{"query":"{ projects(first: 101) { edges { cursor } } }"}', 200, 'INVALID_INPUT'],
  ['first of 0', '{"query":"{ projects(first: 0) { edges { cursor } } }"}', 200, 'INVALID_INPUT'],
  ['a malformed cursor', '{"query":"{ projects(after: \\"abc\\") { edges { cursor } } }"}', 200, 'MALFORMED_CURSOR'],
  ['a malformed id', '{"query":"{ project(id: \\"1; DROP TABLE\\") { id } }"}', 200, 'MALFORMED_ID'],
  ['a malformed node id', '{"query":"{ node(id: \\"\\") { id } }"}', 200, 'MALFORMED_ID'],
  ['a subscription', '{"query":"subscription { projectEvents(projectId: \\"x\\") { seq } }"}', 400, 'BAD_REQUEST'],
])('%s', async (_name, body, status, code) => {
  const answer = await root.post(body);
  expect(answer.errors![0]!.extensions).toMatchObject({ code, requestId: expect.stringMatching(/.+/) });
  expect(answer.status).toBe(status);
  expect(JSON.stringify(answer.errors)).not.toMatch(/stack|node_modules|SELECT |typeorm/i);
});

test('a form post is refused, and an unknown path is 404 with a code', async () => {
  const form = await root.post('query={viewer{name}}', { 'content-type': 'application/x-www-form-urlencoded' });
  expect(form.status).toBe(400);
  const elsewhere = await fetch(`${root.url}/nowhere`);
  expect(elsewhere.status).toBe(404);
  expect(await elsewhere.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
});

test('an unknown id is null in a query and NOT_FOUND in a mutation; a malformed one MALFORMED_ID', async () => {
  const { data, errors } = await root.ask(
    `{ project(id: "${unknownProject}") { id } node(id: "${unknownProject}") { id } bare: node(id: "00000000-0000-4000-8000-000000000000") { id } }`,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ project: null, node: null, bare: null });
  for (const [organizationId, code] of [
    ['org_00000000-0000-4000-8000-000000000000', 'NOT_FOUND'],
    [unknownProject, 'NOT_FOUND'],
    ['nonsense', 'MALFORMED_ID'],
  ]) {
    const { project, userErrors } = await root.createProject({ name: 'x', organizationId });
    expect(project).toBeNull();
    expect(userErrors).toEqual([expect.objectContaining({ code, path: ['input', 'organizationId'], retryable: false })]);
  }
});

test('a project is created, found by id, by reference and as a node, with what blocks it', async () => {
  const { project, userErrors } = await root.createProject({ name: '  Müşteri 1 ', externalRef: 'crm-1' });
  expect(userErrors).toEqual([]);
  expect(project).toMatchObject({ name: 'Müşteri 1', externalRef: 'crm-1', createdAt: expect.stringMatching(/Z$/) });
  const fields = '{ id name stage blockedBy { code message } allowedActions }';
  const { data } = await root.ask(
    `{ project(id: "${project.id}") ${fields} byRef: projectByExternalRef(externalRef: "crm-1") ${fields}
       node(id: "${project.id}") { __typename id ... on Project ${fields} } none: projectByExternalRef(externalRef: "crm-\\u0000") { id } }`,
  );
  expect(data.project).toEqual({
    id: project.id,
    name: 'Müşteri 1',
    stage: 'DISCOVERY',
    blockedBy: [{ code: 'SOURCE_NOT_CONNECTED', message: expect.any(String) }],
    allowedActions: ['setConnection'],
  });
  expect(data.byRef).toEqual(data.project);
  expect(data.node).toEqual({ __typename: 'Project', ...data.project });
  expect(data.none).toBeNull();
});

test('errors that the caller can fix are userErrors, all together', async () => {
  const { userErrors } = await root.createProject({ name: ' ', externalRef: 'x'.repeat(201) });
  expect(userErrors.map((error: { code: string; path: string[] }) => [error.code, error.path.at(-1)])).toEqual([
    ['INVALID_INPUT', 'name'],
    ['INVALID_INPUT', 'externalRef'],
  ]);
  expect((await root.createProject({ name: 'NUL \0 inside' })).userErrors[0].code).toBe('INVALID_INPUT');
  await root.createProject({ name: 'first', externalRef: 'taken' });
  expect((await root.createProject({ name: 'second', externalRef: 'taken' })).userErrors[0]).toMatchObject({
    code: 'EXTERNAL_REF_TAKEN',
    path: ['input', 'externalRef'],
  });
});

test('projects are paged newest first, without gap or repetition while others are created', async () => {
  const agency = await root.below('AGENCY');
  const names = Array.from({ length: 7 }, (_, index) => `P${index}`);
  for (const name of names) await agency.createProject({ name });
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { data } = await agency.ask(
      'query ($after: String) { projects(first: 3, after: $after) { edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }',
      { after },
    );
    const { edges, pageInfo } = data.projects;
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    expect(pageInfo.startCursor).toBe(edges[0].cursor);
    seen.push(...edges.map((edge: { node: { name: string } }) => edge.node.name));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    await agency.createProject({ name: 'meanwhile' });
  } while (after);
  expect(seen).toEqual(names.reverse());
});

test('health and readiness', async () => {
  expect(await (await fetch(`${root.url}/healthz`)).json()).toEqual({ status: 'ok' });
  expect(await (await fetch(`${root.url}/readyz`)).json()).toEqual({ status: 'ready', reasons: [] });
});

test('a key with characters other than ASCII works', async () => {
  const key = 'anahtar-şifre-ğüıö İstanbul';
  const { server } = await serverOfThisFile({ BOOTSTRAP_API_KEY: key });
  const authorization = Buffer.from(`Bearer ${key}`, 'utf8').toString('latin1');
  expect((await new Partner(server.url, 'x').post('{"query":"{ viewer { role } }"}', { authorization })).data).toEqual({
    viewer: { role: 'ADMIN' },
  });
});
