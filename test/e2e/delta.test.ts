import { beforeAll, expect, test, vi } from 'vitest';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { callsSince, delta, listingPages, sum } from '../support/delta.js';
import { workspace } from '../support/destination.js';
import { simulator, smallAccount, startRun } from '../support/extraction.js';
import { expectBalanced, produce, readyProject } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

vi.setConfig({ testTimeout: 600_000 });

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const stateAt = ({ workspace: held }: IntercomSimulator) => JSON.stringify(held);

test('a delta follows a production run; without a change it writes nothing and asks the source for its listings once', async () => {
  const infoset = await simulator(smallAccount(14));
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  const codes = async (input: object) =>
    (await startRun(root, { projectId, kind: 'DELTA', ...input })).userErrors.map(({ code }: { code: string }) => code);
  expect(await codes({})).toEqual(['ENVIRONMENT_REQUIRED']);
  expect(await codes({ environment: 'SANDBOX' })).toEqual(['INVALID_INPUT']);
  expect(await codes({ environment: 'PRODUCTION' })).toEqual(['PRODUCTION_NOT_RUN']);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);

  const held = stateAt(intercom);
  const writes = intercom.writes();
  for (let time = 0; time < 2; time++) {
    const [asked, read] = [{ ...infoset.server.calls }, { ...intercom.server.calls }];
    await expectBalanced(root, projectId, (await delta(root, projectId)).state);
    const calls = callsSince(infoset.server.calls, asked);
    expect(sum(calls), JSON.stringify(calls)).toBe(listingPages(infoset.account) + 1);
    // Which workspace it is, and nothing else.
    expect(callsSince(intercom.server.calls, read)).toEqual({ 'GET /me': 1 });
  }
  expect(intercom.writes()).toBe(writes);
  expect(stateAt(intercom)).toBe(held);
});
