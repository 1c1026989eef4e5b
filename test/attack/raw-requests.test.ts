import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { seeded } from '../support/seeded.js';
import { type Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile());
});

/** Sends bytes as they are, and reads until the server closes or says nothing more. */
async function raw(bytes: string | Buffer, waitMs = 1_000): Promise<string> {
  const { hostname, port } = new URL(root.url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', chunk => chunks.push(chunk));
  socket.on('error', () => {}); // The server may close while we write.
  socket.write(bytes);
  await Promise.race([once(socket, 'close'), sleep(waitMs)]).catch(() => {});
  socket.destroy();
  return Buffer.concat(chunks).toString('latin1');
}

const upgrade = (target: string, extra = '') =>
  `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n${extra}\r\n`;

const isAlive = async () => expect(await (await fetch(`${root.url}/healthz`)).json()).toEqual({ status: 'ok' });

test.each(['//', '///', '//[', 'http://[', '/\\', '*', '/%', '/graphql/../x', '//graphql', 'http://x:99999/', '/\u00ff'])(
  'an upgrade of %s is answered 404 or 400, and ends nothing',
  async target => {
    expect(await raw(upgrade(target))).toMatch(/^HTTP\/1\.1 (404|400)/);
    await isAlive();
  },
);

test('an upgrade of /graphql with a query is served', async () => {
  expect(await raw(upgrade('/graphql?a=//['), 300)).toMatch(/^HTTP\/1\.1 101/);
});

test('a path that cannot be decoded is a coded 400', async () => {
  for (const path of ['/documents/%E0%A4%A', '/recordings/%', '/images/%ff', '/documents/%E0%A4%A?organization=%']) {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer, path).toMatch(/^HTTP\/1\.1 400/);
    expect(answer, path).toContain('"code":"BAD_REQUEST"');
  }
});

test('a body that does not match its headers is a coded 4xx', async () => {
  const gzip = await root.post('{"query":"{ viewer { name } }"}', { 'content-encoding': 'gzip' });
  expect([gzip.status, gzip.errors![0]!.extensions.code]).toEqual([400, 'BAD_REQUEST']);
  const unknown = await root.post('{}', { 'content-encoding': 'zstd-or-so' });
  expect([unknown.status, unknown.errors![0]!.extensions.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
});

const pieces = [
  '/',
  '\\',
  '//',
  '[',
  ']',
  '%',
  '%00',
  '%E0%A4%A',
  '?',
  '#',
  ':',
  '@',
  '..',
  'graphql',
  'documents',
  'http://',
  '\t',
  '\u00e9',
  '{',
  '*',
  '\0',
  ' ',
];
const headers = [
  'Host: ',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Upgrade: h2c',
  'Sec-WebSocket-Key: x',
  'Sec-WebSocket-Version: 99',
  'Sec-WebSocket-Protocol: ,,',
  'Sec-WebSocket-Extensions: permessage-deflate; x=',
  'Content-Length: -1',
  'Content-Length: 99999999',
  'Transfer-Encoding: chunked',
  'Authorization: Bearer \u00ff',
  'X-Request-Id: \u0001',
  'Expect: 100-continue',
  'Accept: ;q=',
  'Range: bytes=9-1',
  'Content-Encoding: gzip',
  ': ',
  'A'.repeat(9_000),
];

test('1,400 malformed targets and headers end nothing', async () => {
  const { int, pick } = seeded(20);
  const one = async () => {
    const target = Array.from({ length: 1 + int(6) }, () => pick(pieces)).join('');
    const lines = Array.from({ length: int(6) }, () => pick(headers));
    const method = pick(['GET', 'POST', 'HEAD', 'CONNECT', 'OPTIONS', 'PRI', 'get']);
    const answer = await raw(
      Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${pick(['', '{', '0\r\n\r\n'])}`, 'latin1'),
      60,
    );
    expect(answer).not.toMatch(/^HTTP\/1\.1 500/);
  };
  for (let round = 0; round < 35; round++) await Promise.all(Array.from({ length: 40 }, one));
  await isAlive();
}, 300_000);

test('600 malformed frames and messages end their own socket at most', async () => {
  const { int, pick } = seeded(21);
  const url = `${root.url.replace('http', 'ws')}/graphql`;
  const good = new WebSocket(url, 'graphql-transport-ws');
  await once(good, 'open');
  good.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${root.key}` } }));
  await once(good, 'message');
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  const messages = [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"type":5}',
    '{"type":"subscribe"}',
    '{"type":"subscribe","id":"1"}',
    '{"type":"subscribe","id":"__proto__","payload":{"query":"{ viewer { name } }"}}',
    '{"type":"subscribe","id":"constructor","payload":{"query":"{"}}',
    '{"type":"subscribe","id":"1","payload":{"query":5}}',
    `{"type":"subscribe","id":"2","payload":{"query":"{ viewer { name } }","variables":{"x":${deep}}}}`,
    `{"type":"subscribe","id":"3","payload":{"query":"${'{a'.repeat(5_000)}"}}`,
    '{"type":"subscribe","id":"4","payload":{"query":"query A { viewer { name } } query B { viewer { name } }"}}',
    '{"type":"complete","id":"x"}',
    '{"type":"ping","payload":5}',
    `{"type":"ping","payload":{"x":${deep}}}`,
    '{"type":"connection_init"}',
  ];
  const one = async () => {
    const { hostname, port } = new URL(root.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {}); // The server ends the socket.
    socket.write(upgrade('/graphql'));
    await once(socket, 'data');
    if (int(2))
      socket.write(frame(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${root.key}` } })));
    for (let n = int(4); n >= 0; n--) {
      if (int(2)) socket.write(frame(pick(messages)));
      else socket.write(Buffer.from(Array.from({ length: 1 + int(30) }, () => int(256))));
    }
    await Promise.race([once(socket, 'close'), sleep(40)]).catch(() => {});
    socket.destroy();
  };
  for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 30 }, one));
  good.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: '{ viewer { role } }' } }));
  const [answer] = await once(good, 'message');
  expect(JSON.parse(String(answer))).toMatchObject({ type: 'next', payload: { data: { viewer: { role: 'ADMIN' } } } });
  good.close();
  await isAlive();
}, 300_000);

/** A text frame as a client sends it, masked. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, 0x80 | payload.length])
      : Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}
