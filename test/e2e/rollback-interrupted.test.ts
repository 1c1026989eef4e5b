import { expect, test } from 'vitest';
import { workspace } from '../support/destination.js';
import { ended, issuesOf, runView, simulator, smallAccount } from '../support/extraction.js';
import { expectBalanced, expectExactlyOnce, produce, readyProject, startProduction } from '../support/load.js';
import { until } from '../support/processes.js';
import { RestartableServer } from '../support/restartable-server.js';
import { codesOf, makePlan, seen, startRollback } from '../support/rollback.js';

const kills = Number(process.env.LANDFALL_KILLS ?? 2);

test(`a load that was cancelled in the middle is rolled back completely, with ${kills} kills and lost answers, and loaded again`, async () => {
  const infoset = await simulator(smallAccount(12));
  const intercom = await workspace({ latencyMs: 4 });
  const server = await RestartableServer.start({ LEASE_MS: '2000', REQUEST_TIMEOUT_MS: '1500', SETTLE_MS: '300' });
  const before = seen(intercom);
  const projectId = await readyProject(server.partner, infoset, intercom);
  const prepared = intercom.writes();
  const runId = await startProduction(server.partner, projectId);
  await until('a conversation', () => intercom.workspace.conversations.size >= 5);
  expect(codesOf(await server.partner.mutate('cancelRun', 'RunActionInput', { runId }, 'run { id }'))).toEqual([]);
  expect((await ended(server.partner, runId)).state).toBe('CANCELLED');
  expect(intercom.writes()).toBeGreaterThan(prepared);
  const plan = await makePlan(server.partner, projectId);
  expect(plan.plan!.filter(row => row.action === 'KEEP').map(row => row.destinationType)).toEqual(['ATTRIBUTE']);
  intercom.server.faults.add({ kind: 'RESET_AFTER', share: 0.05, seed: 7 });
  const start = intercom.writes();
  const { run, userErrors } = await startRollback(server.partner, projectId, { planHash: plan.planHash });
  expect(userErrors).toEqual([]);
  for (let kill = 0; kill < kills; kill++) {
    const point = 3 + Math.floor((60 / kills) * kill);
    await until(
      `write ${point}`,
      async () => intercom.writes() - start >= point || (await runView(server.partner, run.id)).isTerminal,
    );
    await server.kill();
  }
  const done = await ended(server.partner, run.id, 240_000);
  expect((await issuesOf(server.partner, projectId)).filter(each => each.code.startsWith('ROLLBACK'))).toEqual([]);
  expect(done.state).toBe('SUCCEEDED');
  expect(seen(intercom)).toEqual(before);
  const deleted = intercom.workspace.deletedConversations.map(({ id }) => id);
  expect(deleted.length).toBeGreaterThan(0);
  expect(new Set(deleted).size).toBe(deleted.length);
  intercom.server.faults.clear();
  const again = await produce(server.partner, projectId);
  await expectBalanced(server.partner, projectId, again.state);
  expectExactlyOnce(intercom, infoset);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
}, 600_000);
