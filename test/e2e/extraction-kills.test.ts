import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { Random } from '../../src/simulators/random.js';
import { freshDatabase } from '../support/database.js';
import { connectedProject, expectWhole, runView, simulator, smallAccount, stagedOf, startRun } from '../support/extraction.js';
import { TestProcess, until } from '../support/processes.js';
import { Partner } from '../support/server.js';

const kills = Number(process.env.LANDFALL_KILLS ?? 5);
const key = 'a-bootstrap-key-of-the-tests';

test(`SIGKILL at ${kills} seeded moments of an extraction: the same staged rows, and no more read again than was in flight`, async () => {
  const { serverUrl, ownerUrl } = await freshDatabase();
  const infoset = await simulator(smallAccount(300), { latencyMs: 3 });
  const environment = {
    PATH: process.env.PATH,
    PORT: '0',
    DATABASE_URL: serverUrl,
    DATABASE_OWNER_URL: ownerUrl,
    SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'),
    BOOTSTRAP_API_KEY: key,
    ALLOW_PRIVATE_HOSTS: '1',
    LEASE_MS: '800',
    REQUEST_TIMEOUT_MS: '1000',
  };
  const start = async () => {
    const server = new TestProcess(process.execPath, [resolve('dist/src/main.js'), 'serve'], environment);
    await server.says('server ready');
    return { server, partner: new Partner(/"url":"([^"]+)"/.exec(server.output)![1]!, key) };
  };
  let { server, partner } = await start();
  const projectId = await connectedProject(partner, infoset);
  const { run } = await startRun(partner, { projectId, kind: 'EXTRACTION' });
  const logCalls = () => infoset.server.calls['GET /v1/tickets/logs'] ?? 0;
  const emailCalls = () => infoset.server.calls['GET /v1/email/{id}'] ?? 0;
  const all = () => Object.values(infoset.server.calls).reduce((sum, count) => sum + count, 0);
  const emails = infoset.account.all('emails').length + 1;
  const pages = infoset.account
    .all('tickets')
    .reduce((sum, { id }) => sum + Math.max(1, Math.ceil(infoset.account.logs(String(id)).length / 100)), 0);
  const random = new Random(42);
  const moments = Array.from({ length: kills }, () => random.integer(5, pages + emails - 20)).sort((a, b) => a - b);
  for (const moment of moments) {
    await until(`call ${moment}`, () => all() >= moment);
    server.child.kill('SIGKILL');
    await server.exited;
    ({ server, partner } = await start());
  }
  await until('the run to end', async () => (await runView(partner, run.id)).isTerminal);
  expect((await runView(partner, run.id)).state).toBe('SUCCEEDED');
  expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
  expect(logCalls()).toBeLessThanOrEqual(pages + 5 * kills);
  expect(emailCalls()).toBeLessThanOrEqual(emails + 5 * kills);
  server.child.kill('SIGTERM');
  expect(await server.exited).toEqual({ code: 0, signal: null });
});
