import { createServer, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { CallFailure } from '../../src/domain/ports/call-failure.js';
import { parseJson } from '../../src/http/bounded-json.js';
import type { HttpCall } from '../../src/http/call.js';
import { failureOfStatus } from '../../src/http/failure.js';
import { createHttp } from '../../src/http/http-client.js';

const megabyte = 1024 * 1024;
const http = createHttp({ requestTimeoutMs: 20_000, allowPrivateHosts: true });

async function serving(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return new URL(`http://127.0.0.1:${(server.address() as { port: number }).port}/`);
}

const ask = (url: URL, more: Partial<HttpCall> = {}) => http({ url, maxBytes: megabyte, ...more });

const always = (status: number, headers: Record<string, string | string[]>, body: Buffer | string): RequestListener => {
  return (_request, response) => response.writeHead(status, headers).end(body);
};

test('a success is read up to its limit, for any length and coding, even without an end', async () => {
  const large = Buffer.alloc(40 * megabyte, ' ');
  let sent = 0;
  const endless: RequestListener = (_request, response) => {
    const more = (): void => {
      while (response.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024;
      sent += 64 * 1024;
      response.once('drain', more);
    };
    more();
  };
  for (const listener of [
    always(200, { 'content-length': String(large.length) }, large),
    always(200, { 'content-encoding': 'gzip' }, gzipSync(large)),
    always(200, { 'content-encoding': 'br' }, brotliCompressSync(large)),
    endless,
  ])
    await expect(ask(await serving(listener))).rejects.toMatchObject({
      kind: 'TOO_LARGE',
      isTransient: false,
      isAmbiguous: false,
    });
  expect(sent).toBeLessThan(20 * megabyte);
  const fits = await ask(await serving(always(200, { 'content-encoding': 'gzip' }, gzipSync('ş'.repeat(400_000)))));
  expect(fits.text).toBe('ş'.repeat(400_000));
});

test('only the beginning of a failure is read, and its status still counts', async () => {
  const body = `{"message":"Bad id.","more":"${'x'.repeat(10 * megabyte)}"}`;
  const answers = [
    [{}, body],
    [{ 'content-encoding': 'gzip' }, gzipSync(body)],
  ] as const;
  for (const [status, kind] of [
    [401, 'UNAUTHORIZED'],
    [404, 'NOT_FOUND'],
    [500, 'SERVER_ERROR'],
    [302, 'REJECTED'],
  ] as const) {
    for (const [headers, bytes] of answers) {
      const answer = await ask(await serving(always(status, headers, bytes)));
      expect(answer.text.length).toBeLessThanOrEqual(megabyte);
      expect(failureOfStatus(answer, 1_000)).toMatchObject({ kind });
    }
  }
});

test('headers, codings and statuses of a hostile server are failures with a kind', async () => {
  const overflow = always(200, { 'x-much': 'a'.repeat(40_000) }, '{}');
  await expect(ask(await serving(overflow))).rejects.toMatchObject({ kind: 'TOO_LARGE' });
  const manyCodings = always(200, { 'content-encoding': 'gzip, '.repeat(2_000) }, gzipSync('{}'));
  await expect(ask(await serving(manyCodings))).rejects.toMatchObject({ kind: 'NOT_JSON' });
  for (const coding of ['deflate', 'zstd', 'gzip, gzip', '__proto__', 'constructor'])
    await expect(ask(await serving(always(200, { 'content-encoding': coding }, 'x')))).rejects.toMatchObject({
      kind: 'NOT_JSON',
    });
  for (const bytes of ['no gzip at all', gzipSync('{"a":"b"}').subarray(0, 12)])
    await expect(ask(await serving(always(200, { 'content-encoding': 'gzip' }, bytes)))).rejects.toMatchObject({ kind: 'RESET' });
  const words = JSON.stringify({ message: 'a\0b\u0007\ud800'.repeat(1_000) });
  const failure = failureOfStatus(await ask(await serving(always(400, {}, words))), 1_000)!;
  expect(failure.message.length).toBeLessThan(600);
  expect(failure.message).not.toMatch(/\p{C}/u);
});

test('nesting and number of values are counted before parsing, and the content of strings does not count', () => {
  const refused = (text: string) => {
    try {
      parseJson(text);
    } catch (error) {
      return error instanceof CallFailure ? error.kind : (error as Error).name;
    }
    return null;
  };
  const began = performance.now();
  expect(refused('['.repeat(6 * megabyte))).toBe('TOO_LARGE');
  expect(refused('{"a":'.repeat(megabyte))).toBe('TOO_LARGE');
  expect(refused(`[${'{},'.repeat(megabyte)}{}]`)).toBe('TOO_LARGE');
  expect(refused(`[${'1,'.repeat(megabyte)}1]`)).toBe('TOO_LARGE');
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(refused(JSON.stringify(['['.repeat(megabyte), ',:{'.repeat(megabyte), '\\"[\\\\'.repeat(1_000)]))).toBeNull();
  expect(refused('["\\"[[[", "\\\\", "]"]')).toBeNull();
  expect(refused('["never closed [[[')).toBe('SyntaxError');
  const deep = `${'['.repeat(9_000)}${']'.repeat(9_000)}`;
  expect(refused(deep)).toBeNull();
  expect(parseJson('{"a":[1,{"b":"[ş]"}]}')).toEqual({ a: [1, { b: '[ş]' }] });
});

test('a request is refused in the tick in which it would be sent: after the connection is open, and between two chunks', async () => {
  // Requests that came whole.
  const heard: string[] = [];
  const server = createServer((request, response) => {
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
    });
    request.on('end', () => {
      heard.push(`${request.method} ${length}`);
      response.end('{}');
    });
    request.on('error', () => {});
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as { port: number }).port}/`);
  const lost = new Error('lease lost');
  let checks = 0;
  const beforeSend = () => {
    if (++checks > allowed) throw lost;
  };
  let allowed = 0;
  await expect(ask(url, { method: 'POST', json: { a: 1 }, beforeSend })).rejects.toBe(lost);
  expect([heard, checks]).toEqual([[], 1]);
  allowed = 3;
  checks = 0;
  await expect(ask(url, { method: 'POST', json: { a: 'x'.repeat(megabyte) }, beforeSend })).rejects.toBe(lost);
  allowed = Number.POSITIVE_INFINITY;
  expect((await ask(url, { method: 'PUT', json: { a: 'x'.repeat(megabyte) }, beforeSend })).text).toBe('{}');
  expect((await ask(url, { method: 'DELETE', beforeSend })).text).toBe('{}');
  expect(heard).toEqual([`PUT ${megabyte + 8}`, 'DELETE 0']);
});

test('an aborted call fails with the reason, and a connection that never opens ends', async () => {
  const url = await serving(() => {});
  const abort = new AbortController();
  const lost = new Error('lease lost');
  const called = ask(url, { signal: abort.signal });
  const probe = connect(Number(url.port), '127.0.0.1');
  probe.once('connect', () => {
    probe.destroy();
    abort.abort(lost);
  });
  await expect(called).rejects.toBe(lost);
});
