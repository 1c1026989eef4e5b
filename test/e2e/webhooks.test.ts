import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { beforeAll, expect, test } from 'vitest';
import { startServer } from '../../src/compose.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { freshDatabase } from '../support/database.js';
import { atEndOfFile } from '../support/end-of-file.js';
import { TestProcess, until } from '../support/processes.js';
import { seeded } from '../support/seeded.js';
import { Partner } from '../support/server.js';
import { type Received, webhookReceiver } from '../support/webhook-receiver.js';

const times = { LEASE_MS: '2000', WEBHOOK_TIMEOUT_MS: '1500', WEBHOOK_RETRY_MS: '40', WEBHOOK_DISABLE_AFTER_MS: '1500' };

/** Two servers on one database: both send, and either may. */
let root: Partner;
let ownerUrl: string;
const environmentOf = (database: { serverUrl: string; ownerUrl: string }) => ({
  PORT: '0',
  DATABASE_URL: database.serverUrl,
  DATABASE_OWNER_URL: database.ownerUrl,
  SECRETS_KEY: Buffer.alloc(32, 3).toString('base64'),
  BOOTSTRAP_API_KEY: 'a-key-of-the-webhook-tests',
  ALLOW_PRIVATE_HOSTS: '1',
  ...times,
});
beforeAll(async () => {
  const database = await freshDatabase('template_landfall', close => atEndOfFile(close as () => Promise<unknown>));
  ownerUrl = database.ownerUrl;
  const environment = environmentOf(database);
  const config = loadConfig({ logLevel: 'fatal' }, environment);
  for (const _ of [1, 2]) {
    const server = await startServer(config, createLog(config), () => {});
    atEndOfFile(async () => server[Symbol.asyncDispose]());
    root ??= new Partner(server.url, environment.BOOTSTRAP_API_KEY);
  }
});

const shown = `id url description eventTypes status disabledReason lastStatus lastError failingSince nextAttemptAt undelivered position
  previousSecretUntil organization { id } project { id }`;
const create = async (partner: Partner, input: Record<string, unknown>) =>
  partner.mutate('createWebhook', 'CreateWebhookInput', input, `secret webhook { ${shown} }`);
const act = (partner: Partner, name: string, webhookId: string) =>
  partner.mutate(name, 'WebhookActionInput', { webhookId }, `webhook { ${shown} }`);
const webhookOf = async (partner: Partner, id: string) => {
  const { data, errors } = await partner.ask(`query ($id: ID!) { webhook(id: $id) { ${shown} } }`, { id });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.webhook;
};
const newProject = async (partner: Partner, name = 'Watched') => (await partner.createProject({ name })).project.id as string;
const rename = (partner: Partner, projectId: string, name: string) =>
  partner.mutate('updateProject', 'UpdateProjectInput', { projectId, name }, 'project { id }');
/** Adds events to a project: each has another name. */
const addEvents = async (partner: Partner, projectId: string, count: number) => {
  for (let n = 0; n < count; n++) await rename(partner, projectId, `name ${randomBytes(6).toString('hex')}`);
};
const seqsOf = (received: readonly Received[], projectId?: string) =>
  received.filter(({ json }) => !projectId || json.data.projectId === projectId).map(({ json }) => json.data.seq as number);
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
const delivered = (partner: Partner, id: string) =>
  until('all events to arrive', async () => (await webhookOf(partner, id)).undelivered === 0);

test('the events of an organization and of those below arrive in order, signed, and are those that projectEvents shows', async () => {
  const partner = await root.below('AGENCY');
  const customer = await partner.below('CUSTOMER');
  const earlier = await newProject(customer);
  const receiver = await webhookReceiver();
  const { webhook, secret } = await create(partner, { url: `${receiver.url}/all`, description: 'The portal' });
  expect(webhook).toMatchObject({ status: 'ACTIVE', undelivered: 0, eventTypes: [], project: null, description: 'The portal' });
  const filtered = await create(partner, {
    url: `${receiver.url}/filtered`,
    eventTypes: ['PROJECT_CREATED'],
    projectId: earlier,
  });
  const later = await newProject(customer);
  await addEvents(customer, earlier, 3);
  await addEvents(customer, later, 2);
  await delivered(partner, webhook.id);
  await delivered(partner, filtered.webhook.id);
  const all = receiver.received.filter(({ path }) => path === '/all');
  // Of a project that was there, what comes from now on; of a later one everything.
  expect(seqsOf(all, earlier)).toEqual([2, 3, 4]);
  expect(seqsOf(all, later)).toEqual([1, 2, 3]);
  expect(receiver.received.filter(({ path }) => path === '/filtered')).toEqual([]);
  const { data } = await customer.ask(
    `{ project(id: "${later}") { events { edges { node { seq at type runId message data } } } } }`,
  );
  const events = data.project.events.edges.map((edge: { node: object }) => edge.node);
  expect(all.filter(({ json }) => json.data.projectId === later).map(({ json }) => json.data)).toEqual(
    events.map((event: object) => expect.objectContaining(event)),
  );
  for (const { body, headers, json, id } of all) {
    expect(new Webhook(secret).verify(body, headers)).toEqual(json);
    expect(() => new Webhook(secret).verify(body.replace('2', '3'), headers)).toThrow();
    expect(id).toBe(`evt_${json.data.projectId.replace('prj_', '')}_${json.data.seq}`);
    expect(json.type).toBe(json.data.type);
  }
  expect(await webhookOf(partner, webhook.id)).toMatchObject({ status: 'ACTIVE', lastStatus: 204, lastError: null });
  expect((await webhookOf(partner, filtered.webhook.id)).position).toBe(4);
});

