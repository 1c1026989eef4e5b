import { expect, test } from 'vitest';
import { Random } from '../../src/simulators/random.js';
import { connectedProject, expectWhole, runView, simulator, smallAccount, stagedOf, startRun } from '../support/extraction.js';
import { until } from '../support/processes.js';
import { RestartableServer } from '../support/restartable-server.js';

const kills = Number(process.env.LANDFALL_KILLS ?? 2);

test(`SIGKILL at ${kills} seeded moments of an extraction: the same staged rows, and no more read again than was in flight`, async () => {
  const infoset = await simulator(smallAccount(60), { latencyMs: 3 });
  const server = await RestartableServer.start({ LEASE_MS: '800', REQUEST_TIMEOUT_MS: '1000' });
  const projectId = await connectedProject(server.partner, infoset);
  const { run } = await startRun(server.partner, { projectId, kind: 'EXTRACTION' });
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
    await server.kill();
  }
  await until('the run to end', async () => (await runView(server.partner, run.id)).isTerminal);
  expect((await runView(server.partner, run.id)).state).toBe('SUCCEEDED');
  expectWhole(await stagedOf(server.ownerUrl, projectId), infoset.account);
  expect(logCalls()).toBeLessThanOrEqual(pages + 5 * kills);
  expect(emailCalls()).toBeLessThanOrEqual(emails + 5 * kills);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
