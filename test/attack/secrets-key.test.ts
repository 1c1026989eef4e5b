import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../src/compose.js';
import { loadConfig } from '../../src/config.js';
import { canonicalJson } from '../../src/domain/model/canonical-json.js';
import type { LandfallError } from '../../src/domain/model/errors.js';
import { createLog } from '../../src/log.js';
import { generateAccount } from '../../src/simulators/infoset/generator/generate.js';
import { startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { freshDatabase } from '../support/database.js';
import { setConnection } from '../support/extraction.js';
import { Partner } from '../support/server.js';

const bootstrapKey = 'letmein-letmein-letmein';
const newKey = () => randomBytes(32).toString('base64');
const sha256 = (text: string) => createHash('sha256').update(text).digest();

type Urls = Awaited<ReturnType<typeof freshDatabase>>;

async function serving(urls: Urls, SECRETS_KEY: string) {
  const environment = {
    PORT: '0',
    DATABASE_URL: urls.serverUrl,
    DATABASE_OWNER_URL: urls.ownerUrl,
    BOOTSTRAP_API_KEY: bootstrapKey,
    SECRETS_KEY,
  };
  const config = loadConfig({ allowPrivateHosts: true, logLevel: 'fatal' }, environment);
  const server = await startServer(config, createLog(config), () => {});
  return { partner: new Partner(server.url, bootstrapKey), stop: () => server[Symbol.asyncDispose]() };
}

/** The one line by which a start is refused. */
async function refusal(urls: Urls, keys: string): Promise<string> {
  const error = await serving(urls, keys).then(
    ({ stop }) => stop().then(() => Promise.reject(new Error('It started.'))),
    (error: LandfallError) => error,
  );
  expect(error).toMatchObject({ code: 'SECRETS_KEY_REFUSED' });
  expect(error.message).not.toContain('\n');
  return error.message;
}

async function asOwner<T>({ ownerUrl }: Urls, sql: string, parameters: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows as T[];
  } finally {
    await client.end();
  }
}

async function infoset() {
  const simulator = await startInfosetSimulator(url => generateAccount({ tickets: 3 }, url), {
    limit: { calls: 1_000, windowMs: 60_000 },
  });
  onTestFinished(() => simulator.close());
  return { baseUrl: simulator.url, secret: simulator.settings.credentials.apiKey };
}

test('a key is rotated: both decrypt, everything is encrypted again, the old one is removed, and repetitions are recognized', async () => {
  const urls = await freshDatabase();
  const [plain, next] = [newKey(), newKey()];
  const access = await infoset();
  const budgets = () => asOwner<{ key: string }>(urls, 'SELECT key FROM landfall.rate_budgets');

  const first = await serving(urls, plain);
  const { project } = await first.partner.createProject({ name: 'Rotated', idempotencyKey: 'p' });
  expect((await setConnection(first.partner, project.id, access)).connection.status).toBe('OK');
  const { organization } = await first.partner.createOrganization({ name: 'x', kind: 'CUSTOMER' });
  const keyInput = { organizationId: organization.id, name: 'k', role: 'VIEWER', idempotencyKey: 'k' };
  const made = await first.partner.createApiKey(keyInput);
  const hook = { url: 'http://127.0.0.1:9/', idempotencyKey: 'h' };
  const { secret: hookSecret } = await first.partner.mutate('createWebhook', 'CreateWebhookInput', hook, 'secret');
  await first.stop();
  const budget = await budgets();
  expect(budget).toHaveLength(1);
  expect(await refusal(urls, newKey())).toMatch(/SECRETS_KEY/);
  expect(await refusal(urls, `next:${next}`)).toMatch(/SECRETS_KEY/);

  const second = await serving(urls, `next:${next}, ${plain}`);
  expect((await second.partner.createProject({ name: 'Rotated', idempotencyKey: 'p' })).project.id).toBe(project.id);
  expect((await second.partner.createProject({ name: 'Another', idempotencyKey: 'p' })).userErrors[0].code).toBe(
    'IDEMPOTENCY_KEY_REUSED',
  );
  expect((await second.partner.createApiKey(keyInput)).secret).toBe(made.secret);
  expect((await new Partner(second.partner.url, made.secret).ask('{ viewer { name } }')).data.viewer.name).toBe('k');
  expect((await setConnection(second.partner, project.id, access)).connection.status).toBe('OK');
  expect(await budgets()).toEqual(budget);
  await second.stop();
  const sealed = await asOwner<{ text: string }>(
    urls,
    `SELECT sealed_secret AS text FROM landfall.connections UNION ALL SELECT sealed_digest_key FROM landfall.installation
     UNION ALL SELECT result->>'sealed' FROM landfall.idempotency_keys WHERE result ? 'sealed'
     UNION ALL SELECT unnest(sealed_secrets) FROM landfall.webhooks`,
  );
  expect(sealed.map(({ text }) => text.startsWith('v2.next.'))).toEqual([true, true, true, true, true]);

  const third = await serving(urls, `renamed:${next}`);
  expect((await third.partner.createApiKey(keyInput)).secret).toBe(made.secret);
  expect((await third.partner.mutate('createWebhook', 'CreateWebhookInput', hook, 'secret')).secret).toBe(hookSecret);
  const test = 'mutation ($id: ID!) { testWebhook(input: { webhookId: $id }) { error } }';
  const { data: hooks } = await third.partner.ask('{ webhooks { edges { node { id } } } }');
  const { data: tested } = await third.partner.ask(test, { id: hooks.webhooks.edges[0].node.id });
  // Its secret is decrypted; only the server does not exist.
  expect(tested.testWebhook.error).toMatch(/cannot be reached/);
  expect((await third.partner.createProject({ name: 'Rotated', idempotencyKey: 'p' })).project.id).toBe(project.id);
  await third.stop();
  expect(await refusal(urls, plain)).toMatch(/renamed/);
});

