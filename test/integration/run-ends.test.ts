import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CallFailure } from '../../src/domain/ports/call-failure.js';
import { Runner } from '../../src/jobs/runner.js';
import { connectedProject, runView, simulator, smallAccount, startRun } from '../support/extraction.js';
import { heldRunner } from '../support/held-runner.js';
import { until } from '../support/processes.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
let serverUrl: string;
let owner: pg.Client;
beforeAll(async () => {
  // The server's own runner takes nothing: the runners of the tests do.
  const take = Runner.prototype.take;
  const own = new WeakSet<Runner>();
  vi.spyOn(Runner.prototype, 'start').mockImplementation(function (this: Runner) {
    own.add(this);
  });
  vi.spyOn(Runner.prototype, 'take').mockImplementation(async function (this: Runner, ...run) {
    if (!own.has(this)) await take.apply(this, run);
  });
  const file = await serverOfThisFile(quickTimes);
  root = file.root;
  serverUrl = file.database.serverUrl;
  owner = new pg.Client({ connectionString: file.database.ownerUrl });
  await owner.connect();
  // No transaction changes the state of a run without an event.
  await owner.query(`
    CREATE FUNCTION landfall.expect_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND OLD.state = NEW.state THEN RETURN NULL; END IF;
      IF EXISTS (SELECT FROM landfall.project_events WHERE run_id = NEW.id AND type = 'RUN_STATE_CHANGED'
        AND data ->> 'state' = NEW.state AND xmin = pg_current_xact_id()::xid) THEN RETURN NULL; END IF;
      RAISE EXCEPTION 'The state % of a run is written apart from its event', NEW.state;
    END $$;
    CREATE CONSTRAINT TRIGGER told AFTER INSERT OR UPDATE OF state ON landfall.runs DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION landfall.expect_told()`);
});
afterAll(async () => {
  await owner.end();
  vi.restoreAllMocks();
});

/** A DISCOVERY that waits for a worker. */
async function queued() {
  const projectId = await connectedProject(root, await simulator(smallAccount(3)));
  const { run } = await startRun(root, { projectId, kind: 'DISCOVERY' });
  const uuid = (run.id as string).replace('run_', '');
  const { rows } = await owner.query('SELECT organization_id FROM landfall.runs WHERE id = $1', [uuid]);
  return { id: run.id as string, uuid, organizationId: rows[0].organization_id as string };
}
type Queued = Awaited<ReturnType<typeof queued>>;

/** A run in the middle of its work, by a worker that sees requests only if the test wants it. */
async function working({ unsubscribe = true } = {}) {
  const run = await queued();
  const held = await heldRunner(serverUrl, { unsubscribe });
  await held.runner.take(run.uuid, run.organizationId);
  await held.source.inCensus;
  return { run, ...held };
}

const act = (name: string, runId: string) =>
  root.mutate(name, 'RunActionInput', { runId }, 'run { state requested allowedActions }');

async function wish(name: string, runId: string): Promise<void> {
  expect((await act(name, runId)).userErrors).toEqual([]);
}

/** Another worker takes the run where it may; answers the calls that it made. */
async function takenByAnother({ uuid, organizationId }: Queued): Promise<number> {
  const { runner, source } = await heldRunner(serverUrl);
  source.letGo();
  await runner.take(uuid, organizationId);
  await until('the run to be left', async () => {
    const { rows } = await owner.query('SELECT until FROM landfall.run_leases WHERE run_id = $1', [uuid]);
    return rows[0].until === null;
  });
  return source.asked;
}

const stateOf = async ({ id }: Queued) => (await runView(root, id)).state;

async function eventsOf({ uuid }: Queued): Promise<string[]> {
  const sql = `SELECT data ->> 'state' AS state FROM landfall.project_events WHERE run_id = $1 AND type = 'RUN_STATE_CHANGED' ORDER BY seq`;
  return (await owner.query(sql, [uuid])).rows.map(({ state }) => state);
}

const wishes = [
  ['pauseRun', 'PAUSED'],
  ['cancelRun', 'CANCELLED'],
] as const;

test.each(wishes)('%s while the server shuts down: the run is %s, and nothing more is done', async (name, state) => {
  const { run, runner, source } = await working();
  const stopped = runner.stop();
  await wish(name, run.id);
  source.letGo();
  await stopped;
  expect(await stateOf(run)).toBe(state);
  expect(source.asked).toBe(2);
  expect(await takenByAnother(run)).toBe(0);
  expect(await eventsOf(run)).toEqual(['QUEUED', 'RUNNING', state]);
});

test.each(wishes)(
  '%s, and the process is killed: the next one sees to it that the run is %s, and works on nothing',
  async (name, state) => {
    const { run } = await working();
    await wish(name, run.id);
    // What a process that is killed leaves: a lease that runs out.
    await owner.query(`UPDATE landfall.run_leases SET until = now() - interval '1 second' WHERE run_id = $1`, [run.uuid]);
    expect(await takenByAnother(run)).toBe(0);
    expect(await stateOf(run)).toBe(state);
    expect(await eventsOf(run)).toEqual(['QUEUED', 'RUNNING', state]);
  },
);

