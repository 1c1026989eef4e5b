import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { getIntrospectionQuery } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { firstOf, type Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
let viewer: Partner;
/** On a server with small budgets, and more subscriptions a socket. */
let small: Partner;
let projectId: string;
beforeAll(async () => {
  ({ root } = await serverOfThisFile());
  ({ root: small } = await serverOfThisFile({
    GRAPHQL_COST_BURST: '300',
    GRAPHQL_COST_PER_SECOND: '1',
    GRAPHQL_MAX_COST: '250',
    GRAPHQL_MAX_SUBSCRIPTIONS_PER_SOCKET: '105',
  }));
  viewer = await root.below('AGENCY', 'VIEWER');
  projectId = (await root.createProject({ name: 'attacked' })).project.id;
});

const numbers = (count: number, of: (n: number) => string) => Array.from({ length: count }, (_, n) => of(n)).join(' ');
const fields = (count: number, of: (n: number) => string) => `{ ${numbers(count, of)} }`;
const sameFragments = (count: number, operation: string) =>
  `${operation.replace(
    'ALL',
    numbers(count, n => `...f${n}`),
  )} ${numbers(count, n => `fragment f${n} on Viewer { name organization { id name createdAt parent { id } } role }`)}`;
const fragmentBomb = (levels: number) =>
  `{ ...f0 } ${Array.from({ length: levels }, (_, n) => `fragment f${n} on Query { a${n}: viewer { organization { name } } ${n + 1 < levels ? `...f${n + 1} b${n}: viewer { organization { parent { id } } } ` : ''} }`).join(' ')}`;

/** Documents that ask for more than one request may, and the code of their refusal. */
const excessive: [string, string, string][] = [
  ['70,000 aliases', fields(70_000, n => `a${n}:x`), 'DOCUMENT_TOO_LARGE'],
  ['12,001 tokens', fields(12_001, () => 'a'), 'DOCUMENT_TOO_LARGE'],
  ['4,000 aliases', fields(3_900, n => `a${n}:__typename`), 'QUERY_TOO_COMPLEX'],
  ['one field 11,000 times', fields(11_000, () => '__typename'), 'QUERY_TOO_COMPLEX'],
  ['two introspections', '{ a: __schema { queryType { name } } b: __schema { queryType { name } } }', 'QUERY_TOO_COMPLEX'],
  ['5,000 levels of fields', '{a'.repeat(5_000) + '}'.repeat(5_000), 'DOCUMENT_TOO_LARGE'],
  ['5,000 brackets in a value', `{ node(id: ${'['.repeat(5_000)}${']'.repeat(5_000)}) { id } }`, 'DOCUMENT_TOO_LARGE'],
  ['30 levels of fields', `{ viewer { organization ${'{ parent '.repeat(30)} { id } ${'}'.repeat(30)} } }`, 'QUERY_TOO_COMPLEX'],
  [
    '250 fragments',
    `{ ...f0 } ${Array.from({ length: 250 }, (_, n) => `fragment f${n} on Query { __typename }`).join(' ')}`,
    'QUERY_TOO_COMPLEX',
  ],
  ['many fragments inside each other', fragmentBomb(150), 'QUERY_TOO_COMPLEX'],
  ['a document of 300,000 characters', `{ viewer { name } } #${'x'.repeat(300_000)}`, 'DOCUMENT_TOO_LARGE'],
  ['100 pages of projects', fields(100, n => `a${n}:projects(first: 100) { edges { node { id } } }`), 'QUERY_TOO_COMPLEX'],
  ['50 pages of projects', fields(50, n => `a${n}:projects(first: 100) { edges { node { id } } }`), 'QUERY_TOO_COMPLEX'],
  ['one object in 1,600 inline fragments', `{ viewer { ${'...{organization{name}} '.repeat(1_600)} } }`, 'QUERY_TOO_COMPLEX'],
  [
    'one object in 20 fragments of 20 objects',
    `{ ${`viewer{${'...{organization{id}}'.repeat(20)}}`.repeat(20)} }`,
    'QUERY_TOO_COMPLEX',
  ],
  ['60 fragments of the same fields', sameFragments(60, '{ viewer { ALL } }'), 'QUERY_TOO_COMPLEX'],
  [
    '60 fragments that no operation uses',
    sameFragments(60, '{ viewer { name } } fragment all on Query { viewer { ALL } }'),
    'QUERY_TOO_COMPLEX',
  ],
  [
    '190 fragments in each of 12 objects',
    `{ ${`viewer { ${numbers(190, n => `...f${n}`)} } `.repeat(12)} } ${numbers(190, n => `fragment f${n} on Viewer { x${n} }`)}`,
    'QUERY_TOO_COMPLEX',
  ],
  ['101 operations', numbers(101, n => `query q${n} { __typename }`), 'QUERY_TOO_COMPLEX'],
  ['one variable 2,900 times', `query(${'$a:Int '.repeat(2_900)}) { viewer { name } }`, 'QUERY_TOO_COMPLEX'],
  ['one argument 3,000 times', `{ projects(${'first:1 '.repeat(3_000)}) { totalCount } }`, 'QUERY_TOO_COMPLEX'],
  ['100,000 lines', `${'\n'.repeat(100_000)} { x }`, 'DOCUMENT_TOO_LARGE'],
  [
    'pages of pages',
    '{ projects(first: 100) { edges { node { issues(first: 100) { edges { node { id } } } } } } }',
    'QUERY_TOO_COMPLEX',
  ],
];

test.each(excessive)('%s are refused over HTTP and WebSocket alike', async (_name, query, code) => {
  const plain = await viewer.post(JSON.stringify({ query }));
  expect([plain.status, plain.errors![0]!.extensions.code]).toEqual([200, code]);
  const strict = await viewer.post(JSON.stringify({ query }), { accept: 'application/graphql-response+json' });
  expect([strict.status, strict.errors![0]!.extensions.code]).toEqual([400, code]);
  expect(strict.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
  const client = viewer.webSocket();
  await expect(firstOf(client, { query })).rejects.toEqual([
    expect.objectContaining({ extensions: expect.objectContaining({ code }) }),
  ]);
  expect(await firstOf(client, { query: '{ viewer { role } }' })).toMatchObject({ data: { viewer: { role: 'VIEWER' } } });
  await client.dispose();
});

test('300 aliases of a computed field are refused', async () => {
  const query = fields(
    300,
    n => `a${n}: project(id: "${projectId}") { documents { id } reconciliation { balanced } issues { edges { node { id } } } }`,
  );
  expect((await root.ask(query)).errors![0]!.extensions.code).toBe('QUERY_TOO_COMPLEX');
});

test('components that share a fragment are allowed', async () => {
  const core = ['id', 'name', 'kind', 'createdAt'].map(name => `${name} also: ${name}`.replace('also', `${name}Again`)).join(' ');
  const parts = Array.from({ length: 40 }, (_, n) => `fragment Part${n} on Organization { ...Core own${n}: name }`).join(' ');
  const query = `{ viewer { organization { ${Array.from({ length: 40 }, (_, n) => `...Part${n}`).join(' ')} } } } fragment Core on Organization { ${core} } ${parts}`;
  const { data, errors } = await viewer.ask(query);
  expect(errors).toBeUndefined();
  expect(data.viewer.organization.own39).toBe(data.viewer.organization.name);
});

test('the defaults allow introspection, a hundred items of any list, a thousand look-ups in variables or inline', async () => {
  expect((await viewer.ask(getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true }))).errors).toBeUndefined();
  const lists = `runs(first: 100) { edges { node { id phases { recordType counts { loaded } } progress { fraction phases { recordType } } } } }
    issues(first: 100) { edges { node { id code } } } agents(first: 100) { edges { node { id } } }`;
  const { errors, data } = await root.ask(
    `{ projects(first: 100) { edges { node { id blockedBy { code } allowedActions connections { side } recordCounts { recordType } reconciliation { balanced } } } }
       project(id: "${projectId}") { ${lists} reconciliation { differences(first: 100) { edges { node { field } } } } mapping { fields(first: 100) { edges { node { id profile { samples } losses { code } values { from } } } } } }
       callRecordings(projectId: "${projectId}", first: 100) { edges { node { id } } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data.projects.edges).toHaveLength(1);
  const lookups = Array.from({ length: 1_000 }, (_, n) => ({
    sourceType: 'TICKET',
    sourceId: `https://app.infoset.app/tickets/${n}`,
  }));
  const inVariables = await root.ask(
    'query ($id: ID!, $lookups: [CrosswalkLookup!]!) { crosswalk(projectId: $id, lookups: $lookups) { entries { destinationId } } }',
    { id: projectId, lookups },
  );
  expect(inVariables.data.crosswalk).toHaveLength(1_000);
  const inline = lookups.map(({ sourceId }) => `{sourceType: TICKET, sourceId: "${sourceId}"}`).join(', ');
  const written = await root.ask(`{ crosswalk(projectId: "${projectId}", lookups: [${inline}]) { entries { destinationId } } }`);
  expect(written.data.crosswalk).toHaveLength(1_000);
});