test('a wrong key is refused even without stored secrets, and a key that stored secrets need cannot be removed', async () => {
  const urls = await freshDatabase();
  const [old, next] = [newKey(), newKey()];
  await (await serving(urls, `old:${old}`)).stop();
  expect(await refusal(urls, newKey())).toMatch(/old/);
  const mixed = await serving(urls, `next:${next},old:${old}`);
  const { project } = await mixed.partner.createProject({ name: 'x' });
  await setConnection(mixed.partner, project.id, { baseUrl: 'http://127.0.0.1:9', secret: 'x' });
  // Another process still encrypts with the old key.
  const late = await serving(urls, `old:${old},next:${next}`);
  await setConnection(late.partner, project.id, { baseUrl: 'http://127.0.0.1:9', secret: 'y' });
  await late.stop();
  await mixed.stop();
  expect(await refusal(urls, `next:${next}`)).toMatch(/old/);
  await (await serving(urls, `next:${next},old:${old}`)).stop();
  await (await serving(urls, `next:${next}`)).stop();
});

test('a changed encrypted text affects its own connection, not the start', async () => {
  const urls = await freshDatabase();
  const keys = `a:${newKey()}`;
  const first = await serving(urls, keys);
  const { project } = await first.partner.createProject({ name: 'x' });
  const { connection } = await setConnection(first.partner, project.id, await infoset());
  expect(connection.status).toBe('OK');
  await first.stop();
  await asOwner(urls, `UPDATE landfall.connections SET sealed_secret = overlay(sealed_secret placing 'AAAA' from 20)`);
  const second = await serving(urls, `b:${newKey()},${keys}`);
  const { run } = await second.partner.mutate(
    'startRun',
    'StartRunInput',
    { projectId: project.id, kind: 'DISCOVERY' },
    'run { id }',
  );
  const blocked = async () => {
    const { data } = await second.partner.ask(`{ run(id: "${run.id}") { state blockedBy { code } } }`);
    return data.run;
  };
  await expect
    .poll(blocked, { timeout: 300_000 })
    .toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'SECRET_UNREADABLE' }] });
  await second.stop();
});

test('rows of an older version: texts are decrypted, keys are valid, digests become keyed', async () => {
  const urls = await freshDatabase();
  const key = newKey();
  const first = await serving(urls, key);
  const { project } = await first.partner.createProject({ name: 'Old', idempotencyKey: 'p' });
  const access = await infoset();
  await setConnection(first.partner, project.id, access);
  await first.stop();
  const uuid = project.id.replace('prj_', '');
  // As the version before wrote them.
  const iv = randomBytes(12);
  const place = `connections.sealed_secret ${uuid} SOURCE`;
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), iv).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(access.secret), cipher.final()]);
  const v1 = `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
  await asOwner(urls, 'UPDATE landfall.connections SET sealed_secret = $1', [v1]);
  await asOwner(urls, 'DELETE FROM landfall.installation');
  await asOwner(urls, 'UPDATE landfall.api_keys SET hash = $1', [sha256(bootstrapKey)]);
  const input = canonicalJson(['createProject', { name: 'Old' }]);
  await asOwner(urls, `UPDATE landfall.idempotency_keys SET input_hash = $1 WHERE key = 'p'`, [sha256(input)]);

  expect(await refusal(urls, newKey())).toMatch(/SECRETS_KEY/);
  const second = await serving(urls, key);
  expect((await second.partner.createProject({ name: 'Old', idempotencyKey: 'p' })).project.id).toBe(project.id);
  await second.stop();
  const stored = await asOwner<{ digest: Buffer }>(
    urls,
    'SELECT hash AS digest FROM landfall.api_keys UNION ALL SELECT input_hash FROM landfall.idempotency_keys',
  );
  expect(stored.length).toBeGreaterThanOrEqual(2);
  for (const { digest } of stored) {
    for (const secret of [bootstrapKey, input]) expect(digest.includes(sha256(secret))).toBe(false);
  }
  expect(await asOwner(urls, `SELECT 1 FROM landfall.connections WHERE sealed_secret LIKE 'v1.%'`)).toEqual([]);
  expect(await asOwner(urls, 'SELECT 1 FROM landfall.api_keys')).toHaveLength(1);
});
