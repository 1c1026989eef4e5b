import { expect, test } from 'vitest';
import type { InfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { connectedProject, ended, runView, setConnection, simulator, smallAccount, startRun } from '../support/extraction.js';
import { until } from '../support/processes.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

const running = serverOfThisFile(quickTimes);
/** Simulators share their defaults. */
const ownCredentials = () => ({
  credentials: { apiKey: 'the first key of this account', email: 'admin@ege.example', password: 'parola-1', tokenSeconds: 3600 },
});
const fewCalls = { calls: 5, windowMs: 300 };

/** An extraction that is in the middle of its work, because the source allows only few calls. */
async function extracting(root: Partner, infoset: InfosetSimulator): Promise<{ projectId: string; runId: string }> {
  const projectId = await connectedProject(root, infoset);
  infoset.settings.limit = fewCalls;
  const before = callsOf(infoset);
  const { run } = await startRun(root, { projectId, kind: 'EXTRACTION' });
  await until('some calls', async () => callsOf(infoset) > before + 8);
  return { projectId, runId: run.id };
}

const callsOf = ({ server }: InfosetSimulator) => Object.values(server.calls).reduce((sum, count) => sum + count, 0);

test('a secret that is replaced in the middle of a run: the run continues with the new one when the old one is refused', async () => {
  const { root } = await running;
  const infoset = await simulator(smallAccount(20), ownCredentials());
  const { credentials } = infoset.settings;
  const [former, next] = [credentials.apiKey, 'the next key of this account'];
  const { projectId, runId } = await extracting(root, infoset);
  // For a while both are valid.
  infoset.server.onCall = ({ headers }) => {
    const given = headers['x-api-key'];
    if (given === former || given === next) credentials.apiKey = given;
  };
  const { connection } = await setConnection(root, projectId, { baseUrl: infoset.url, secret: next });
  expect(connection).toMatchObject({ status: 'OK' });
  expect((await runView(root, runId)).state).toBe('RUNNING');
  const used = new Set<unknown>();
  infoset.server.onCall = ({ headers }) => used.add(headers['x-api-key']);
  infoset.settings.limit = null;
  credentials.apiKey = next;
  expect(await ended(root, runId)).toMatchObject({ state: 'SUCCEEDED', blockedBy: [] });
  expect([...used].at(-1)).toBe(next);
});

test('a secret that is revoked in the middle of a run blocks it, and the run goes on with another one', async () => {
  const { root } = await running;
  const infoset = await simulator(smallAccount(20), ownCredentials());
  const { projectId, runId } = await extracting(root, infoset);
  infoset.settings.credentials.apiKey = 'the next key of this account';
  infoset.settings.limit = null;
  expect(await ended(root, runId)).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'SOURCE_UNAUTHORIZED' }] });
  const { connection } = await setConnection(root, projectId, { baseUrl: infoset.url, secret: 'the next key of this account' });
  expect(connection).toMatchObject({ status: 'OK' });
  await root.mutate('resumeRun', 'RunActionInput', { runId }, 'run { state }');
  expect(await ended(root, runId)).toMatchObject({ state: 'SUCCEEDED', blockedBy: [] });
});
