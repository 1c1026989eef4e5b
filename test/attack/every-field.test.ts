import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { idPrefixes } from '../../src/domain/model/ids.js';
import { createSchema } from '../../src/graphql/schema.js';
import { startPortal } from '../support/portal.js';
import { firstOf, Partner, serverOfThisFile } from '../support/server.js';
import { wholeProject } from '../support/whole-project.js';

type Ids = Record<string, string>;
let schema: GraphQLSchema;
let root: Partner;
let database: { ownerUrl: string };
let theirs: Partner & { organizationId: string };
let ours: Partner & { organizationId: string };
/** What a tenant has, by the name of the argument that takes its id. */
let there: Ids;
let portal: Awaited<ReturnType<typeof startPortal>>;

beforeAll(async () => {
  schema = await createSchema();
  portal = await startPortal();
  ({ root, database } = await serverOfThisFile(portal.environment));
  await asOwner(portal.organizationSql);
  ours = await root.below('AGENCY');
  theirs = await root.below('AGENCY');
  const whole = await wholeProject(theirs, database.ownerUrl);
  const { organizationId, projectId, fieldId, mappingId, recordingId, ...rest } = whole;
  const apiKey = await theirs.createApiKey({ organizationId, name: 'their key', role: 'VIEWER' });
  const share = await theirs.mutate(
    'createShareToken',
    'CreateShareTokenInput',
    { projectId, name: 'their guest' },
    'shareToken { id }',
  );
  const hook = await theirs.mutate('createWebhook', 'CreateWebhookInput', { url: 'http://127.0.0.1:9/hook' }, 'webhook { id }');
  there = {
    ...rest,
    organizationId,
    parentId: organizationId,
    projectId,
    projectIds: projectId,
    fieldMappingId: fieldId,
    mappingVersionId: mappingId,
    callRecordingId: recordingId,
    apiKeyId: apiKey.apiKey.id,
    shareTokenId: share.shareToken.id,
    webhookId: hook.webhook.id,
    actorId: apiKey.apiKey.id,
    objectId: projectId,
  };
});

async function asOwner(sql: string, parameters: unknown[] = []) {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

const nowhere = (ids: Ids): Ids =>
  Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, id.replace(/_.*/, '_00000000-0000-4000-8000-000000000000')]));

/** The least value of an input, with every id that it can have. A kind of id that this test does not know fails it. */
function inputFor(type: GraphQLInputType, name: string, ids: Ids): unknown {
  if (isNonNullType(type)) return inputFor(type.ofType, name, ids);
  if (isListType(type)) return [inputFor(type.ofType, name, ids)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(each => isRequiredInputField(each) || takesId(each));
    return Object.fromEntries(fields.map(each => [each.name, inputFor(each.type, each.name, ids)]));
  }
  const values: Record<string, unknown> = { String: 'x', Int: 1, Float: 1, Boolean: true, JSONObject: {}, SafeInt: 1 };
  if (type.name === 'DateTime') return new Date(Date.now() + 3_600_000).toISOString();
  if (type.name !== 'ID') return type.name in values ? values[type.name] : expect.fail(`Give ${type.name} a value.`);
  return ids[name] ?? expect.fail(`Name an id of another tenant for ${name}.`);
}

const takesId = ({ type }: GraphQLArgument | GraphQLInputField): boolean => {
  const named = getNamedType(type);
  return named.name === 'ID' || (isInputObjectType(named) && Object.values(named.getFields()).some(takesId));
};

/** Everything that a type shows without arguments, two levels deep. */
function selection(type: GraphQLOutputType, depth = 3): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) return '{ __typename }';
  const fields = Object.values(named.getFields()).filter(each => !each.args.some(isRequiredArgument));
  const shown = fields.filter(each => isLeafType(getNamedType(each.type)) || depth > 0);
  return `{ ${shown.map(each => `${each.name} ${selection(each.type, depth - 2)}`).join(' ')} }`;
}

const rootFields = (kind: 'Query' | 'Mutation' | 'Subscription') =>
  Object.values(
    (
      schema.getType(kind) as never as {
        getFields(): Record<string, { name: string; args: GraphQLArgument[]; type: GraphQLOutputType }>;
      }
    ).getFields(),
  );