test('whatever a receiver answers: every event arrives, in order, and one that is refused for ever stops its project alone', async () => {
  const random = seeded(24);
  const partner = await root.below('AGENCY');
  const [calm, poisoned] = [await newProject(partner), await newProject(partner)];
  let isPoisoned = true;
  const failures = [500, 404, 302, 'BREAK'] as const;
  const done: string[] = [];
  const receiver = await webhookReceiver(({ id, json }, times) => {
    const isRefused = json.data.projectId === poisoned && json.data.seq === 3 && isPoisoned;
    if (isRefused || (times < 3 && random.next() < 0.3)) return random.pick(failures);
    done.push(id);
    return random.pick([200, 201, 204]);
  });
  const { webhook } = await create(partner, { url: `${receiver.url}/odd` });
  await Promise.all([addEvents(partner, calm, 20), addEvents(partner, poisoned, 4)]);
  const arrived = (projectId: string) => done.filter(id => id.includes(projectId.replace('prj_', '')));
  await until('the other project', async () => {
    // On a slow machine the refusals may last too long.
    if ((await webhookOf(partner, webhook.id)).status === 'DISABLED') await act(partner, 'enableWebhook', webhook.id);
    return arrived(calm).length >= 20;
  });
  isPoisoned = false;
  await act(partner, 'enableWebhook', webhook.id);
  await delivered(partner, webhook.id);
  const ids = (projectId: string, last: number) => upTo(last, 2).map(seq => `evt_${projectId.replace('prj_', '')}_${seq}`);
  expect(arrived(calm)).toEqual(ids(calm, 21));
  // On a slow machine the webhook was disabled meanwhile, which is one more event.
  const last = arrived(poisoned).length + 1;
  expect(last).toBeGreaterThanOrEqual(5);
  expect(arrived(poisoned)).toEqual(ids(poisoned, last));
  expect(receiver.overlapping.size).toBe(0);
  expect(receiver.received.length).toBeGreaterThan(done.length);
});

test('a receiver that is down is disabled after a while, which an event reports; enabled again it continues without a gap', async () => {
  const partner = await root.below('AGENCY');
  const projectId = await newProject(partner);
  let isDown = true;
  const receiver = await webhookReceiver(() => (isDown ? 503 : 200));
  const watcher = await webhookReceiver();
  const { webhook } = await create(partner, { url: `${receiver.url}/down` });
  await create(partner, { url: `${watcher.url}/watch`, eventTypes: ['WEBHOOK_DISABLED'] });
  await addEvents(partner, projectId, 2);
  await until('the end', async () => (await webhookOf(partner, webhook.id)).status === 'DISABLED');
  expect(await webhookOf(partner, webhook.id)).toMatchObject({
    disabledReason: 'FAILING',
    lastStatus: 503,
    lastError: 'Answered 503.',
    position: null,
  });
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  await until('the notice', () => watcher.received.length > 0);
  expect(watcher.received[0]!.json.data).toMatchObject({ projectId, data: { webhookId: webhook.id, reason: 'FAILING' } });
  isDown = false;
  const before = receiver.received.length;
  expect((await act(partner, 'enableWebhook', webhook.id)).webhook).toMatchObject({ failingSince: null, disabledReason: null });
  await delivered(partner, webhook.id);
  expect(seqsOf(receiver.received.slice(before))).toEqual([2, 3, 4]);
  // 410: it is gone for good.
  const gone = await webhookReceiver(() => 410);
  await partner.mutate(
    'updateWebhook',
    'UpdateWebhookInput',
    { webhookId: webhook.id, url: `${gone.url}/gone` },
    'webhook { id }',
  );
  await addEvents(partner, projectId, 1);
  await until('the end', async () => (await webhookOf(partner, webhook.id)).disabledReason === 'GONE');
  expect(gone.received).toHaveLength(1);
});

