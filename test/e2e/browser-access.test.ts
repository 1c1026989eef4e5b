import { once } from 'node:events';
import { createServer } from 'node:http';
import { beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Partner, serverOfThisFile } from '../support/server.js';

const portal = 'https://portal.example';
const publicUrl = 'https://api.example/landfall';

/** A server with the defaults, and one as an operator sets it. */
let plain: Partner;
let strict: Partner;
beforeAll(async () => {
  ({ root: plain } = await serverOfThisFile());
  const port = await freePort();
  const { root } = await serverOfThisFile({
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    ALLOWED_ORIGINS: `http://localhost:5173, ${portal}/`,
    GRAPHQL_INTROSPECTION: '0',
    GRAPHIQL: 'false',
  });
  strict = new Partner(`http://127.0.0.1:${port}`, root.key);
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

const preflight = (partner: Partner, path: string, origin: string) =>
  fetch(`${partner.url}${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,x-request-id',
    },
  });

const allowed = ({ headers }: { headers: Headers }) => headers.get('access-control-allow-origin');

test('a page of a listed origin may call the API and download; no cookie is ever allowed', async () => {
  for (const origin of [portal, 'http://localhost:5173']) {
    for (const path of ['/graphql', '/documents/doc_x', '/recordings/rec_x']) {
      const answer = await preflight(strict, path, origin);
      expect([answer.status, allowed(answer)], path).toEqual([204, origin]);
      expect(answer.headers.get('access-control-allow-headers')).toBe('authorization,content-type,x-request-id');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      expect(answer.headers.get('vary')).toContain('Origin');
    }
  }
  const query = await strict.post('{"query":"{ viewer { role } }"}', { origin: portal });
  expect([allowed(query), query.data.viewer.role]).toEqual([portal, 'ADMIN']);
  expect(query.headers.get('access-control-expose-headers')).toMatch(/X-Request-Id.*Content-Range/);
  // Errors too, so that a portal can show them.
  const refused = await strict.post('{}', { origin: portal, authorization: '' });
  expect([refused.status, allowed(refused)]).toEqual([401, portal]);
});

test.each([
  `${portal}.attacker.test`,
  'http://portal.example',
  `${portal}:8443`,
  'null',
  'https://PORTAL.example@attacker.test',
  '*',
])('a page of %s gets no permission', async origin => {
  for (const partner of [strict, plain]) {
    const answer = await preflight(partner, '/graphql', origin);
    expect([answer.status, allowed(answer)]).toEqual([204, null]);
    expect(allowed(await partner.post('{"query":"{ viewer { role } }"}', { origin }))).toBeNull();
  }
});

test('no origin is allowed by default, and health and images allow none', async () => {
  expect(allowed(await preflight(plain, '/graphql', portal))).toBeNull();
  for (const path of ['/healthz', '/images/x', '/graphiql'])
    expect(allowed(await preflight(strict, path, portal)), path).toBeNull();
});

/** The status of an upgrade with this Origin. */
async function opens({ url }: Partner, origin?: string): Promise<number> {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', origin ? { origin } : {});
  ws.on('error', () => {}); // `unexpected-response` says it.
  const status = await Promise.race([
    once(ws, 'open').then(() => 101),
    once(ws, 'unexpected-response').then(([, response]) => (response as { statusCode: number }).statusCode),
  ]);
  ws.terminate();
  return status;
}

test('a socket opens for programs, for pages of this server and of listed origins, and for no others', async () => {
  expect(await opens(strict)).toBe(101);
  expect(await opens(strict, portal)).toBe(101);
  expect(await opens(strict, strict.url)).toBe(101);
  expect(await opens(strict, 'https://api.example')).toBe(101);
  expect(await opens(strict, 'https://portal.example.attacker.test')).toBe(403);
  expect(await opens(strict, 'null')).toBe(403);
  expect(await opens(plain, plain.url)).toBe(101);
  expect(await opens(plain, portal)).toBe(403);
});

test('what a browser sends without asking first is refused (CSRF)', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const { status, errors } = await plain.post('{"query":"{ viewer { role } }"}', { 'content-type': type });
    expect([status, errors![0]!.extensions.code], type).toEqual([400, 'BAD_REQUEST']);
  }
});

test('every answer has the security headers, and HSTS if clients use https', async () => {
  for (const path of ['/graphql', '/healthz', '/nowhere', '/documents/x', '/images/%', '/graphiql']) {
    for (const partner of [plain, strict]) {
      const { headers } = await fetch(`${partner.url}${path}`);
      expect(Object.fromEntries(headers), path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      });
      const hsts = headers.get('strict-transport-security');
      if (partner === plain) expect(hsts).toBeNull();
      else expect(hsts).toMatch(/^max-age=\d{7,}$/);
    }
  }
});

test('introspection and GraphiQL are on by default, and the configuration switches them off', async () => {
  const schema = '{ __schema { queryType { name } } }';
  expect((await plain.ask(schema)).data.__schema.queryType.name).toBe('Query');
  expect((await fetch(`${plain.url}/graphiql`)).status).toBe(200);
  for (const query of [schema, '{ __type(name: "Query") { name } }', '{ a: viewer { name } b: __schema { types { name } } }'])
    expect((await strict.ask(query)).errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  expect((await strict.ask('{ __typename viewer { __typename } }')).data).toEqual({
    __typename: 'Query',
    viewer: { __typename: 'Viewer' },
  });
  const page = await fetch(`${strict.url}/graphiql`);
  expect(page.status).toBe(404);
  expect(await page.text()).not.toContain('/graphiql');
});
