import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
let database: { ownerUrl: string; serverUrl: string };
let ours: Partner & { organizationId: string };
beforeAll(async () => {
  ({ root, database } = await serverOfThisFile());
  ours = await root.below('AGENCY');
  await (await root.below('AGENCY')).createProject({ name: 'Secret plan' });
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

const countProjects = async () => (await root.ask('{ projects(first: 100) { edges { cursor } } }')).data.projects.edges.length;

test('the same key with the same input returns the first result again, for any order of fields and absent fields', async () => {
  const before = await countProjects();
  const first = await root.createProject({ name: 'Once', externalRef: 'once', idempotencyKey: 'a-1' });
  const again = await root.createProject({ idempotencyKey: 'a-1', externalRef: 'once', organizationId: null, name: 'Once' });
  expect(again).toEqual(first);
  expect(await countProjects()).toBe(before + 1);
});

test('with another input, or for another mutation, it is IDEMPOTENCY_KEY_REUSED', async () => {
  const { organizationId } = await root.below('CUSTOMER');
  await root.createProject({ name: 'Twice', idempotencyKey: 'b-1' });
  const before = await countProjects();
  const reused = expect.objectContaining({ code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] });
  expect(await root.createProject({ name: 'Thrice', idempotencyKey: 'b-1' })).toEqual({ project: null, userErrors: [reused] });
  expect((await root.createOrganization({ name: 'Twice', kind: 'CUSTOMER', idempotencyKey: 'b-1' })).userErrors).toEqual([
    reused,
  ]);
  expect((await root.createApiKey({ name: 'x', role: 'VIEWER', organizationId, idempotencyKey: 'b-1' })).userErrors).toEqual([
    reused,
  ]);
  expect(await countProjects()).toBe(before);
});

test('twenty concurrent calls have one effect, and all return it', async () => {
  const before = await countProjects();
  const payloads = await Promise.all(
    Array.from({ length: 20 }, () => root.createProject({ name: 'Race', idempotencyKey: 'c-1' })),
  );
  expect(new Set(payloads.map(payload => payload.project.id)).size).toBe(1);
  expect(await countProjects()).toBe(before + 1);
});

test('a failed call does not use up its key: the corrected input can use it', async () => {
  expect((await root.createProject({ name: '', idempotencyKey: 'd-1' })).userErrors).toHaveLength(1);
  expect(
    (await root.createProject({ name: 'x', organizationId: 'org_00000000-0000-4000-8000-000000000000', idempotencyKey: 'd-1' }))
      .userErrors,
  ).toHaveLength(1);
  expect((await root.createProject({ name: 'Good', idempotencyKey: 'd-1' })).project.name).toBe('Good');
});

test('a key that cannot be stored is refused', async () => {
  for (const idempotencyKey of ['', 'x'.repeat(256), 'a\0b']) {
    expect((await root.createProject({ name: 'x', idempotencyKey })).userErrors[0]).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'idempotencyKey'],
    });
  }
});

test('a repeated createApiKey shows the secret again: its first answer may have been lost', async () => {
  const { organizationId } = await root.below('CUSTOMER');
  const input = { name: 'portal', role: 'VIEWER', organizationId, idempotencyKey: 'e-1' };
  const first = await root.createApiKey(input);
  expect(await root.createApiKey(input)).toEqual(first);
  expect(first.apiKey.prefix).toBe(first.secret.slice(0, 10));
  expect((await new Partner(root.url, first.secret).ask('{ viewer { name role } }')).data.viewer).toEqual({
    name: 'portal',
    role: 'VIEWER',
  });
});