test('a replay sends from a number on, with the same ids; a position ahead skips; a person can stop and start it', async () => {
  const partner = await root.below('AGENCY');
  const projectId = await newProject(partner);
  const receiver = await webhookReceiver();
  const { webhook } = await create(partner, { url: `${receiver.url}/again`, projectId });
  const replay = (after: number, named?: string) => {
    const input = { webhookId: webhook.id, after, ...(named ? { projectId: named } : {}) };
    return partner.mutate('replayWebhook', 'ReplayWebhookInput', input, 'webhook { position }');
  };
  await addEvents(partner, projectId, 3);
  await delivered(partner, webhook.id);
  const first = receiver.received.map(({ id }) => id);
  expect(seqsOf(receiver.received.splice(0))).toEqual([2, 3, 4]);
  await replay(0);
  await delivered(partner, webhook.id);
  expect(receiver.received.map(({ id }) => id).slice(1)).toEqual(first);
  expect(seqsOf(receiver.received.splice(0))).toEqual([1, 2, 3, 4]);
  expect((await act(partner, 'disableWebhook', webhook.id)).webhook).toMatchObject({
    status: 'DISABLED',
    disabledReason: 'PERSON',
  });
  await addEvents(partner, projectId, 3);
  expect((await webhookOf(partner, webhook.id)).undelivered).toBe(3);
  expect((await replay(6, projectId)).webhook.position).toBe(6);
  await act(partner, 'enableWebhook', webhook.id);
  await delivered(partner, webhook.id);
  expect(seqsOf(receiver.received)).toEqual([7]);
  // Never beyond the newest event: nothing that comes later is skipped.
  expect((await replay(1_000)).webhook.position).toBe(7);
  expect((await replay(-1)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'after'] }]);
  expect((await replay(0, await newProject(root))).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('a secret is shown once, stored encrypted, and rotated with two signatures for a time', async () => {
  const partner = await root.below('AGENCY');
  const projectId = await newProject(partner);
  const receiver = await webhookReceiver();
  const input = { url: `${receiver.url}/rotated`, idempotencyKey: 'w' };
  const { webhook, secret } = await create(partner, input);
  expect(await create(partner, input)).toMatchObject({ secret, webhook: { id: webhook.id } });
  const rotate = (overlapHours?: number) =>
    partner.mutate(
      'rotateWebhookSecret',
      'RotateWebhookSecretInput',
      { webhookId: webhook.id, overlapHours },
      `secret webhook { ${shown} }`,
    );
  const verifies = async (...secrets: string[]) => {
    receiver.received.length = 0;
    await addEvents(partner, projectId, 1);
    await until('the event', () => receiver.received.length > 0);
    const [{ body, headers }] = receiver.received as [Received];
    return secrets.map(each => {
      try {
        return !!new Webhook(each).verify(body, headers);
      } catch {
        return false;
      }
    });
  };
  const second = await rotate();
  expect(second.webhook.previousSecretUntil).not.toBeNull();
  expect(await verifies(secret, second.secret)).toEqual([true, true]);
  const third = await rotate(0);
  expect(third.webhook.previousSecretUntil).toBeNull();
  expect(await verifies(secret, second.secret, third.secret)).toEqual([false, false, true]);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query(
    `SELECT w::text AS row FROM landfall.webhooks w UNION ALL SELECT result::text FROM landfall.idempotency_keys`,
  );
  await client.end();
  const stored = rows.map(({ row }) => row).join();
  for (const each of [secret, second.secret, third.secret]) expect(stored).not.toContain(each.replace('whsec_', ''));
  expect(stored).toContain('v2.');
  const { data } = await partner.ask(
    `mutation { testWebhook(input: { webhookId: "${webhook.id}" }) { delivered status error } }`,
  );
  expect(data.testWebhook).toEqual({ delivered: true, status: 204, error: null });
  const ping = receiver.received.at(-1)!;
  expect(new Webhook(third.secret).verify(ping.body, ping.headers)).toMatchObject({
    type: 'PING',
    data: { webhookId: webhook.id },
  });
});

test('webhooks belong to their tenant, and to the roles that may manage them', async () => {
  const [ours, theirs] = [await root.below('AGENCY'), await root.below('AGENCY')];
  const { webhook } = await create(theirs, { url: 'http://127.0.0.1:9/' });
  const projectOfTheirs = await newProject(theirs);
  const nobody = 'whk_00000000-0000-4000-8000-000000000000';
  const seen = async (id: string, partner: Partner = ours) => [
    await webhookOf(partner, id),
    ...(await Promise.all(['enableWebhook', 'disableWebhook'].map(name => act(partner, name, id)))),
    await partner.mutate('updateWebhook', 'UpdateWebhookInput', { webhookId: id, description: 'x' }, 'webhook { id }'),
    await partner.mutate('replayWebhook', 'ReplayWebhookInput', { webhookId: id, after: 0 }, 'webhook { id }'),
    await partner.mutate('rotateWebhookSecret', 'RotateWebhookSecretInput', { webhookId: id }, 'secret'),
    await partner.mutate('testWebhook', 'WebhookActionInput', { webhookId: id }, 'delivered'),
    await partner.mutate('removeWebhook', 'WebhookActionInput', { webhookId: id }, 'webhookId'),
  ];
  expect(await seen(webhook.id)).toEqual(await seen(nobody));
  const refused = [{ projectId: projectOfTheirs }, { organizationId: theirs.organizationId }];
  for (const input of refused)
    expect((await create(ours, { url: 'http://127.0.0.1:9/', ...input })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const listed = async (partner: Partner) =>
    (await partner.ask('{ webhooks { totalCount edges { node { id } } } }')).data?.webhooks;
  expect((await listed(ours)).totalCount).toBe(0);
  expect((await listed(theirs)).edges).toEqual([{ node: { id: webhook.id } }]);
  for (const role of ['OPERATOR', 'SUPPORT', 'VIEWER']) {
    const { secret } = await theirs.createApiKey({ organizationId: theirs.organizationId, name: role, role });
    const partner = new Partner(root.url, secret);
    expect((await create(partner, { url: 'http://127.0.0.1:9/' })).userErrors).toMatchObject([{ code: 'ROLE_NOT_PERMITTED' }]);
    expect((await act(partner, 'enableWebhook', webhook.id)).userErrors.length).toBe(role === 'OPERATOR' ? 0 : 1);
    expect(!!(await listed(partner))).toBe(role === 'OPERATOR');
  }
  const odd = [{ url: 'ftp://a.example/' }, { url: 'https://u:p@a.example/' }, { url: 'nonsense' }, { url: ' ' }];
  for (const input of odd)
    expect((await create(ours, input)).userErrors, input.url).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'url'] }]);
  expect((await create(ours, { url: 'http://127.0.0.1:9/', eventTypes: ['__proto__'] })).userErrors).toMatchObject([
    { code: 'INVALID_INPUT', path: ['input', 'eventTypes'] },
  ]);
  const many = await Promise.all(upTo(22).map(() => create(ours, { url: 'http://127.0.0.1:9/' })));
  expect(many.filter(({ webhook }) => webhook)).toHaveLength(20);
  expect(many.flatMap(({ userErrors }) => userErrors.map((error: { code: string }) => error.code))).toEqual([
    'TOO_MANY_WEBHOOKS',
    'TOO_MANY_WEBHOOKS',
  ]);
  expect((await theirs.mutate('removeWebhook', 'WebhookActionInput', { webhookId: webhook.id }, 'webhookId')).webhookId).toBe(
    webhook.id,
  );
  expect(await webhookOf(theirs, webhook.id)).toBeNull();
});