test('the cost of an answer: requested, actual and remaining', async () => {
  const { data, extensions } = (await root.ask('{ projects(first: 50) { edges { node { id } } } }')) as unknown as {
    data: object;
    extensions: { cost: { requested: number; actual: number; remaining: number } };
  };
  expect(data).toBeTruthy();
  expect(extensions.cost).toEqual({ requested: 51, actual: 2, remaining: expect.any(Number) });
  const client = root.webSocket();
  expect(await firstOf(client, { query: '{ viewer { name } }' })).toMatchObject({
    extensions: { cost: { requested: 1, actual: 1 } },
  });
  await client.dispose();
});

test('a key that has spent its cost waits, and another does not', async () => {
  const agency = await small.below('AGENCY');
  const query = '{ projects(first: 100) { edges { node { id organization { id } } } } }';
  const answers = [];
  for (let n = 0; n < 3; n++) answers.push(await agency.ask(query));
  // What is requested counts until the answer shows that it was not used, so alone each of them passes.
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const flood = await Promise.all(Array.from({ length: 30 }, () => agency.ask(query)));
  const limited = flood.filter(({ status }) => status === 429);
  expect(limited.length).toBeGreaterThan(0);
  expect(limited[0]!.errors![0]!.extensions).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
  expect(limited[0]!.headers.get('retry-after')).toBe('1');
  expect((await small.ask('{ viewer { name } }')).status).toBe(200);
});

