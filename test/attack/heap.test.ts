import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import {
  connectedProject,
  ended,
  extract,
  issuesOf,
  setConnection,
  simulator,
  smallAccount,
  stagedOf,
  startRun,
} from '../support/extraction.js';
import { until } from '../support/processes.js';
import { RestartableServer } from '../support/restartable-server.js';

const megabyte = 1024 * 1024;
const times = { LEASE_MS: '5000', REQUEST_TIMEOUT_MS: '10000', SETTLE_MS: '300', RATE_LIMIT_WAIT_MS: '300' };
/** As `npm start` runs it: 256 MB of heap. */
const startOptions = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }).scripts.start.match(
  /--\S+/g,
)!;

async function serving(listener: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const alive = async (server: RestartableServer) => {
  expect(server.hasEnded).toBe(false);
  expect((await server.partner.ask('{ viewer { name } }')).errors).toBeUndefined();
};

test('base URLs with answers that exceed the heap: reported as a failed connection, and the process lives', async () => {
  const server = await RestartableServer.start(times, startOptions);
  const { project } = await server.partner.createProject({ name: 'Hostile' });
  const bodies: [Record<string, string>, Buffer | string][] = [
    [{}, `[${'{"a":1},'.repeat(7.5 * megabyte)}{}]`],
    [{}, '['.repeat(6 * megabyte)],
    [{}, '{"a":'.repeat(190_000)],
    [{}, `[${'{},'.repeat(340_000)}{}]`],
    [{ 'content-encoding': 'gzip' }, gzipSync('['.repeat(200 * megabyte))],
  ];
  for (const [headers, body] of bodies) {
    for (const status of [200, 401]) {
      const baseUrl = await serving((_request, response) => void response.writeHead(status, headers).end(body));
      for (const side of ['SOURCE', 'DESTINATION'] as const) {
        const { connection, userErrors } = await setConnection(server.partner, project.id, { side, baseUrl, secret: 'secret' });
        if (connection) expect(connection.status).toBe('FAILED');
        else expect(userErrors[0]!.code).not.toBe('INTERNAL_ERROR');
      }
    }
  }
  await alive(server);
}, 300_000);

test('a source with only pages of the maximum size: pages wait for each other, and the process lives', async () => {
  const server = await RestartableServer.start(times, startOptions);
  const items = (item: (id: number) => string, count: number) =>
    Buffer.from(`{"totalItems":100000,"items":[${Array.from({ length: count }, (_, id) => item(id)).join(',')}]}`);
  const pages = [
    items(id => `{"id":${id},"subject":"${'ş'.repeat(75_000)}"}`, 100),
    items(id => `{"id":${id},"subject":"${'x'.repeat(150_000)}ş"}`, 100),
    items(id => `{"id":${id},${Array.from({ length: 250 }, (_, n) => `"f${id}x${n}":${n}`).join(',')}}`, 550),
    items(id => `{"id":${id},"a":[${'[],'.repeat(50_000)}[]]}`, 100),
  ];
  let asked = 0;
  const baseUrl = await serving((request, response) => {
    const json = { 'content-type': 'application/json', date: new Date().toUTCString() };
    if (!request.url!.startsWith('/v1/tickets')) return void response.writeHead(200, json).end('{"id":71,"name":"Hostile"}');
    response.writeHead(200, json).end(pages[asked++ % pages.length]);
  });
  const { project } = await server.partner.createProject({ name: 'Hostile' });
  expect((await setConnection(server.partner, project.id, { baseUrl, secret: 'secret' })).connection.status).toBe('OK');
  const { run } = await startRun(server.partner, { projectId: project.id, kind: 'EXTRACTION' });
  await until('pages to be read', () => server.hasEnded || asked >= 24, 240_000);
  await alive(server);
  await server.partner.mutate('cancelRun', 'RunActionInput', { runId: run.id }, 'run { id }');
  expect((await ended(server.partner, run.id)).state).not.toBe('FAILED');
}, 300_000);

test('pages that are too large are requested again in smaller ones; a record that is too large is reported, the others arrive', async () => {
  const infoset = await simulator(smallAccount(8));
  const { account } = infoset;
  const template = account.all('contacts')[0]!;
  for (let n = 0; n < 20; n++)
    account.put('contacts', {
      ...template,
      id: 7_700_000 + n,
      email: `long${n}@ege.example`,
      notes: `${n} ${'çok '.repeat(400_000)}`,
    });
  const server = await RestartableServer.start({ ...times, LEASE_MS: '20000', REQUEST_TIMEOUT_MS: '30000' }, startOptions);
  const projectId = await connectedProject(server.partner, infoset);
  expect((await extract(server.partner, projectId, 240_000)).state).toBe('SUCCEEDED');
  const held = (await stagedOf(server.ownerUrl, projectId)).get('contacts')!;
  expect(held.size).toBe(account.all('contacts').length);
  for (const contact of account.all('contacts'))
    expect(held.get(String(contact.id)) === JSON.stringify(contact), String(contact.id)).toBe(true);

  account.put('contacts', { ...template, id: 7_800_000, email: 'whale@ege.example', notes: 'x'.repeat(17 * megabyte) });
  account.put('contacts', { ...template, id: 7_800_001, email: 'minnow@ege.example', notes: 'short' });
  const run = await extract(server.partner, projectId, 240_000);
  expect(run).toMatchObject({ state: 'INCOMPLETE', blockedBy: [] });
  const staged = (await stagedOf(server.ownerUrl, projectId)).get('contacts')!;
  expect([staged.has('7800000'), staged.has('7800001'), staged.size]).toEqual([false, true, account.all('contacts').length - 1]);
  const issues = await issuesOf(server.partner, projectId);
  expect(issues.filter(({ code }) => code === 'RECORD_TOO_LARGE')).toMatchObject([{ recordType: 'CONTACT', severity: 'ERROR' }]);
  await alive(server);
}, 600_000);
