import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { seeded } from '../support/seeded.js';
import { firstOf, type Partner, serverOfThisFile } from '../support/server.js';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

let root: Partner;
let projectId: string;
const ids: string[] = [];
beforeAll(async () => {
  ({ root } = await serverOfThisFile());
  projectId = (await root.createProject({ name: 'attacked', externalRef: 'attacked' })).project.id;
  const organization = (await root.createOrganization({ name: 'x', kind: 'AGENCY' })).organization.id;
  ids.push(
    projectId,
    organization,
    ...['run', 'iss', 'map', 'fld', 'agt', 'cwk', 'doc', 'rec', 'key'].map(kind => `${kind}_${randomUUID()}`),
  );
});

const texts = [
  '',
  ' ',
  'x',
  'a\0b',
  '\ud800',
  'x\udfff',
  '😀',
  '\u202e',
  "'; DROP TABLE runs; --",
  '%',
  '__proto__',
  'constructor',
  '9'.repeat(400),
  'x'.repeat(20_000),
  'https://[',
  'http://127.0.0.1:1',
  'ftp://x',
  'MTIz',
  'cG9zaXRpb246OTk5OTk5OTk5OTk5',
  Buffer.from(`9999999999999:${randomUUID()}`).toString('base64url'),
  Buffer.from('place:999999999').toString('base64url'),
];
const numbers = ['0', '1', '-1', '100', '101', '2147483647', '-2147483648', '2147483648', '1e300', '1.5', '"7"'];
const dates = [
  '"2024-01-01T00:00:00Z"',
  '"0000-01-01T00:00:00Z"',
  '"9999-12-31T23:59:59Z"',
  '"-000001-01-01T00:00:00Z"',
  '"+275760-09-13T00:00:00Z"',
  '"tomorrow"',
  '8640000000000001',
];
const json = [
  '{}',
  '[]',
  'null',
  '"x"',
  '{"__proto__":{"x":1}}',
  '{"constructor":1,"profile":{"pageSize":-1}}',
  '{"placeholderTeammateEmail":"\\u0000"}',
  '{"timeZone":"\\ud800"}',
  '{"profile":null,"loginEmail":{"a":[]}}',
  '{"a\\u0000b":1}',
  deep(70),
  deep(5_000),
];

/** A value of the type as JSON text: mostly well-formed, often odd. */
function value({ pick, int }: ReturnType<typeof seeded>, type: GraphQLInputType, depth = 0): string {
  const bare = getNullableType(type);
  if (!isNonNullType(type) && int(4) === 0) return 'null';
  if (int(40) === 0) return pick(['5', '"x"', '[]', '{}', 'true', 'null']);
  if (isListType(bare))
    return `[${Array.from({ length: int(4) }, () => value({ pick, int, next: Math.random }, bare.ofType as GraphQLInputType, depth + 1)).join(',')}]`;
  if (isEnumType(bare)) return JSON.stringify(int(15) === 0 ? 'NOTHING' : pick(bare.getValues()).name);
  if (isInputObjectType(bare)) {
    const fields = Object.values(bare.getFields()).filter(field => isNonNullType(field.type) || int(2) === 0);
    return `{${fields.map(field => `${JSON.stringify(field.name)}:${value({ pick, int, next: Math.random }, field.type, depth + 1)}`).join(',')}}`;
  }
  if (bare.name === 'ID') return JSON.stringify(int(3) === 0 ? pick(texts) : pick(ids));
  if (bare.name === 'Int' || bare.name === 'Float' || bare.name === 'SafeInt') return pick(numbers);
  if (bare.name === 'Boolean') return pick(['true', 'false']);
  if (bare.name === 'DateTime') return pick(dates);
  if (bare.name === 'JSONObject' || bare.name === 'JSON') return pick(json);
  return JSON.stringify(pick(texts));
}

/** Selections of some fields, with arguments as variables. */
function selection(random: ReturnType<typeof seeded>, type: GraphQLObjectType, variables: Variables, depth: number): string {
  const fields = Object.values(type.getFields()).filter(
    field => depth > 0 || isScalarType(getNamedType(field.type)) || isEnumType(getNamedType(field.type)),
  );
  const chosen = fields.filter(() => random.int(fields.length > 6 ? 3 : 2) === 0);
  const parts = chosen.map(field => fieldText(random, field, variables, depth));
  return `{ ${['__typename', ...parts].join(' ')} }`;
}

interface Variables {
  definitions: string[];
  values: string[];
}

