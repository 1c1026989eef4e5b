import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { startPortal } from '../support/portal.js';
import { firstOf, Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
let portal: Awaited<ReturnType<typeof startPortal>>;
let second: Awaited<ReturnType<typeof startPortal>>;
beforeAll(async () => {
  portal = await startPortal();
  second = await startPortal('https://second.example');
  const both = Object.entries(portal.environment).map(([name, value]) => [
    name,
    `${value}, ${second.environment[name as keyof typeof second.environment]}`,
  ]);
  const started = await serverOfThisFile(Object.fromEntries(both));
  root = started.root;
  const owner = new pg.Client({ connectionString: started.database.ownerUrl });
  await owner.connect();
  await owner.query(portal.organizationSql);
  await owner.query(second.organizationSql);
  await owner.end();
});

const as = async (claims: Record<string, unknown>, expires?: number | string) =>
  new Partner(root.url, await portal.token(claims, expires));
const statusOf = async (partner: Partner) => {
  const { status, errors } = await partner.ask('{ viewer { name } }');
  return [status, errors?.[0]?.extensions.code];
};

test('a JWT has the organization, role, scopes and projects that its claims name', async () => {
  const admin = await as({});
  const viewer = '{ viewer { name role kind scopes projectIds organization { id } } }';
  expect((await admin.ask(viewer)).data.viewer).toEqual({
    name: 'Ayşe',
    role: 'ADMIN',
    kind: 'PORTAL_TOKEN',
    scopes: null,
    projectIds: null,
    organization: { id: portal.organizationId },
  });
  const { project } = await admin.createProject({ name: 'Of the portal' });
  await admin.createProject({ name: 'Other' });
  const limited = await as({ landfall_role: 'OPERATOR', landfall_scopes: 'READ RUNS', landfall_projects: [project.id] });
  expect((await limited.ask('{ projects { edges { node { name } } } }')).data.projects.edges).toEqual([
    { node: { name: 'Of the portal' } },
  ]);
  const update = { projectId: project.id, name: 'x' };
  const refused = await limited.mutate('updateProject', 'UpdateProjectInput', update, 'project { id }');
  expect(refused.userErrors[0].code).toBe('SCOPE_NOT_PERMITTED');
  // All of them were checked with one reading of the keys.
  expect(portal.requests()).toBe(1);
  const entries = await admin.ask('{ auditEntries { edges { node { actorKind actorName } } } }');
  expect(entries.data.auditEntries.edges[0].node).toEqual({ actorKind: 'PORTAL_TOKEN', actorName: 'Ayşe' });
});

test('each of several issuers signs for its own organization', async () => {
  const query = '{ viewer { organization { id } } }';
  for (const each of [portal, second])
    expect((await new Partner(root.url, await each.token({})).ask(query)).data.viewer.organization.id).toBe(each.organizationId);
  const forged = [{ iss: 'https://portal.example' }, { landfall_organization: portal.organizationId }];
  for (const claims of forged) expect((await new Partner(root.url, await second.token(claims)).ask(query)).status).toBe(401);
});

test('a JWT that is expired, of another issuer or audience, without a role, or signed otherwise is refused', async () => {
  const now = Math.floor(Date.now() / 1_000);
  const beside = await root.below('AGENCY');
  for (const [claims, expires] of [
    [{}, now - 60],
    [{ iss: 'https://other.example' }],
    [{ aud: 'other' }],
    [{ landfall_role: 'OWNER' }],
    [{ landfall_scopes: ['ALL'] }],
    [{ landfall_projects: 'nonsense' }],
    [{ landfall_organization: beside.organizationId }],
    [{ landfall_organization: 'nonsense' }],
  ] as [Record<string, unknown>, number?][])
    expect(await statusOf(await as(claims, expires)), JSON.stringify(claims)).toEqual([401, 'UNAUTHENTICATED']);
  // The public key as a shared secret, and no signature at all.
  const secret = new TextEncoder().encode(JSON.stringify(portal.jwk));
  expect(await statusOf(new Partner(root.url, await portal.token({}, '5m', secret)))).toEqual([401, 'UNAUTHENTICATED']);
  const [, body] = (await portal.token({})).split('.');
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.x`;
  expect(await statusOf(new Partner(root.url, none))).toEqual([401, 'UNAUTHENTICATED']);
  // Clocks may differ a little.
  expect(await statusOf(await as({}, now - 5))).toEqual([200, undefined]);
});

test('a socket ends when its JWT does, and a client continues with a new one', async () => {
  const admin = await as({});
  const { project } = await admin.createProject({ name: 'Followed' });
  // Its tolerance has nearly passed.
  const short = await as({}, Math.floor(Date.now() / 1_000) - 27);
  const closed = new Promise<number>(resolve => {
    const client = short.webSocket(undefined, socket => socket.on('close', resolve));
    void firstOf(client, { query: `subscription { projectEvents(projectId: "${project.id}") { seq } }` }).catch(() => {});
  });
  expect(await closed).toBe(4403);
  const query = `subscription { projectEvents(projectId: "${project.id}", afterSeq: 0) { seq } }`;
  expect(await firstOf((await as({})).webSocket(), { query })).toEqual({ data: { projectEvents: { seq: 1 } } });
});