test('a process that is killed between the answer and its commit: the same webhook-id again, and no gap', async () => {
  const database = await freshDatabase();
  const { PATH, HOME } = process.env;
  const start = async () => {
    const server = new TestProcess(process.execPath, [resolve('dist/src/main.js'), 'serve'], {
      PATH,
      HOME,
      ...environmentOf(database),
    });
    await server.says('server ready');
    return { server, partner: new Partner(/"url":"([^"]+)"/.exec(server.output)![1]!, root.key) };
  };
  const first = await start();
  let isKilled = false;
  const receiver = await webhookReceiver(async ({ json }) => {
    if (json.data.seq !== 3 || isKilled) return 200;
    isKilled = true;
    first.server.child.kill('SIGKILL');
    await first.server.exited;
    return 200;
  });
  const projectId = await newProject(first.partner);
  await create(first.partner, { url: `${receiver.url}/killed` });
  await addEvents(first.partner, projectId, 3).catch(() => {}); // It is killed meanwhile.
  await until('the kill', () => isKilled);
  const second = await start();
  await addEvents(second.partner, projectId, 2);
  const { data } = await second.partner.ask('{ webhooks { edges { node { id } } } }');
  await delivered(second.partner, data.webhooks.edges[0].node.id);
  const seqs = seqsOf(receiver.received);
  expect(seqs.filter((seq, index) => seq !== seqs[index - 1])).toEqual(upTo(seqs.at(-1)!, 2));
  const repeated = receiver.received.filter(({ json }) => json.data.seq === 3);
  expect(repeated).toHaveLength(2);
  expect(repeated[1]!.id).toBe(repeated[0]!.id);
  expect(seqs).toHaveLength(new Set(seqs).size + 1);
});
