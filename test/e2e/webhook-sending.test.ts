import { resolve } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.js';
import { TestProcess, until } from '../support/processes.js';
import { seeded } from '../support/seeded.js';
import { Partner } from '../support/server.js';
import { webhookReceiver } from '../support/webhook-receiver.js';
import {
  actOnWebhook,
  addEvents,
  createWebhook,
  delivered,
  newProject,
  seqsOf,
  upTo,
  webhookEnvironment,
  webhookOf,
  webhookServers,
} from '../support/webhooks.js';

/** Of two servers on one database: both send, and either may. */
let root: Partner;
beforeAll(async () => {
  ({ root } = await webhookServers(2));
});

test('the events of an organization and of those below arrive in order, signed, and are those that projectEvents shows', async () => {
  const partner = await root.below('AGENCY');
  const customer = await partner.below('CUSTOMER');
  const earlier = await newProject(customer);
  const receiver = await webhookReceiver();
  const { webhook, secret } = await createWebhook(partner, { url: `${receiver.url}/all`, description: 'The portal' });
  expect(webhook).toMatchObject({ status: 'ACTIVE', undelivered: 0, eventTypes: [], project: null, description: 'The portal' });
  const filtered = await createWebhook(partner, {
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
  // Of an existing project only new events, of a later one all events.
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

test('for any answers of the receiver every event arrives in order, and an event that is always refused stops only its project', async () => {
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
  const { webhook } = await createWebhook(partner, { url: `${receiver.url}/odd` });
  await Promise.all([addEvents(partner, calm, 20), addEvents(partner, poisoned, 4)]);
  const arrived = (projectId: string) => done.filter(id => id.includes(projectId.replace('prj_', '')));
  await until('the other project', async () => {
    // On a slow machine the refusals may last too long.
    if ((await webhookOf(partner, webhook.id)).status === 'DISABLED') await actOnWebhook(partner, 'enableWebhook', webhook.id);
    return arrived(calm).length >= 20;
  });
  isPoisoned = false;
  await actOnWebhook(partner, 'enableWebhook', webhook.id);
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

test('a receiver that is down is disabled after a while, and an event reports it; enabled again it continues without a gap', async () => {
  const partner = await root.below('AGENCY');
  const projectId = await newProject(partner);
  let isDown = true;
  const receiver = await webhookReceiver(() => (isDown ? 503 : 200));
  const watcher = await webhookReceiver();
  const { webhook } = await createWebhook(partner, { url: `${receiver.url}/down` });
  await createWebhook(partner, { url: `${watcher.url}/watch`, eventTypes: ['WEBHOOK_DISABLED'] });
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
  expect((await actOnWebhook(partner, 'enableWebhook', webhook.id)).webhook).toMatchObject({
    failingSince: null,
    disabledReason: null,
  });
  await delivered(partner, webhook.id);
  expect(seqsOf(receiver.received.slice(before))).toEqual([2, 3, 4]);
  // 410: it is gone permanently.
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

test('a process that is killed between the answer and its commit: the same webhook-id again, and no gap', async () => {
  const database = await freshDatabase();
  const { PATH, HOME } = process.env;
  const start = async () => {
    const server = new TestProcess(process.execPath, [resolve('dist/src/main.js'), 'serve'], {
      PATH,
      HOME,
      ...webhookEnvironment(database),
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
  await createWebhook(first.partner, { url: `${receiver.url}/killed` });
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
