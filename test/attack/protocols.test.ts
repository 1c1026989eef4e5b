import { once } from 'node:events';
import { auditServer } from 'graphql-http';
import { CloseCode, createClient } from 'graphql-ws';
import { beforeAll, expect, test } from 'vitest';
import { type RawData, WebSocket } from 'ws';
import { firstOf, type Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile());
});

/** Three optional requests of the audit are GET without a header that makes a browser ask first: the CSRF prevention refuses them. */
const refusedOnPurpose = ['5A70', 'D6D5', '6A70'];

test('GraphQL over HTTP: none of the 61 checks of the audit fails', async () => {
  const audit = (headers: Record<string, string>) =>
    auditServer({
      url: `${root.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, {
          ...init,
          headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${root.key}`, ...headers },
        }),
    });
  const notOk = (results: Awaited<ReturnType<typeof auditServer>>) =>
    results.filter(({ status }) => status !== 'ok').map(({ status, id }) => `${status} ${id}`);
  const results = await audit({});
  expect(results).toHaveLength(61);
  expect(notOk(results).sort()).toEqual(refusedOnPurpose.map(id => `notice ${id}`).sort());
  const asked = await audit({ 'apollo-require-preflight': 'true' });
  expect(asked.filter(({ id }) => refusedOnPurpose.includes(id)).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
});

const subscribeToViewer = (id = '1') => ({ type: 'subscribe', id, payload: { query: '{ viewer { role } }' } });
const init = () => ({ type: 'connection_init', payload: { authorization: `Bearer ${root.key}` } });

/** A socket without a client: messages and frames as the test writes them. */
async function socket({ protocols = ['graphql-transport-ws'], isAcknowledged = false } = {}) {
  const ws = new WebSocket(`${root.url.replace('http', 'ws')}/graphql`, protocols);
  const received: { type: string; id?: string; payload?: unknown }[] = [];
  ws.on('message', (data: RawData) => received.push(JSON.parse(String(data))));
  const closed = once(ws, 'close').then(([code]) => code as number);
  await once(ws, 'open');
  const send = (message: unknown) =>
    ws.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  const next = async (type: string) => {
    for (;;) {
      const found = received.findIndex(message => message.type === type);
      if (found >= 0) return received.splice(found, 1)[0]!;
      await once(ws, 'message');
    }
  };
  if (isAcknowledged) {
    send(init());
    await next('connection_ack');
  }
  return { ws, send, next, closed };
}

test.each<[string, boolean, unknown, number]>([
  ['subscribe before connection_init', false, subscribeToViewer(), CloseCode.Unauthorized],
  ['connection_init twice', true, { type: 'connection_init' }, CloseCode.TooManyInitialisationRequests],
  ['a text that is not JSON', true, '{"type":', CloseCode.BadRequest],
  ['an empty text', true, '', CloseCode.BadRequest],
  ['null', true, 'null', CloseCode.BadRequest],
  ['a list', true, [subscribeToViewer()], CloseCode.BadRequest],
  ['an unknown type', true, { type: 'start', id: '1' }, CloseCode.BadRequest],
  ['a message of a server', true, { type: 'next', id: '1', payload: {} }, CloseCode.BadRequest],
  ['subscribe without an id', true, { type: 'subscribe', payload: { query: '{ viewer { role } }' } }, CloseCode.BadRequest],
  ['subscribe without a query', true, { type: 'subscribe', id: '1', payload: {} }, CloseCode.BadRequest],
  ['a binary frame that is not JSON', true, Buffer.from([0xff, 0xfe, 0x00]), CloseCode.BadRequest],
  ['a frame of more than 1 MB', true, JSON.stringify({ type: 'ping', payload: { x: 'x'.repeat(1_100_000) } }), 1009],
])('WebSocket: %s closes the socket with its code', async (_name, isAcknowledged, message, code) => {
  const { send, closed } = await socket({ isAcknowledged });
  send(message);
  expect(await closed).toBe(code);
});

test('WebSocket: without connection_init the socket closes with 4408', async () => {
  expect(await (await socket()).closed).toBe(CloseCode.ConnectionInitialisationTimeout);
});

test('WebSocket: another subprotocol is refused, and the known one is chosen among several', async () => {
  const closes = (protocols: string[]) =>
    new Promise<number>(resolve => {
      const ws = new WebSocket(`${root.url.replace('http', 'ws')}/graphql`, protocols);
      ws.on('error', () => {}); // A client that offered others ends the handshake itself: 1006.
      ws.on('close', resolve);
    });
  expect(await closes([])).toBe(CloseCode.SubprotocolNotAcceptable);
  expect(await closes(['graphql-ws'])).toBe(1006);
  expect(await closes(['soap', 'mqtt'])).toBe(1006);
  const { ws, closed } = await socket({ protocols: ['soap', 'graphql-transport-ws'], isAcknowledged: true });
  expect(ws.protocol).toBe('graphql-transport-ws');
  ws.close();
  expect(await closed).toBe(1005);
});

test('WebSocket: an id that is in use closes the socket with 4409, and can be used again after its end', async () => {
  const { project } = await root.createProject({ name: 'twice' });
  const { send, next, closed } = await socket({ isAcknowledged: true });
  send(subscribeToViewer('a'));
  await next('complete');
  send(subscribeToViewer('a'));
  expect(await next('next')).toMatchObject({ id: 'a', payload: { data: { viewer: { role: 'ADMIN' } } } });
  const events = { query: `subscription { projectEvents(projectId: "${project.id}", afterSeq: 0) { seq } }` };
  send({ type: 'subscribe', id: 'b', payload: events });
  await next('next');
  send({ type: 'subscribe', id: 'b', payload: events });
  expect(await closed).toBe(CloseCode.SubscriberAlreadyExists);
});

test('WebSocket: ping is answered with its payload; pong and complete of an unknown id change nothing', async () => {
  const { ws, send, next } = await socket({ isAcknowledged: true });
  send({ type: 'ping', payload: { at: 7 } });
  expect(await next('pong')).toEqual({ type: 'pong', payload: { at: 7 } });
  send({ type: 'pong' });
  send({ type: 'complete', id: 'nothing' });
  send(Buffer.from(JSON.stringify(subscribeToViewer('binary'))));
  expect(await next('next')).toMatchObject({ id: 'binary' });
  ws.close();
});

test('WebSocket: the client of graphql-ws subscribes, ends, reports errors, and learns that its key is wrong', async () => {
  const { project } = await root.createProject({ name: 'by its own client' });
  const client = root.webSocket();
  const query = 'subscription ($id: ID!) { projectEvents(projectId: $id, afterSeq: 0) { seq type } }';
  const first = await firstOf(client, { query, variables: { id: project.id } });
  expect(first).toMatchObject({ data: { projectEvents: { seq: 1 } } });
  // The first subscription has ended by `complete`, and the socket serves the next ones.
  expect(await firstOf(client, { query: '{ viewer { role } }' })).toMatchObject({ data: { viewer: { role: 'ADMIN' } } });
  await expect(firstOf(client, { query: '{ viewer { password } }' })).rejects.toEqual([
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'GRAPHQL_VALIDATION_FAILED' }) }),
  ]);
  await client.dispose();
  const wrong = createClient({
    url: `${root.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: 'Bearer wrong-key-of-many-letters' },
    retryAttempts: 0,
  });
  await expect(firstOf(wrong, { query: '{ viewer { role } }' })).rejects.toMatchObject({ code: CloseCode.Forbidden });
  await wrong.dispose();
});
