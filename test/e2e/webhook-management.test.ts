import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { beforeAll, expect, test } from 'vitest';
import { until } from '../support/processes.js';
import { Partner } from '../support/server.js';
import { type Received, webhookReceiver } from '../support/webhook-receiver.js';
import {
  actOnWebhook,
  addEvents,
  createWebhook,
  delivered,
  newProject,
  seqsOf,
  upTo,
  webhookFields,
  webhookOf,
  webhookServers,
} from '../support/webhooks.js';

let root: Partner;
let ownerUrl: string;
beforeAll(async () => {
  ({ root, ownerUrl } = await webhookServers(1));
});

test('a replay sends from a number on, with the same ids; a position ahead skips; a person can stop and start it', async () => {
  const partner = await root.below('AGENCY');
  const projectId = await newProject(partner);
  const receiver = await webhookReceiver();
  const { webhook } = await createWebhook(partner, { url: `${receiver.url}/again`, projectId });
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
  expect((await actOnWebhook(partner, 'disableWebhook', webhook.id)).webhook).toMatchObject({
    status: 'DISABLED',
    disabledReason: 'PERSON',
  });
  await addEvents(partner, projectId, 3);
  expect((await webhookOf(partner, webhook.id)).undelivered).toBe(3);
  expect((await replay(6, projectId)).webhook.position).toBe(6);
  await actOnWebhook(partner, 'enableWebhook', webhook.id);
  await delivered(partner, webhook.id);
  expect(seqsOf(receiver.received)).toEqual([7]);
  // Never beyond the newest event: no later event is skipped.
  expect((await replay(1_000)).webhook.position).toBe(7);
  expect((await replay(-1)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'after'] }]);
  expect((await replay(0, await newProject(root))).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('a secret is shown once, stored encrypted, and rotated with two signatures for a time', async () => {
  const partner = await root.below('AGENCY');
  const projectId = await newProject(partner);
  const receiver = await webhookReceiver();
  const input = { url: `${receiver.url}/rotated`, idempotencyKey: 'w' };
  const { webhook, secret } = await createWebhook(partner, input);
  expect(await createWebhook(partner, input)).toMatchObject({ secret, webhook: { id: webhook.id } });
  const rotate = (overlapHours?: number) =>
    partner.mutate(
      'rotateWebhookSecret',
      'RotateWebhookSecretInput',
      { webhookId: webhook.id, overlapHours },
      `secret webhook { ${webhookFields} }`,
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
  const { webhook } = await createWebhook(theirs, { url: 'http://127.0.0.1:9/' });
  const projectOfTheirs = await newProject(theirs);
  const nobody = 'whk_00000000-0000-4000-8000-000000000000';
  const seen = async (id: string, partner: Partner = ours) => [
    await webhookOf(partner, id),
    ...(await Promise.all(['enableWebhook', 'disableWebhook'].map(name => actOnWebhook(partner, name, id)))),
    await partner.mutate('updateWebhook', 'UpdateWebhookInput', { webhookId: id, description: 'x' }, 'webhook { id }'),
    await partner.mutate('replayWebhook', 'ReplayWebhookInput', { webhookId: id, after: 0 }, 'webhook { id }'),
    await partner.mutate('rotateWebhookSecret', 'RotateWebhookSecretInput', { webhookId: id }, 'secret'),
    await partner.mutate('testWebhook', 'WebhookActionInput', { webhookId: id }, 'delivered'),
    await partner.mutate('removeWebhook', 'WebhookActionInput', { webhookId: id }, 'webhookId'),
  ];
  expect(await seen(webhook.id)).toEqual(await seen(nobody));
  const refused = [{ projectId: projectOfTheirs }, { organizationId: theirs.organizationId }];
  for (const input of refused)
    expect((await createWebhook(ours, { url: 'http://127.0.0.1:9/', ...input })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  const listed = async (partner: Partner) =>
    (await partner.ask('{ webhooks { totalCount edges { node { id } } } }')).data?.webhooks;
  expect((await listed(ours)).totalCount).toBe(0);
  expect((await listed(theirs)).edges).toEqual([{ node: { id: webhook.id } }]);
  for (const role of ['OPERATOR', 'SUPPORT', 'VIEWER']) {
    const { secret } = await theirs.createApiKey({ organizationId: theirs.organizationId, name: role, role });
    const partner = new Partner(root.url, secret);
    expect((await createWebhook(partner, { url: 'http://127.0.0.1:9/' })).userErrors).toMatchObject([
      { code: 'ROLE_NOT_PERMITTED' },
    ]);
    expect((await actOnWebhook(partner, 'enableWebhook', webhook.id)).userErrors.length).toBe(role === 'OPERATOR' ? 0 : 1);
    expect(!!(await listed(partner))).toBe(role === 'OPERATOR');
  }
  const odd = [{ url: 'ftp://a.example/' }, { url: 'https://u:p@a.example/' }, { url: 'nonsense' }, { url: ' ' }];
  for (const input of odd)
    expect((await createWebhook(ours, input)).userErrors, input.url).toMatchObject([
      { code: 'INVALID_INPUT', path: ['input', 'url'] },
    ]);
  expect((await createWebhook(ours, { url: 'http://127.0.0.1:9/', eventTypes: ['__proto__'] })).userErrors).toMatchObject([
    { code: 'INVALID_INPUT', path: ['input', 'eventTypes'] },
  ]);
  const many = await Promise.all(upTo(22).map(() => createWebhook(ours, { url: 'http://127.0.0.1:9/' })));
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