test('documents that are refused use up the cost of their key, over HTTP and WebSocket, and of no other key', async () => {
  const spent = async (send: (query: string) => Promise<string>) => {
    const codes = [];
    // Different documents, not valid, of a cost of 31 each.
    for (let n = 0; n < 12; n++)
      codes.push(await send(`{ viewer { name ${`unknown${n} `.repeat(99)} ${numbers(200, m => `x${m}`)} } }`));
    return codes;
  };
  const byHttp = await small.below('AGENCY', 'VIEWER');
  const codes = await spent(async query => (await byHttp.ask(query)).errors![0]!.extensions.code as string);
  expect(codes[0]).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(codes.at(-1)).toBe('RATE_LIMITED');
  const refused = await byHttp.ask(`{ viewer { name ${'x '.repeat(2_000)} } }`);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  const bySocket = await small.below('AGENCY', 'VIEWER');
  const client = bySocket.webSocket();
  const refusal = (query: string) =>
    firstOf(client, { query }).then(
      () => 'no refusal',
      (errors: { extensions: { code: string } }[]) => errors[0]!.extensions.code,
    );
  expect((await spent(refusal)).at(-1)).toBe('RATE_LIMITED');
  await client.dispose();
  expect((await small.ask('{ viewer { name } }')).status).toBe(200);
});

