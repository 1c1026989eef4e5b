import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { setConnection, startRun } from '../support/extraction.js';
import { until } from '../support/processes.js';
import { firstOf, Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
let database: { ownerUrl: string; serverUrl: string };
let ours: Partner & { organizationId: string };
beforeAll(async () => {
  ({ root, database } = await serverOfThisFile());
  ours = await root.below('AGENCY');
});

const code = (payload: { userErrors: { code: string }[] }) => payload.userErrors[0]?.code;
const share = (partner: Partner, input: Record<string, unknown>) =>
  partner.mutate('createShareToken', 'CreateShareTokenInput', input, 'token shareToken { id name prefix expiresAt revokedAt }');
const key = async (input: Record<string, unknown>) => {
  const { secret } = await ours.createApiKey({ organizationId: ours.organizationId, name: 'k', role: 'ADMIN', ...input });
  return new Partner(root.url, secret);
};
const names = async (partner: Partner, list: string) =>
  (await partner.ask(`{ ${list} { totalCount edges { node { name } } } }`)).data[list].edges.map(
    ({ node }: { node: { name: string } }) => node.name,
  );

test('organizations in reach are listed, filtered and renamed', async () => {
  const customer = await ours.below('CUSTOMER');
  const beside = await root.below('AGENCY');
  const list = (partner: Partner, args: string) => partner.ask(`{ organizations(${args}) { totalCount edges { node { id } } } }`);
  const reached = (await list(ours, 'first: 10')).data.organizations;
  expect(reached.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([
    customer.organizationId,
    ours.organizationId,
  ]);
  expect((await list(ours, `parentId: "${ours.organizationId}", kind: CUSTOMER`)).data.organizations.totalCount).toBe(1);
  const rename = (partner: Partner, organizationId: string, name: string) =>
    partner.mutate('updateOrganization', 'UpdateOrganizationInput', { organizationId, name }, 'organization { name }');
  expect(await rename(ours, customer.organizationId, ' Ege Su ')).toEqual({ organization: { name: 'Ege Su' }, userErrors: [] });
  expect((await list(ours, 'text: "EGE"')).data.organizations.totalCount).toBe(1);
  expect(code(await rename(ours, beside.organizationId, 'x'))).toBe('NOT_FOUND');
  expect(code(await rename(customer, ours.organizationId, 'x'))).toBe('NOT_FOUND');
});

test('a key with scopes does only what they permit, and gives no other scopes', async () => {
  const { project } = await ours.createProject({ name: 'Scoped' });
  const update = (partner: Partner) =>
    partner.mutate('updateProject', 'UpdateProjectInput', { projectId: project.id, name: 'Scoped' }, 'project { id }');
  const reader = await key({ scopes: ['READ'] });
  expect((await reader.ask(`{ project(id: "${project.id}") { name allowedActions } }`)).data.project).toEqual({
    name: 'Scoped',
    allowedActions: [],
  });
  expect(code(await update(reader))).toBe('SCOPE_NOT_PERMITTED');
  expect(code(await update(await key({ scopes: ['PROJECTS'] })))).toBeUndefined();
  expect(code(await update(await key({ scopes: ['PROJECTS'], role: 'VIEWER' })))).toBe('ROLE_NOT_PERMITTED');
  const admin = await key({ scopes: ['ADMIN', 'READ'] });
  const give = (scopes: string[] | null) =>
    admin.createApiKey({ organizationId: ours.organizationId, name: 'k', role: 'ADMIN', scopes });
  expect([code(await give(null)), code(await give(['RUNS'])), code(await give(['READ'])), code(await give([]))]).toEqual([
    'SCOPE_NOT_PERMITTED',
    'SCOPE_NOT_PERMITTED',
    undefined,
    'INVALID_INPUT',
  ]);
});

test('a key that is limited to a project sees and changes only that project', async () => {
  const { project: mine } = await ours.createProject({ name: 'Mine', externalRef: 'mine' });
  const { project: other } = await ours.createProject({ name: 'Not mine', externalRef: 'not-mine' });
  const partner = await key({ projectIds: [mine.id] });
  expect(await names(partner, 'projects')).toEqual(['Mine']);
  expect(
    (await partner.ask(`{ viewer { projectIds kind } a: node(id: "${mine.id}") { id } b: node(id: "${other.id}") { id } }`)).data,
  ).toEqual({ viewer: { projectIds: [mine.id], kind: 'API_KEY' }, a: { id: mine.id }, b: null });
  expect(code(await setConnection(partner, other.id, { baseUrl: 'http://127.0.0.1:9', secret: 'x' }))).toBe('NOT_FOUND');
  expect(code(await startRun(partner, { projectId: other.id, kind: 'DISCOVERY' }))).toBe('NOT_FOUND');
  const rename = { name: 'Renamed', idempotencyKey: 'same' };
  const update = (by: Partner, projectId: string) =>
    by.mutate('updateProject', 'UpdateProjectInput', { projectId, ...rename }, 'project { name }');
  expect((await update(ours, other.id)).project.name).toBe('Renamed');
  // The idempotency key of another credential of the organization reveals nothing.
  expect(code(await update(partner, other.id))).toBe('NOT_FOUND');
  expect((await update(partner, mine.id)).project.name).toBe('Renamed');
  expect(code(await partner.createProject({ name: 'x' }))).toBe('SCOPE_NOT_PERMITTED');
  expect((await partner.ask('{ apiKeys { edges { cursor } } }')).errors![0]!.extensions.code).toBe('SCOPE_NOT_PERMITTED');
  const foreign = await root.createProject({ name: 'foreign' });
  const refused = await ours.createApiKey({
    organizationId: ours.organizationId,
    name: 'k',
    role: 'ADMIN',
    projectIds: [foreign.project.id],
  });
  expect(code(refused)).toBe('NOT_FOUND');
});

test('a share token reads one project, is listed for admins, and its connections end when it is revoked or expires', async () => {
  const { project } = await ours.createProject({ name: 'Shared' });
  await ours.createProject({ name: 'Hidden' });
  const made = await share(ours, { projectId: project.id, name: 'Customer', idempotencyKey: 's' });
  expect((await share(ours, { projectId: project.id, name: 'Customer', idempotencyKey: 's' })).token).toBe(made.token);
  expect(made.shareToken.expiresAt).toEqual(expect.any(String));
  const guest = new Partner(root.url, made.token);
  expect(await names(guest, 'projects')).toEqual(['Shared']);
  expect((await guest.ask('{ organizations { edges { node { id } } } viewer { kind role } }')).data).toEqual({
    organizations: { edges: [{ node: { id: ours.organizationId } }] },
    viewer: { kind: 'SHARE_TOKEN', role: 'VIEWER' },
  });
  expect(code(await guest.createProject({ name: 'x' }))).toBe('ROLE_NOT_PERMITTED');
  const tokens = `{ project(id: "${project.id}") { shareTokens { totalCount edges { node { id name prefix } } } } }`;
  expect((await guest.ask(tokens)).errors![0]!.extensions.code).toBe('ROLE_NOT_PERMITTED');
  const { id, name, prefix } = made.shareToken;
  expect((await ours.ask(tokens)).data.project.shareTokens).toEqual({ totalCount: 1, edges: [{ node: { id, name, prefix } }] });
  expect(JSON.stringify((await ours.ask('{ apiKeys(first: 100) { edges { node { name } } } }')).data)).not.toContain('Customer');

  const closed = (token: string) =>
    new Promise<{ code: number; reason: string }>(resolve => {
      const client = new Partner(root.url, token).webSocket(undefined, socket =>
        socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
      );
      void firstOf(client, { query: `subscription { projectEvents(projectId: "${project.id}") { seq } }` }).catch(() => {});
    });
  const expiresAt = new Date(Date.now() + 3_000).toISOString();
  const short = await share(ours, { projectId: project.id, name: 'Short', expiresAt });
  const [revoked, expired] = [closed(made.token), closed(short.token)];
  const wait = `SELECT count(*)::int AS count FROM landfall.api_keys WHERE last_used_at IS NOT NULL AND shared_project_id IS NOT NULL`;
  await until('both to be connected', async () => (await asOwner(wait))[0].count === 2);
  const revoke = (by: Partner, shareTokenId: string) =>
    by.mutate('revokeShareToken', 'RevokeShareTokenInput', { shareTokenId }, 'shareToken { revokedAt }');
  expect(code(await revoke(await root.below('AGENCY'), id))).toBe('NOT_FOUND');
  expect((await revoke(ours, id)).shareToken.revokedAt).toEqual(expect.any(String));
  expect((await revoked).code).toBe(4403);
  expect((await expired).code).toBe(4403);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt) - 100);
  for (const token of [made.token, short.token])
    expect((await new Partner(root.url, token).ask('{ viewer { name } }')).status).toBe(401);
  for (const days of [-1, 400]) {
    const at = new Date(Date.now() + days * 86_400_000).toISOString();
    expect(code(await share(ours, { projectId: project.id, name: 'x', expiresAt: at }))).toBe('INVALID_INPUT');
  }
});

