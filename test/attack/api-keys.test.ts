import { Writable } from 'node:stream';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../../src/compose.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { freshDatabase } from '../support/database.js';
import { until } from '../support/processes.js';
import { firstOf, Partner } from '../support/server.js';

const bootstrapKey = 'a-key-that-people-have-chosen';

async function installation() {
  const urls = await freshDatabase();
  const environment = {
    PORT: '0',
    DATABASE_URL: urls.serverUrl,
    DATABASE_OWNER_URL: urls.ownerUrl,
    BOOTSTRAP_API_KEY: bootstrapKey,
    SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'),
  };
  const start = async () => {
    let log = '';
    const sink = new Writable({
      write(chunk, _encoding, done) {
        log += chunk;
        done();
      },
    });
    const config = loadConfig({ allowPrivateHosts: true, logLevel: 'warn' }, environment);
    const server = await startServer(config, createLog(config, sink), () => {});
    onTestFinished(() => server[Symbol.asyncDispose]());
    return { root: new Partner(server.url, bootstrapKey), log: () => log };
  };
  const asOwner = async (sql: string) => {
    const client = new pg.Client({ connectionString: urls.ownerUrl });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  return { start, asOwner };
}

const fields = 'id name role prefix createdAt expiresAt revokedAt lastUsedAt';
const revoke = (partner: Partner, apiKeyId: string, idempotencyKey?: string) =>
  partner.mutate('revokeApiKey', 'RevokeApiKeyInput', { apiKeyId, idempotencyKey }, `apiKey { ${fields} }`);
const keysOf = async (partner: Partner) =>
  (await partner.ask(`{ apiKeys(first: 100) { edges { node { ${fields} organization { id } } } } }`)).data.apiKeys.edges.map(
    (edge: { node: object }) => edge.node,
  );
const code = (payload: { userErrors: { code: string; path: string[] }[] }) => payload.userErrors[0]?.code;

/** A socket of this key with one subscription that is open, and how it closes. */
async function subscribed(url: string, key: string, projectId: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const heard: { type: string }[] = [];
  const closed = new Promise<number>(resolve => socket.once('close', resolve));
  socket.on('message', text => heard.push(JSON.parse(String(text))));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
  const query = `subscription { projectEvents(projectId: "${projectId}", afterSeq: 0) { seq } }`;
  await until('the acknowledgement', () => heard.some(({ type }) => type === 'connection_ack'));
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  await until('the first event', () => heard.some(({ type }) => type === 'next'));
  return { socket, heard, closed };
}

test('a revoked key is unknown immediately, over HTTP and WebSocket, and its connections in another process end', async () => {
  const { start } = await installation();
  const [here, there] = [await start(), await start()];
  const ours = await here.root.below('AGENCY');
  const { project } = await ours.createProject({ name: 'Followed' });
  const { secret, apiKey } = await ours.createApiKey({ organizationId: ours.organizationId, name: 'leaving', role: 'VIEWER' });
  const near = await subscribed(here.root.url, secret, project.id);
  const far = await subscribed(there.root.url, secret, project.id);
  const other = await subscribed(there.root.url, ours.key, project.id);

  const revoked = await revoke(ours, apiKey.id, 'once');
  expect(revoked.userErrors).toEqual([]);
  expect(revoked.apiKey).toMatchObject({ id: apiKey.id, revokedAt: expect.any(String) });
  expect([await near.closed, await far.closed]).toEqual([4403, 4403]);
  for (const { root } of [here, there]) {
    const partner = new Partner(root.url, secret);
    const { status, errors } = await partner.ask('{ viewer { name } }');
    expect([status, errors![0]!.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    const refused = await firstOf(partner.webSocket(), { query: '{ viewer { name } }' }).catch(event => event);
    expect((refused as { code: number }).code).toBe(4403);
  }
  // Two calls have one effect, with an idempotency key and without.
  expect((await revoke(ours, apiKey.id, 'once')).apiKey.revokedAt).toBe(revoked.apiKey.revokedAt);
  expect((await revoke(ours, apiKey.id)).apiKey.revokedAt).toBe(revoked.apiKey.revokedAt);
  expect(other.socket.readyState).toBe(WebSocket.OPEN);
  other.socket.close();
});

test('messages of a client that ignores the close are not handled', async () => {
  const { start, asOwner } = await installation();
  const { root } = await start();
  const { project } = await root.createProject({ name: 'Followed' });
  const { secret, apiKey } = await root.createApiKey({
    organizationId: (await root.ask('{ viewer { organization { id } } }')).data.viewer.organization.id,
    name: 'stubborn',
    role: 'ADMIN',
  });
  const { socket, heard, closed } = await subscribed(root.url, secret, project.id);
  const own = await revoke(new Partner(root.url, secret), apiKey.id);
  expect(own.userErrors).toEqual([]);
  const mutation = 'mutation { createProject(input: { name: "Too late" }) { project { id } } }';
  const talking = setInterval(() => {
    if (socket.readyState < WebSocket.CLOSED)
      (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket?.write(
        frame({ id: '2', type: 'subscribe', payload: { query: mutation } }),
      );
  }, 5);
  await until('the end', () => Promise.race([closed.then(() => true), new Promise(resolve => setTimeout(resolve, 20, false))]));
  clearInterval(talking);
  const named = await asOwner(
    `SELECT 1 FROM landfall.projects WHERE name = 'Too late' AND created_at > (SELECT max(revoked_at) + interval '300 ms' FROM landfall.api_keys)`,
  );
  expect(named).toEqual([]);
  expect(heard.filter(({ type }) => type === 'next').length).toBeGreaterThan(0);
});

/** A masked text frame, written past the library, which would not send after a close. */
function frame(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const head = Buffer.from([0x81, 0x80 | 126, body.length >> 8, body.length & 0xff, 0, 0, 0, 0]);
  return Buffer.concat([head, body]);
}

test('an expired key is unknown, and its connections end at that time', async () => {
  const { start } = await installation();
  const { root } = await start();
  const ours = await root.below('AGENCY');
  const { project } = await ours.createProject({ name: 'Followed' });
  const make = (expiresAt: string, idempotencyKey?: string) =>
    ours.createApiKey({ organizationId: ours.organizationId, name: 'k', role: 'VIEWER', expiresAt, idempotencyKey });
  const past = await make(new Date(Date.now() - 1_000).toISOString());
  expect(past.apiKey).toBeNull();
  expect(past.userErrors).toEqual([
    { code: 'INVALID_INPUT', message: expect.any(String), path: ['input', 'expiresAt'], retryable: false },
  ]);
  const expiresAt = new Date(Date.now() + 4_000).toISOString();
  const { secret } = await make(expiresAt, 'e');
  const { closed } = await subscribed(root.url, secret, project.id);
  expect(await closed).toBe(4403);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt) - 100);
  expect((await new Partner(root.url, secret).ask('{ viewer { name } }')).status).toBe(401);
  // A repetition after a lost answer is still answered.
  expect((await make(expiresAt, 'e')).secret).toBe(secret);
});

test('keys are listed and revoked only by an ADMIN of the tree', async () => {
  const { start } = await installation();
  const { root } = await start();
  const [ours, theirs] = [await root.below('AGENCY'), await root.below('AGENCY')];
  const below = await ours.below('CUSTOMER');
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const { apiKey } = await below.createApiKey({ organizationId: below.organizationId, name: 'deep', role: 'SUPPORT', expiresAt });
  const listed = await keysOf(ours);
  expect(listed.map(({ name }: { name: string }) => name)).toEqual(['deep', 'test', 'test']);
  expect(listed[0]).toMatchObject({ id: apiKey.id, role: 'SUPPORT', expiresAt, revokedAt: null, lastUsedAt: null });
  expect(JSON.stringify(listed)).not.toContain(theirs.organizationId);
  const [foreign] = await keysOf(theirs);
  for (const id of [
    foreign.id,
    (await keysOf(root)).at(-1).id,
    'key_00000000-0000-4000-8000-000000000000',
    foreign.organization.id,
  ]) {
    const answer = await revoke(ours, id);
    expect([code(answer), answer.userErrors[0].path]).toEqual(['NOT_FOUND', ['input', 'apiKeyId']]);
  }
  expect(code(await revoke(ours, 'nonsense'))).toBe('MALFORMED_ID');
  expect((await theirs.ask('{ viewer { name } }')).status).toBe(200);

  // Page by page, of one organization, and of each of several.
  const page = `{ apiKeys(organizationId: "${below.organizationId}", first: 1) { edges { cursor node { name } } pageInfo { hasNextPage } } }`;
  const { edges, pageInfo } = (await ours.ask(page)).data.apiKeys;
  expect([edges[0].node.name, pageInfo.hasNextPage]).toEqual(['deep', true]);
  const rest = await ours.ask(
    `{ node(id: "${below.organizationId}") { ... on Organization { apiKeys(after: "${edges[0].cursor}") { edges { node { name } } } } } }`,
  );
  expect(rest.data.node.apiKeys.edges).toEqual([{ node: { name: 'test' } }]);
  const elsewhere = await ours.ask(`{ apiKeys(organizationId: "${theirs.organizationId}") { edges { cursor } } }`);
  expect(elsewhere.errors![0]!.extensions.code).toBe('NOT_FOUND');

  for (const role of ['OPERATOR', 'SUPPORT', 'VIEWER']) {
    const { secret } = await ours.createApiKey({ organizationId: ours.organizationId, name: role, role });
    const partner = new Partner(root.url, secret);
    expect(code(await revoke(partner, apiKey.id))).toBe('ROLE_NOT_PERMITTED');
    const answer = await partner.ask('{ viewer { organization { name apiKeys { edges { cursor } } } } }');
    expect([answer.data.viewer.organization.apiKeys, answer.errors![0]!.extensions.code]).toEqual([null, 'ROLE_NOT_PERMITTED']);
    expect((await partner.ask('{ apiKeys { edges { cursor } } }')).errors![0]!.extensions.code).toBe('ROLE_NOT_PERMITTED');
  }
});

test('the last use is noted at most once a minute, and a request does not fail with it', async () => {
  const { start, asOwner } = await installation();
  const { root } = await start();
  await asOwner(`
    CREATE TABLE public.noted (key uuid);
    GRANT INSERT ON public.noted TO PUBLIC;
    CREATE FUNCTION public.noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.noted VALUES (NEW.id); RETURN NEW; END $$;
    CREATE TRIGGER noted AFTER UPDATE OF last_used_at ON landfall.api_keys FOR EACH ROW EXECUTE FUNCTION public.noted()`);
  const ours = await root.below('AGENCY');
  await Promise.all(Array.from({ length: 40 }, () => ours.ask('{ viewer { name } }')));
  const used = () => keysOf(ours).then(([key]) => key.lastUsedAt);
  await until('the use to be noted', used);
  for (let each = 0; each < 10; each++) await ours.ask('{ viewer { name } }');
  // The root's own and this one.
  expect(await asOwner('SELECT DISTINCT key FROM public.noted')).toHaveLength(2);
  expect(await asOwner('SELECT key FROM public.noted')).toHaveLength(2);
  await asOwner(`CREATE OR REPLACE FUNCTION public.noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
    ALTER TABLE landfall.api_keys DISABLE TRIGGER noted; UPDATE landfall.api_keys SET last_used_at = now() - interval '1 hour';
    ALTER TABLE landfall.api_keys ENABLE TRIGGER noted`);
  for (let each = 0; each < 5; each++) expect((await ours.ask('{ viewer { name } }')).status).toBe(200);
});

test('a bootstrap key that was revoked stays revoked at the next start, which says so', async () => {
  const { start } = await installation();
  const first = await start();
  const [key] = await keysOf(first.root);
  expect((await revoke(first.root, key.id)).userErrors).toEqual([]);
  expect((await first.root.ask('{ viewer { name } }')).status).toBe(401);
  const second = await start();
  expect((await second.root.ask('{ viewer { name } }')).status).toBe(401);
  expect(second.log()).toContain('BOOTSTRAP_API_KEY was revoked');
});
