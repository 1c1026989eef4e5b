import { createServer } from 'node:http';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { setConnection, simulator, smallAccount, startRun } from '../support/extraction.js';
import type { SetConnectionInput, StartRunInput } from '../support/generated/graphql.js';
import { type Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
let strict: Partner;
let ownerUrl: string;
beforeAll(async () => {
  const file = await serverOfThisFile({ REQUEST_TIMEOUT_MS: '500' });
  root = file.root;
  ownerUrl = file.database.ownerUrl;
  strict = (await serverOfThisFile({ ALLOW_PRIVATE_HOSTS: '0' })).root;
});

const newProject = async (partner = root) => (await partner.createProject({ name: 'Connected' })).project.id as string;

test('a valid key is OK; its secret is in no answer and encrypted in the database', async () => {
  const infoset = await simulator(smallAccount(10));
  const projectId = await newProject();
  const { connection } = await setConnection(root, projectId, {
    baseUrl: `${infoset.url}/`,
    secret: infoset.settings.credentials.apiKey,
  });
  expect(connection).toMatchObject({
    side: 'SOURCE',
    baseUrl: infoset.url,
    status: 'OK',
    detail: null,
    workspaceName: 'Ege Yazılım',
  });
  const { data } = await root.ask(
    `{ project(id: "${projectId}") { blockedBy { code } allowedActions connections { side status } } }`,
  );
  expect(data.project).toEqual({
    // Reading has no blockers; these block writing.
    blockedBy: [
      'DESTINATION_NOT_CONNECTED',
      'MAPPING_NOT_CONFIRMED',
      'PLACEHOLDER_MISSING',
      'NOT_PROVISIONED',
      'SIGN_OFF_REQUIRED',
    ].map(code => ({ code })),
    allowedActions: ['setConnection', 'startRun', 'proposeMapping'],
    connections: [{ side: 'SOURCE', status: 'OK' }],
  });
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query(
    'SELECT to_jsonb(c)::text AS row FROM landfall.connections c UNION ALL SELECT to_jsonb(i)::text FROM landfall.idempotency_keys i',
  );
  await client.end();
  expect(rows.length).toBeGreaterThan(0);
  for (const { row } of rows) expect(row).not.toContain(infoset.settings.credentials.apiKey);
});

test('the older login by e-mail and password', async () => {
  const infoset = await simulator(smallAccount(10));
  const { email, password } = infoset.settings.credentials;
  const { connection } = await setConnection(root, await newProject(), {
    baseUrl: infoset.url,
    secret: password,
    options: { loginEmail: email },
  });
  expect(connection.status).toBe('OK');
  const wrong = await setConnection(root, await newProject(), {
    baseUrl: infoset.url,
    secret: 'wrong',
    options: { loginEmail: email },
  });
  expect(wrong.connection).toMatchObject({ status: 'FAILED', detail: expect.stringContaining('401') });
});

test('refusals of /users/me and /account do not mean a wrong secret; 401, or a refusal of everything, does', async () => {
  const infoset = await simulator(smallAccount(10));
  const secret = infoset.settings.credentials.apiKey;
  const probe = async (input: Partial<SetConnectionInput> = {}) =>
    (await setConnection(root, await newProject(), { baseUrl: infoset.url, secret, ...input })).connection;
  infoset.settings.unavailable = { '/v1/users/me': 404, '/v1/account': 403 };
  expect(await probe()).toMatchObject({ status: 'OK', workspaceName: null });
  infoset.settings.unavailable = { '/v1': 403 };
  expect(await probe()).toMatchObject({ status: 'FAILED', detail: expect.stringContaining('refuses all reads') });
  infoset.settings.unavailable = {};
  expect(await probe({ secret: 'wrong' })).toMatchObject({ status: 'FAILED', detail: expect.stringContaining('401') });
});

test('HTML, no server, no answer: FAILED with the reason, and runs are refused', async () => {
  const html = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Hi</title>'),
  );
  await new Promise<void>(done => html.listen(0, '127.0.0.1', done));
  onTestFinished(() => void html.close());
  const { port } = html.address() as { port: number };
  const projectId = await newProject();
  const probe = async (baseUrl: string) => (await setConnection(root, projectId, { baseUrl, secret: 'x' })).connection;
  expect(await probe(`http://127.0.0.1:${port}`)).toMatchObject({ status: 'FAILED', detail: expect.stringContaining('HTML') });
  expect(await probe('http://127.0.0.1:9')).toMatchObject({
    status: 'FAILED',
    detail: expect.stringContaining('cannot be reached'),
  });
  expect(await probe('http://no-such-host.invalid')).toMatchObject({
    status: 'FAILED',
    detail: expect.stringContaining('cannot be reached'),
  });
  const { run, userErrors } = await startRun(root, { projectId, kind: 'DISCOVERY' });
  expect([run, userErrors[0]!.code]).toEqual([null, 'SOURCE_CONNECTION_FAILED']);
  const { data } = await root.ask(`{ project(id: "${projectId}") { blockedBy { code } } }`);
  expect(data.project.blockedBy).toEqual([{ code: 'SOURCE_CONNECTION_FAILED' }]);
});