function fieldText(
  random: ReturnType<typeof seeded>,
  field: GraphQLField<unknown, unknown>,
  variables: Variables,
  depth: number,
): string {
  const args = field.args
    .filter(arg => isNonNullType(arg.type) || random.int(2) === 0)
    .map(arg => {
      const name = `v${variables.definitions.length}`;
      variables.definitions.push(`$${name}: ${arg.type}`);
      variables.values.push(`"${name}":${value(random, arg.type)}`);
      return `${arg.name}: $${name}`;
    });
  const type = getNamedType(field.type);
  const inner = isObjectType(type)
    ? ` ${selection(random, type, variables, depth - 1)}`
    : isScalarType(type) || isEnumType(type)
      ? ''
      : ' { __typename }';
  return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${inner}`;
}

function operation(random: ReturnType<typeof seeded>): { body: string; kind: string } {
  const kind = random.pick(['query', 'query', 'mutation', 'mutation', 'subscription']);
  const rootType = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }[kind as 'query']!;
  const variables: Variables = { definitions: [], values: [] };
  const text = fieldText(random, random.pick(Object.values(rootType.getFields())), variables, 4);
  const head = variables.definitions.length > 0 ? `(${variables.definitions.join(', ')})` : '';
  return { kind, body: `{"query":${JSON.stringify(`${kind} ${head} { ${text} }`)},"variables":{${variables.values.join(',')}}}` };
}

const codesIn = (answer: { errors?: unknown; data?: unknown }): string[] =>
  [...JSON.stringify(answer).matchAll(/"code":"(\w+)"/g)].map(match => match[1]!);

test('3,000 odd operations: none is an internal error, and the server answers after them', async () => {
  const random = seeded(2_020);
  const seen = new Map<string, number>();
  const one = async () => {
    const { body, kind } = operation(random);
    const answer = kind === 'subscription' ? null : await root.post(body);
    const codes = answer ? codesIn(answer) : await subscribed(body);
    for (const code of codes) seen.set(code, (seen.get(code) ?? 0) + 1);
    expect(codes, body.slice(0, 2_000)).not.toContain('INTERNAL_SERVER_ERROR');
    if (answer) expect(answer.status, body.slice(0, 2_000)).toBeLessThan(500);
  };
  const client = root.webSocket();
  const subscribed = async (body: string): Promise<string[]> => {
    try {
      const payload = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
      const first = await Promise.race([firstOf(client, payload), new Promise(resolve => setTimeout(resolve, 200, {}))]);
      return codesIn((first ?? {}) as object);
    } catch (error) {
      return codesIn({ errors: error });
    }
  };
  for (let round = 0; round < 150; round++) await Promise.all(Array.from({ length: 20 }, one));
  await client.dispose();
  // The inputs reach what they are meant for.
  for (const code of ['INVALID_INPUT', 'MALFORMED_ID', 'MALFORMED_CURSOR', 'NOT_FOUND', 'BAD_USER_INPUT'])
    expect(seen.get(code) ?? 0, code).toBeGreaterThan(0);
  expect((await root.ask('{ viewer { role } }')).data.viewer.role).toBe('ADMIN');
}, 600_000);

test('payloads that are not GraphQL requests are a coded 4xx', async () => {
  const payloads: [string, number[]][] = [
    ['[]', [400]],
    ['[{"query":"{ viewer { name } }"}]', [400]],
    ['5', [400]],
    ['null', [400]],
    ['{"query":5}', [400]],
    ['{"query":null}', [400]],
    ['{"query":"{ viewer { name } }","variables":[]}', [400]],
    ['{"query":"{ viewer { name } }","variables":"{}"}', [400]],
    ['{"query":"{ viewer { name } }","operationName":5}', [400]],
    ['{"query":"{ viewer { name } }","extensions":[]}', [400]],
    ['{"query":"{ viewer { name } }","extensions":{"persistedQuery":5}}', [400]],
    ['{"query":"{ viewer { name } }","extensions":{"persistedQuery":{"version":2,"sha256Hash":"x"}}}', [400]],
    [`{"query":"{ viewer { name } }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'0'.repeat(64)}"}}}`, [400]],
    [`{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'0'.repeat(64)}"}}}`, [200]],
    [`{"query":"{ viewer { name } }","variables":{"x":${deep(5_000)}}}`, [200]],
    [`{"query":"{ viewer { name } }","extensions":{"x":${deep(5_000)}}}`, [200]],
    ['{"query":"query A { viewer { name } } query B { viewer { name } }"}', [200]],
    ['{"query":"query A { viewer { name } }","operationName":"B"}', [200]],
    [`${'['.repeat(400_000)}`, [400]],
    ['{"query":"{ viewer { name } }"', [400]],
    ['\ufeff{"query":"{ viewer { name } }"}', [200, 400]],
  ];
  for (const [body, statuses] of payloads) {
    const answer = await root.post(body);
    expect(statuses, body.slice(0, 100)).toContain(answer.status);
    expect(codesIn(answer), body.slice(0, 100)).not.toContain('INTERNAL_SERVER_ERROR');
    if (answer.status !== 200) expect(codesIn(answer).length, body.slice(0, 100)).toBeGreaterThan(0);
  }
});

test('a value that cannot be stored, or is nested 5,000 deep, is INVALID_INPUT: as userErrors of a mutation, as an error of a query', async () => {
  const input = `{"projectId":"${projectId}","side":"SOURCE","baseUrl":"http://127.0.0.1:1","secret":"x","options":${deep(5_000)}}`;
  const query =
    'mutation ($input: SetConnectionInput!) { setConnection(input: $input) { connection { side } userErrors { code path } } }';
  const { data } = await root.post(`{"query":${JSON.stringify(query)},"variables":{"input":${input}}}`);
  expect(data.setConnection.userErrors[0]).toMatchObject({
    code: 'INVALID_INPUT',
    path: expect.arrayContaining(['input', 'options']),
  });
  for (const odd of ['a\0b', '\ud800']) {
    const lookups = await root.ask(
      'query ($id: ID!, $odd: String) { crosswalk(projectId: $id, lookups: [{ sourceId: $odd }]) { entries { id } } }',
      { id: projectId, odd },
    );
    expect(lookups.errors![0]!.extensions.code).toBe('INVALID_INPUT');
    const recordings = await root.ask(
      'query ($id: ID!, $odd: String) { callRecordings(projectId: $id, filter: { sourceCallId: $odd }) { edges { cursor } } }',
      { id: projectId, odd },
    );
    expect(recordings.errors![0]!.extensions.code).toBe('INVALID_INPUT');
    expect((await root.createProject({ name: 'x', idempotencyKey: odd })).userErrors[0]).toMatchObject({ code: 'INVALID_INPUT' });
  }
});