/** The answer of a caller to one field with these ids, without what names the request and the id itself. */
async function answer(partner: Partner, kind: 'Query' | 'Mutation', name: string, ids: Ids): Promise<string> {
  const field = rootFields(kind).find(each => each.name === name)!;
  const args = field.args.filter(each => isRequiredArgument(each) || takesId(each));
  const declared = args.map(each => `$${each.name}: ${String(each.type)}`).join(', ');
  const passed = args.map(each => `${each.name}: $${each.name}`).join(', ');
  const given = passed ? `(${passed})` : '';
  const query = `${kind.toLowerCase()} ${declared ? `(${declared})` : ''} { ${name}${given} ${selection(field.type)} }`;
  const variables = Object.fromEntries(args.map(each => [each.name, inputFor(each.type, each.name, ids)]));
  const { data, errors, status } = await partner.ask(query, variables);
  expect(errors?.[0]?.extensions.code ?? '', `${name}: ${errors?.[0]?.message}`).not.toMatch(/GRAPHQL|BAD_USER|INTERNAL|COMPLEX/);
  return JSON.stringify([status, data, errors], (key, value) => (key === 'requestId' || key === 'cost' ? undefined : value));
}

/** Callers of another tenant, and callers of the same tenant that are limited to another project. */
async function strangers(): Promise<Record<string, { partner: Partner; isOfSameTenant: boolean }>> {
  const key = async (owner: typeof ours, input: Record<string, unknown>) =>
    new Partner(root.url, (await owner.createApiKey({ organizationId: owner.organizationId, name: 'k', ...input })).secret);
  const share = async (owner: typeof ours, projectId: string) => {
    const made = await owner.mutate('createShareToken', 'CreateShareTokenInput', { projectId, name: 'g' }, 'token');
    return new Partner(root.url, made.token);
  };
  const { project: mine } = await ours.createProject({ name: 'Mine' });
  const { project: beside } = await theirs.createProject({ name: 'Beside' });
  const roles = ['ADMIN', 'OPERATOR', 'SUPPORT', 'VIEWER'];
  const byRole = roles.map(async role => [role, { partner: await key(ours, { role }), isOfSameTenant: false }] as const);
  return {
    ...Object.fromEntries(await Promise.all(byRole)),
    'a key with scopes': { partner: await key(ours, { role: 'ADMIN', scopes: ['READ', 'RUNS'] }), isOfSameTenant: false },
    'a share token': { partner: await share(ours, mine.id), isOfSameTenant: false },
    'a JWT': { partner: new Partner(root.url, await portal.token({})), isOfSameTenant: false },
    'a key of another project': { partner: await key(theirs, { role: 'ADMIN', projectIds: [beside.id] }), isOfSameTenant: true },
    'a share token of another project': { partner: await share(theirs, beside.id), isOfSameTenant: true },
  };
}

/** A digest of every row of their organization, table by table; the use of a key changes its row. */
async function theirRows(): Promise<unknown> {
  const tables = await asOwner(`SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'landfall' AND column_name = 'organization_id' AND table_name NOT IN ('idempotency_keys') ORDER BY 1`);
  const sums = tables.map(async ({ name }) => {
    const sql = `SELECT md5(string_agg(row, '|' ORDER BY row)) AS sum FROM (
      SELECT (to_jsonb(t) - 'last_used_at')::text AS row FROM landfall.${name} t WHERE organization_id = $1) rows`;
    return [name, (await asOwner(sql, [theirs.organizationId.slice(4)]))[0].sum];
  });
  const organization = await asOwner(`SELECT name FROM landfall.organizations WHERE id = $1`, [theirs.organizationId.slice(4)]);
  return [await Promise.all(sums), organization];
}