test('a document is checked before Apollo also if the client accepts no type of answer', async () => {
  const { status, errors } = await viewer.post(JSON.stringify({ query: fields(3_000, n => `a${n}:x`) }), { accept: 'image/png' });
  expect([status, errors![0]!.extensions.code]).toEqual([406, 'BAD_REQUEST']);
  const name = 'never made';
  const query = `mutation { createProject(input: { name: "${name}" }) { project { id } } }`;
  expect((await root.post(JSON.stringify({ query }), { accept: 'image/png' })).status).toBe(406);
  const { data } = await root.ask('{ projects(first: 100) { edges { node { name } } } }');
  expect(data.projects.edges.map(({ node }: { node: { name: string } }) => node.name)).not.toContain(name);
});

test('the hash of a document stands for a small document alone', async () => {
  const persisted = (text: string) => ({
    persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(text).digest('hex') },
  });
  const answers = async (query: string) => {
    const extensions = persisted(query);
    const first = await viewer.post(JSON.stringify({ query, extensions }));
    expect(first.data.viewer.role).toBe('VIEWER');
    return viewer.post(JSON.stringify({ extensions }));
  };
  expect((await answers('{ viewer { role kind } }')).data.viewer.role).toBe('VIEWER');
  // It would be parsed and validated for each hash.
  const large = await answers(`{ viewer { role } } #${'x'.repeat(30_000)}`);
  expect(large.errors![0]!.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
});

test('a socket has 100 subscriptions and a key 500; only the one above the limit is refused', async () => {
  const open = async (partner = root) => {
    const socket = new WebSocket(`${partner.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const messages: { id?: string; type: string; payload?: { extensions?: { code?: string } }[] }[] = [];
    socket.on('message', data => messages.push(JSON.parse(String(data))));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${partner.key}` } }));
    await expect.poll(() => messages.length).toBe(1);
    return { socket, messages };
  };
  const subscribe = (socket: WebSocket, from: number, count: number, id = projectId) => {
    const payload = { query: `subscription { projectEvents(projectId: "${id}", afterSeq: 0) { seq } }` };
    for (let n = from; n < from + count; n++) socket.send(JSON.stringify({ type: 'subscribe', id: String(n), payload }));
  };
  const refused = (messages: { type: string }[]) => messages.filter(({ type }) => type === 'error');
  const first = await open();
  subscribe(first.socket, 0, 101);
  await expect.poll(() => first.messages.length, { timeout: 300_000 }).toBeGreaterThan(100);
  await expect.poll(() => refused(first.messages).length, { timeout: 300_000 }).toBe(1);
  expect(refused(first.messages)[0]).toMatchObject({ id: '100', payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }] });
  const others = await Promise.all(Array.from({ length: 5 }, () => open()));
  for (const { socket } of others.slice(0, 4)) subscribe(socket, 0, 100);
  await expect.poll(() => others.slice(0, 4).every(({ messages }) => messages.length > 100), { timeout: 300_000 }).toBe(true);
  subscribe(others[4]!.socket, 0, 1);
  await expect.poll(() => refused(others[4]!.messages).length, { timeout: 300_000 }).toBe(1);
  // An ended one makes room.
  first.socket.send(JSON.stringify({ type: 'complete', id: '7' }));
  subscribe(others[4]!.socket, 1, 1);
  await expect
    .poll(() => others[4]!.messages.filter(({ id, type }) => id === '1' && type === 'next').length, { timeout: 300_000 })
    .toBeGreaterThan(0);
  const agency = await small.below('AGENCY');
  const raised = await open(agency);
  subscribe(raised.socket, 0, 106, (await agency.createProject({ name: 'watched' })).project.id);
  await expect.poll(() => refused(raised.messages).length, { timeout: 300_000 }).toBe(1);
  expect(refused(raised.messages)[0]).toMatchObject({ id: '105' });
  for (const { socket } of [first, ...others, raised]) socket.close();
}, 300_000);
