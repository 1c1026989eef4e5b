import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { storedAccount } from '../../src/simulators/infoset/stored-account.js';
import { startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { Arrived } from '../support/arrived.js';
import { dealType } from '../support/destination.js';
import { issuesOf } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';
import type { Expectation } from './expectation.js';

// Folders of small accounts that are kept elsewhere. Each is a project of its own on one server; some move at once.
// Where none are named, vitest.config.ts leaves this file out.
const directory = process.env.LANDFALL_CASES_DIR!;
const expectationFile = (folder: string) => new URL(`./expectations/${folder}.ts`, import.meta.url);
const folders = readdirSync(directory, { withFileTypes: true })
  .filter(each => each.isDirectory())
  .map(({ name }) => name);

/** A folder whose right result no file here says: it moves, and what does not arrive is reported. */
const unknown: Expectation = {
  check: ({ reconciliation: { balanced, differences }, issues }) => {
    if (!balanced) expect(issues.length + differences.edges.length).toBeGreaterThan(0);
  },
};

const expectationOf = async (folder: string): Promise<Expectation> =>
  existsSync(expectationFile(folder))
    ? ((await import(expectationFile(folder).href)) as { default: Expectation }).default
    : unknown;

describe('folders of cases', { concurrent: true }, () => {
  let root: Partner;
  const started: { close(): Promise<void> }[] = [];
  afterAll(() => Promise.all(started.map(each => each.close())));
  beforeAll(async () => {
    ({ root } = await serverOfThisFile({ ...quickTimes, REQUEST_TIMEOUT_MS: '10000' }));
  });

  test.each(folders)('%s', { timeout: 600_000 }, async folder => {
    const expected = await expectationOf(folder);
    // Hooks of a test get no context if several tests run at the same time.
    const infoset = await startInfosetSimulator(ownUrl => {
      const account = storedAccount(join(directory, folder), ownUrl);
      for (const [id, bytes] of Object.entries(expected.files ?? {})) account.blobs.files.get(id)!.bytes = bytes;
      return account;
    });
    const intercom = await startIntercomSimulator({ limits: null });
    started.push(infoset, intercom);
    intercom.workspace.objectTypes = [dealType()];
    const projectId = await readyProject(root, infoset, intercom, expected.destination, expected.source);
    const run = await produce(root, projectId);
    const [result, issues] = [await reconciliation(root, projectId), await issuesOf(root, projectId)];
    await expected.check({ arrived: new Arrived(intercom), infoset, issues, reconciliation: result, root, projectId });
    const balanced = expected === unknown ? result.balanced : (expected.balanced ?? true);
    if (balanced) expect(result.differences.edges).toEqual([]);
    expect(result.balanced).toBe(balanced);
    expect(run.state).toBe(balanced ? 'SUCCEEDED' : 'INCOMPLETE');
    // Once more, for a third of them: nothing is left to do. `e2e/second-runs` does every step twice.
    if (folders.indexOf(folder) % 3 !== 0) return;
    const writes = intercom.writes();
    expect((await produce(root, projectId)).state).toBe(run.state);
    if (balanced) expect(intercom.writes()).toBe(writes);
  });
});