test('nobody else sees or changes anything by any query, mutation, subscription or node', async () => {
  const callers = await strangers();
  const before = await theirRows();
  const here = nowhere(there);
  const nodes = Object.entries(idPrefixes).map(([type, prefix]) => {
    const id = Object.values(there).find(each => each.startsWith(`${prefix}_`));
    return { type, id: id ?? expect.fail(`Name an id of another tenant for ${type}.`) };
  });
  for (const [who, { partner, isOfSameTenant }] of Object.entries(callers)) {
    for (const { type, id } of nodes) {
      if (isOfSameTenant && type === 'Organization') continue;
      const { data, errors } = await partner.ask(`{ node(id: "${id}") { id __typename } }`);
      expect([data, errors], `${who}: ${type}`).toEqual([{ node: null }, undefined]);
    }
    for (const kind of ['Query', 'Mutation'] as const) {
      for (const { name, args } of rootFields(kind)) {
        if (!args.some(takesId)) continue;
        const idsOf = (ids: Ids): Ids => ({ ...ids, id: name === 'run' ? ids.runId! : ids.projectId! });
        const seen = await answer(partner, kind, name, idsOf(there));
        const expected = await answer(partner, kind, name, idsOf(here));
        const hidden = (text: string) => text.replaceAll(/[a-z]{3}_[0-9a-f-]{36}/g, 'ID');
        expect(hidden(seen), `${who}: ${name}`).toBe(hidden(expected));
      }
    }
    const client = partner.webSocket();
    for (const { name, args } of rootFields('Subscription')) {
      const given = args.filter(takesId).map(each => `${each.name}: "${there[each.name]}"`);
      if (given.length === 0) continue;
      const query = `subscription { ${name}(${given.join(', ')}) { __typename } }`;
      expect(JSON.stringify(await firstOf(client, { query }).catch(error => error)), `${who}: ${name}`).toContain('NOT_FOUND');
    }
    await client.dispose();
  }
  expect(await theirRows()).toEqual(before);
}, 300_000);

/** The mutations that a caller may not call, whatever its arguments are. */
async function refusedTo(partner: Partner): Promise<string[]> {
  const refused: string[] = [];
  const here = nowhere(there);
  for (const { name } of rootFields('Mutation')) {
    if (/"code":"(ROLE|SCOPE)_NOT_PERMITTED"/.test(await answer(partner, 'Mutation', name, { ...here, id: here.projectId! })))
      refused.push(name);
  }
  return refused.sort();
}

test('what only reads is refused every mutation, and each role those that it has no right to', async () => {
  const { project } = await ours.createProject({ name: 'For roles' });
  const key = async (input: Record<string, unknown>) =>
    new Partner(root.url, (await ours.createApiKey({ organizationId: ours.organizationId, name: 'k', ...input })).secret);
  const { token } = await ours.mutate('createShareToken', 'CreateShareTokenInput', { projectId: project.id, name: 'g' }, 'token');
  const all = rootFields('Mutation')
    .map(({ name }) => name)
    .sort();
  const readers = [
    await key({ role: 'VIEWER' }),
    await key({ role: 'ADMIN', scopes: ['READ'] }),
    new Partner(root.url, token),
    new Partner(root.url, await portal.token({ landfall_scopes: ['READ'] })),
  ];
  for (const reader of readers) expect(await refusedTo(reader)).toEqual(all);
  const recordings = ['attachCallRecording', 'claimCallRecording', 'closeCallRecording'];
  expect(all.filter(name => !recordings.includes(name))).toEqual(await refusedTo(await key({ role: 'SUPPORT' })));
  expect(await refusedTo(await key({ role: 'OPERATOR' }))).toEqual([
    'createApiKey',
    'createOrganization',
    'createShareToken',
    'createWebhook',
    'removeWebhook',
    'revokeApiKey',
    'revokeShareToken',
    'rotateWebhookSecret',
    'updateOrganization',
    'updateWebhook',
  ]);
}, 120_000);

test('an expired credential is refused everything', async () => {
  const expiresAt = new Date(Date.now() + 1_500).toISOString();
  const { secret } = await ours.createApiKey({ organizationId: ours.organizationId, name: 'k', role: 'ADMIN', expiresAt });
  await new Promise(resolve => setTimeout(resolve, 1_700));
  const jwt = await portal.token({}, Math.floor(Date.now() / 1_000) - 60);
  for (const credential of [secret, jwt]) {
    const partner = new Partner(root.url, credential);
    for (const query of [
      '{ __typename }',
      '{ viewer { name } }',
      'mutation { createProject(input: { name: "x" }) { project { id } } }',
    ]) {
      const { status, data } = await partner.ask(query);
      expect([status, data]).toEqual([401, undefined]);
    }
  }
});
