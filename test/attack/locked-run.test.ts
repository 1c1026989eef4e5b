import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { connectedProject, ended, extract, runView, simulator, smallAccount, startRun } from '../support/extraction.js';
import { until } from '../support/processes.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
let ownerUrl: string;
beforeAll(async () => {
  const file = await serverOfThisFile(quickTimes);
  root = file.root;
  ownerUrl = file.database.ownerUrl;
});

/** Ten leases, and longer than our transactions may be idle. */
const holdMs = 20_000;

test('the row of a run is locked for 20 s: the API answers, other runs end, and the run keeps its lease', async () => {
  const slow = await simulator(smallAccount(60), { latencyMs: 10 });
  const quick = await simulator(smallAccount(10));
  const [held, other] = [await connectedProject(root, slow), await connectedProject(root, quick)];
  const { run } = await startRun(root, { projectId: held, kind: 'EXTRACTION' });
  await until('the run to begin', async () => (await runView(root, run.id)).state === 'RUNNING');
  const foreign = new pg.Client({ connectionString: ownerUrl });
  const observer = new pg.Client({ connectionString: ownerUrl });
  await Promise.all([foreign.connect(), observer.connect()]);
  try {
    const uuid = run.id.replace('run_', '');
    await foreign.query('BEGIN');
    await foreign.query('SELECT FROM landfall.runs WHERE id = $1 FOR UPDATE', [uuid]);
    const begun = performance.now();
    let maxWaiting = 0;
    let asked = 0;
    const whileHeld = until('the row to have been held long enough', async () => {
      const { data, errors } = await root.ask(
        '{ projects(first: 5) { edges { node { id runs(first: 5) { edges { node { state } } } } } } }',
      );
      expect(errors).toBeUndefined();
      expect(data.projects.edges.length).toBe(2);
      expect((await runView(root, run.id)).progress.waitingFor).not.toBe('STALLED');
      const { rows } = await observer.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      maxWaiting = Math.max(maxWaiting, rows[0]!.n);
      asked++;
      return performance.now() - begun > holdMs;
    });
    expect((await extract(root, other)).state).toBe('SUCCEEDED');
    await whileHeld;
    expect(asked).toBeGreaterThan(10);
    // The run's own write, and no pile of others behind it.
    expect(maxWaiting).toBe(1);
    await foreign.query('COMMIT');
    expect((await ended(root, run.id)).state).toBe('SUCCEEDED');
    const { rows } = await observer.query('SELECT lease_epoch FROM landfall.runs WHERE id = $1', [uuid]);
    expect(rows).toEqual([{ lease_epoch: 1 }]);
  } finally {
    await Promise.all([foreign.end(), observer.end()]);
  }
});

test('a statement for the API that waits too long ends in a coded answer, and its connection is free again', async () => {
  const { root: impatient, database } = await serverOfThisFile({ ...quickTimes, STATEMENT_TIMEOUT_MS: '300' });
  const infoset = await simulator(smallAccount(20), { latencyMs: 20 });
  const projectId = await connectedProject(impatient, infoset);
  const { run } = await startRun(impatient, { projectId, kind: 'EXTRACTION' });
  const foreign = new pg.Client({ connectionString: database.ownerUrl });
  await foreign.connect();
  try {
    await foreign.query('BEGIN');
    await foreign.query('SELECT FROM landfall.runs WHERE id = $1 FOR UPDATE', [run.id.replace('run_', '')]);
    const pause = 'mutation ($id: ID!) { pauseRun(input: { runId: $id }) { run { state } userErrors { code } } }';
    for (let n = 0; n < 3; n++) {
      const { status, errors } = await impatient.ask(pause, { id: run.id });
      expect(status).toBe(503);
      expect(errors).toMatchObject([{ extensions: { code: 'DATABASE_UNAVAILABLE', retryable: true } }]);
    }
    await foreign.query('COMMIT');
  } finally {
    await foreign.end();
  }
  expect((await ended(impatient, run.id)).state).toBe('SUCCEEDED');
});
