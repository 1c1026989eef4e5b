import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { CallFailure } from '../../src/domain/ports/call-failure.js';
import { failureOfStatus } from '../../src/http/failure.js';
import { createHttp } from '../../src/http/http-client.js';
import { isPrivateAddress } from '../../src/http/private-hosts.js';

const maxBytes = 1024 * 1024;
const http = createHttp({ requestTimeoutMs: 300, allowPrivateHosts: true });

async function serving(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return new URL(`http://127.0.0.1:${(server.address() as { port: number }).port}/`);
}

const failure = (url: URL, signal?: AbortSignal): Promise<CallFailure> =>
  http({ url, maxBytes, ...(signal ? { signal } : {}) }).then(
    () => Promise.reject(new Error('It did not fail.')),
    error => error,
  );

test('every request without an answer is classified', async () => {
  expect(await failure(await serving(request => request.socket.destroy()))).toMatchObject({
    kind: 'RESET',
    isAmbiguous: true,
    isTransient: true,
  });
  expect(await failure(await serving(() => {}))).toMatchObject({ kind: 'TIMEOUT', isAmbiguous: true, isTransient: true });
  const cut: RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half');
    setTimeout(() => response.destroy(), 20);
  };
  expect(await failure(await serving(cut))).toMatchObject({ kind: 'RESET' });
  expect(await failure(new URL('http://127.0.0.1:9/'))).toMatchObject({ kind: 'UNREACHABLE', isAmbiguous: false });
  expect(await failure(new URL('http://no-such-host.invalid/'))).toMatchObject({ kind: 'UNREACHABLE' });
  expect(await failure(await serving(() => {}), AbortSignal.timeout(20))).not.toMatchObject({ kind: expect.anything() });
});

test('statuses: an answer is passed on, and means one thing', async () => {
  const answer = async (status: number, headers: Record<string, string> = {}, body = '') => {
    const url = await serving((_request, response) => response.writeHead(status, headers).end(body));
    return failureOfStatus(await http({ url, maxBytes }), 5_000);
  };
  expect(await answer(200)).toBeNull();
  const kinds = {
    301: 'REJECTED',
    400: 'REJECTED',
    401: 'UNAUTHORIZED',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
    408: 'TIMEOUT',
    410: 'GONE',
    422: 'REJECTED',
    429: 'RATE_LIMITED',
    500: 'SERVER_ERROR',
    503: 'SERVER_ERROR',
  };
  for (const [status, kind] of Object.entries(kinds)) expect((await answer(Number(status)))?.kind, status).toBe(kind);
  expect((await answer(429))?.details.retryAfterMs).toBe(5_000);
  expect((await answer(429, { 'retry-after': '2' }))?.details.retryAfterMs).toBe(2_000);
  expect((await answer(400, {}, '{"message":"Bad id."}'))?.message).toBe('Answered 400: Bad id.');
  expect((await answer(502, {}, '<html><h1>x</h1>'))?.message).toBe('Answered 502 with a page of HTML.');
});

test('private addresses are refused, written out and by name, redirects are not followed', async () => {
  const strict = createHttp({ requestTimeoutMs: 300, allowPrivateHosts: false });
  for (const host of [
    '127.0.0.1',
    'localhost',
    '[::1]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '[fd00::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '2130706433',
    // Addresses that lead or translate to 127.0.0.1: compatible, mapped, translated, 6to4, NAT64, Teredo, ISATAP.
    '[::7f00:1]',
    '[::ffff:7f00:1]',
    '[::ffff:0:127.0.0.1]',
    '[2002:7f00:1::]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2001:0:7f00:1::80ff:fffe]',
    '[2606:4700::5efe:7f00:1]',
    '[2606:4700::200:5efe:7f00:1]',
    '[::a00:1]',
    '[64:ff9b::a9fe:a9fe]',
    '[fec0::1]',
    '[4000::1]',
  ]) {
    await expect(strict({ url: new URL(`http://${host}:9/`), maxBytes }), host).rejects.toMatchObject({ kind: 'PRIVATE_HOST' });
  }
  expect(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'].filter(isPrivateAddress)).toEqual([]);
  const url = await serving((_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end());
  expect((await http({ url, maxBytes })).status).toBe(302);
});