// biome-ignore lint/suspicious/noExplicitAny: an entry has the fields that the query requested.
type AuditEdge = { node: any };

async function asOwner(sql: string, url = database.ownerUrl) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('every change is in the audit trail: who, what, before and after, by which request; secrets are not', async () => {
  const agency = await root.below('AGENCY');
  const answer = await agency.post(
    JSON.stringify({ query: 'mutation { createProject(input: { name: "Audited" }) { project { id } } }' }),
    { 'x-request-id': 'request-of-the-test' },
  );
  const projectId = answer.data.createProject.project.id;
  await agency.mutate('updateProject', 'UpdateProjectInput', { projectId, name: 'Changed' }, 'project { id }');
  const planted = 'planted-secret-of-the-audit';
  await setConnection(agency, projectId, { baseUrl: 'http://127.0.0.1:9', secret: planted });
  await setConnection(agency, projectId, { baseUrl: 'http://127.0.0.1:9', secret: `${planted}-2` });
  const { token } = await share(agency, { projectId, name: 'Guest' });
  await agency.mutate('createProject', 'CreateProjectInput', { name: '' }, 'project { id }');
  const query = `query ($filter: AuditEntryFilter, $first: Int, $after: String) { auditEntries(filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { at actorKind actorId actorName operation requestId objectType objectId projectId before after } } } }`;
  const entries = async (variables = {}, partner: Partner = agency) =>
    (await partner.ask(query, variables)).data.auditEntries as {
      totalCount: number;
      pageInfo: { hasNextPage: boolean };
      edges: AuditEdge[];
    };
  const found = (await entries({ filter: { objectId: projectId } })).edges.map(({ node }) => node).reverse();
  expect(found.map(({ operation, objectType }) => `${operation} ${objectType}`)).toEqual([
    'createProject Project',
    'updateProject Project',
    'setConnection Project',
    'setConnection Project',
    'createShareToken ShareToken',
  ]);
  expect(found[0]).toMatchObject({ requestId: 'request-of-the-test', before: null, actorKind: 'API_KEY', actorName: 'test' });
  expect(found[1]).toMatchObject({ objectId: projectId, before: { name: 'Audited' }, after: { name: 'Changed' } });
  expect(found[3].after).toMatchObject({ sealedSecret: '(hidden)' });
  const all = JSON.stringify(await asOwner('SELECT * FROM landfall.audit_entries'));
  for (const secret of [planted, token, agency.key]) expect(all).not.toContain(secret);
  expect(all).not.toMatch(/"v2\.|\\\\x[0-9a-f]{20}/);

  // Filters and pages.
  expect((await entries({ filter: { operation: 'updateProject' } })).totalCount).toBe(1);
  expect((await entries({ filter: { actorId: found[0].actorId } })).totalCount).toBe(5);
  expect((await entries({ filter: { from: new Date(Date.now() + 60_000).toISOString() } })).totalCount).toBe(0);
  const page = await entries({ first: 2, filter: { objectId: projectId } });
  expect([page.edges.length, page.pageInfo.hasNextPage]).toEqual([2, true]);
  // The parent made this organization's key: its admin sees it, another agency does not.
  expect(JSON.stringify(await entries({}, root))).toContain(projectId);
  expect(JSON.stringify(await entries({}, await root.below('AGENCY')))).not.toContain(projectId);
  // No one can change it, not even the server.
  for (const sql of ['UPDATE landfall.audit_entries SET operation = operation', 'DELETE FROM landfall.audit_entries'])
    await expect(asOwner(sql, database.serverUrl)).rejects.toThrow(/permission denied/);
});
