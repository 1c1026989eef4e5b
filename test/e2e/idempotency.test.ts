import { beforeAll, expect, test } from 'vitest';
import { Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile());
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