test.each(wishes)('%s of a run that is about to block, or to end, by itself: it is %s', async (name, state) => {
  for (const end of ['letGo', 'fail'] as const) {
    const { run, source } = await working();
    await wish(name, run.id);
    source[end](new CallFailure('UNAUTHORIZED', 'The key is refused.'));
    await until('its end', async () => (await stateOf(run)) !== 'RUNNING');
    expect(await stateOf(run)).toBe(state);
    expect((await runView(root, run.id)).blockedBy).toEqual([]);
    expect(await eventsOf(run)).toEqual(['QUEUED', 'RUNNING', state]);
  }
});

test('a cancel after a pause is a cancel, even if the worker has seen the pause', async () => {
  const { run, source, beats } = await working({ unsubscribe: false });
  await wish('pauseRun', run.id);
  const before = beats();
  await until('the worker to hear of it', () => beats() > before + 1);
  await wish('cancelRun', run.id);
  source.letGo();
  await until('its end', async () => (await stateOf(run)) !== 'RUNNING');
  expect(await stateOf(run)).toBe('CANCELLED');
});

test('a request counts as done: a cancel cannot be revoked, a pause can, and then the run continues', async () => {
  const { run, source, beats } = await working({ unsubscribe: false });
  await wish('pauseRun', run.id);
  const before = beats();
  await until('the worker to hear of it', () => beats() > before + 1);
  expect(await act('pauseRun', run.id)).toEqual({
    run: { state: 'RUNNING', requested: 'PAUSE', allowedActions: ['resumeRun', 'cancelRun'] },
    userErrors: [],
  });
  expect((await act('resumeRun', run.id)).run).toMatchObject({ state: 'RUNNING', requested: null });
  source.letGo();
  await until('its end', async () => (await stateOf(run)) !== 'RUNNING');
  expect(await eventsOf(run)).toEqual(['QUEUED', 'RUNNING', 'RUNNING', 'SUCCEEDED']);

  const other = await working();
  expect((await act('cancelRun', other.run.id)).run).toMatchObject({ state: 'RUNNING', requested: 'CANCEL' });
  await wish('cancelRun', other.run.id);
  for (const name of ['pauseRun', 'resumeRun'])
    expect((await act(name, other.run.id)).userErrors).toMatchObject([
      { code: 'RUN_STATE_CONFLICT', message: 'The run is about to be CANCELLED: it allows nothing.' },
    ]);
  other.source.letGo();
  await until('its end', async () => (await stateOf(other.run)) !== 'RUNNING');
  expect(await stateOf(other.run)).toBe('CANCELLED');
  expect((await act('cancelRun', other.run.id)).run).toMatchObject({ state: 'CANCELLED', requested: null });
});

test('each state is written with its event: queued, begun, blocked, resumed, paused, ended', async () => {
  const { run, source } = await working();
  source.fail(new CallFailure('UNAUTHORIZED', 'The key is refused.'));
  await until('the blocker', async () => (await stateOf(run)) === 'BLOCKED');
  await wish('resumeRun', run.id);
  await wish('pauseRun', run.id);
  await wish('resumeRun', run.id);
  expect(await takenByAnother(run)).toBe(3);
  expect(await stateOf(run)).toBe('SUCCEEDED');
  expect(await eventsOf(run)).toEqual(['QUEUED', 'RUNNING', 'BLOCKED', 'QUEUED', 'PAUSED', 'QUEUED', 'RUNNING', 'SUCCEEDED']);
});

test('a run is not started after the runner was stopped, even if its lease was requested before', async () => {
  const run = await queued();
  const { runner, source } = await heldRunner(serverUrl);
  await owner.query('BEGIN');
  await owner.query('LOCK TABLE landfall.run_leases IN SHARE MODE');
  const taking = runner.take(run.uuid, run.organizationId);
  await until('its lease to be waited for', async () => {
    const sql = `SELECT FROM pg_locks WHERE relation = 'landfall.run_leases'::regclass AND NOT granted`;
    return (await owner.query(sql)).rows.length > 0;
  });
  const stopped = runner.stop();
  await owner.query('COMMIT');
  await Promise.all([taking, stopped]);
  expect(source.asked).toBe(0);
  const leases = () => owner.query('SELECT epoch, until FROM landfall.run_leases WHERE run_id = $1', [run.uuid]);
  expect((await leases()).rows).toEqual([{ epoch: 1, until: null }]);
  await runner.take(run.uuid, run.organizationId);
  expect((await leases()).rows).toEqual([{ epoch: 1, until: null }]);
  expect(await takenByAnother(run)).toBe(3);
  expect(await stateOf(run)).toBe('SUCCEEDED');
});
