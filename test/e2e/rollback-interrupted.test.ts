import { beforeAll, expect, test, vi } from 'vitest';
import { workspace } from '../support/destination.js';
import { ended, issuesOf, runView, simulator, smallAccount } from '../support/extraction.js';
import { expectBalanced, expectExactlyOnce, produce, readyProject, startProduction } from '../support/load.js';
import { until } from '../support/processes.js';
import { RestartableServer } from '../support/restartable-server.js';
import { codesOf, executePlan, makePlan, seen, startRollback } from '../support/rollback.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

vi.setConfig({ testTimeout: 600_000 });

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

test('a load that was cancelled in the middle is rolled back completely', async () => {
  const infoset = await simulator(smallAccount(14));
  const intercom = await workspace({ latencyMs: 5 });
  const before = seen(intercom);
  const projectId = await readyProject(root, infoset, intercom);
  const start = intercom.writes();
  const runId = await startProduction(root, projectId);
  await until('a conversation', async () => intercom.workspace.conversations.size >= 5);
  expect(codesOf(await root.mutate('cancelRun', 'RunActionInput', { runId }, 'run { id }'))).toEqual([]);
  expect((await ended(root, runId)).state).toBe('CANCELLED');
  expect(intercom.writes()).toBeGreaterThan(start);
  const plan = await makePlan(root, projectId);
  expect(plan.plan!.filter(row => row.action === 'KEEP').map(row => row.destinationType)).toEqual(['ATTRIBUTE']);
  expect((await executePlan(root, projectId, plan.planHash!)).state).toBe('SUCCEEDED');
  expect(seen(intercom)).toEqual(before);
  const again = await produce(root, projectId);
  await expectBalanced(root, projectId, again.state);
  expectExactlyOnce(intercom, infoset);
});

test('killed repeatedly, with lost answers: the rollback ends, and nothing remains', async () => {
  const infoset = await simulator(smallAccount(12));
  const intercom = await workspace({ latencyMs: 4 });
  const server = await RestartableServer.start({ LEASE_MS: '2000', REQUEST_TIMEOUT_MS: '1500', SETTLE_MS: '300' });
  const before = seen(intercom);
  const projectId = await readyProject(server.partner, infoset, intercom);
  expect((await produce(server.partner, projectId)).state).toBe('SUCCEEDED');
  const plan = await makePlan(server.partner, projectId);
  intercom.server.faults.add({ kind: 'RESET_AFTER', share: 0.05, seed: 7 });
  const start = intercom.writes();
  const { run, userErrors } = await startRollback(server.partner, projectId, { planHash: plan.planHash });
  expect(userErrors).toEqual([]);
  for (const point of [3, 40, 70]) {
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
  expect(new Set(deleted).size).toBe(deleted.length);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