test.each([
  'http://127.0.0.1:4000',
  'http://localhost:1',
  'http://[::1]:1',
  'http://10.1.2.3',
  'http://169.254.169.254',
  'http://[::ffff:192.168.0.1]',
  'http://0.0.0.0',
])('a private host is refused where that is not allowed: %s', async baseUrl => {
  const { connection } = await setConnection(strict, await newProject(strict), { baseUrl, secret: 'x' });
  expect(connection).toMatchObject({ status: 'FAILED', detail: expect.stringContaining('private address') });
});

test('errors of the input are reported with their paths', async () => {
  const projectId = await newProject();
  const codes = async (input: Partial<SetConnectionInput>) =>
    (await setConnection(root, projectId, { baseUrl: 'https://api.example', secret: 'x', ...input })).userErrors;
  expect((await codes({ baseUrl: 'ftp://x' }))[0]).toMatchObject({ code: 'INVALID_INPUT', path: ['input', 'baseUrl'] });
  expect((await codes({ baseUrl: 'https://user:pw@x' }))[0]!.path).toEqual(['input', 'baseUrl']);
  expect((await codes({ secret: '' }))[0]!.path).toEqual(['input', 'secret']);
  const options = { chatHistoryRetentionDays: 'x', nonsense: 1, profile: { bogus: 1 } };
  const paths = (await codes({ options })).map(each => each.path!.join('.'));
  expect(paths.sort()).toEqual([
    'input.options.chatHistoryRetentionDays',
    'input.options.nonsense',
    'input.options.profile.bogus',
  ]);
  expect((await codes({ projectId: 'prj_00000000-0000-4000-8000-000000000000' }))[0]!.code).toBe('NOT_FOUND');
});

test('kinds that need an environment, that have no source', async () => {
  const projectId = await newProject();
  const code = async (input: Omit<StartRunInput, 'projectId'>) =>
    (await startRun(root, { projectId, ...input })).userErrors[0]!.code;
  expect(await code({ kind: 'PRODUCTION' })).toBe('ENVIRONMENT_REQUIRED');
  expect(await code({ kind: 'ROLLBACK' })).toBe('ENVIRONMENT_REQUIRED');
  expect(await code({ kind: 'DELTA' })).toBe('ENVIRONMENT_REQUIRED');
  expect(await code({ kind: 'VERIFICATION' })).toBe('ENVIRONMENT_REQUIRED');
  expect(await code({ kind: 'EXTRACTION' })).toBe('SOURCE_NOT_CONNECTED');
});

test('a profile may be overridden', async () => {
  const infoset = await simulator(smallAccount(10));
  const options = { profile: { resources: { teams: { path: '/v1/groups' } }, pageSize: 50 } };
  const projectId = await newProject();
  await setConnection(root, projectId, { baseUrl: infoset.url, secret: infoset.settings.credentials.apiKey, options });
  await startRun(root, { projectId, kind: 'DISCOVERY' });
  const { until } = await import('../support/processes.js');
  await until('the other path to be asked', () => infoset.server.calls['GET /v1/groups']);
});
