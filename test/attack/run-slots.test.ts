import { setImmediate as turn } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { HeldRuns } from '../../src/jobs/held-runs.js';
import { RunSlots } from '../../src/jobs/run-slots.js';
import { connectedProject, ended, extract, runView, simulator, smallAccount, startRun } from '../support/extraction.js';
import { until } from '../support/processes.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  root = (await serverOfThisFile(quickTimes)).root;
});

/** A run that the source keeps waiting for an hour. */
async function limitedRun(partner: Partner) {
  const infoset = await simulator(smallAccount(5));
  const projectId = await connectedProject(partner, infoset);
  infoset.server.faults.add({ kind: 'RATE_LIMITED', share: 1, retryAfter: 3_600 });
  const { run } = await startRun(partner, { projectId, kind: 'EXTRACTION' });
  return run.id as string;
}

const waitingForLimit = (partner: Partner, id: string) =>
  until(`run ${id} to wait for the limit`, async () => {
    const { state, progress } = await runView(partner, id);
    return state === 'RUNNING' && progress.waitingFor === 'SOURCE_LIMIT';
  });

test('four runs of one tenant wait for an hour: the run of another starts and ends meanwhile, a fifth says why it waits', async () => {
  const [limited, other] = [await root.below('PARTNER'), await root.below('PARTNER')];
  const waiting = [];
  for (let n = 0; n < 4; n++) waiting.push(await limitedRun(limited));
  for (const id of waiting) await waitingForLimit(limited, id);
  const fifth = await limitedRun(limited);
  const projectId = await connectedProject(other, await simulator(smallAccount(5)));
  expect((await extract(other, projectId)).state).toBe('SUCCEEDED');
  for (const id of waiting) expect(await runView(limited, id)).toMatchObject({ state: 'RUNNING' });
  expect(await runView(limited, fifth)).toMatchObject({ state: 'QUEUED', progress: { waitingFor: 'SLOT' } });
  // They react to requests while they wait.
  for (const runId of [...waiting, fifth]) await limited.mutate('cancelRun', 'RunActionInput', { runId }, 'run { state }');
  for (const id of [...waiting, fifth]) expect((await ended(limited, id)).state).toBe('CANCELLED');
});

test('waiting runs of the four customers of a partner fill every place: one is put back for a run of another partner', async () => {
  const [partner, other] = [await root.below('PARTNER'), await root.below('PARTNER')];
  const infoset = await simulator(smallAccount(5));
  const projects: [Partner, string][] = [];
  for (let n = 0; n < 4; n++) {
    const customer = await partner.below('CUSTOMER');
    for (let m = 0; m < 5; m++) projects.push([customer, await connectedProject(customer, infoset)]);
  }
  infoset.server.faults.add({ kind: 'RATE_LIMITED', share: 1, retryAfter: 3_600 });
  const runs: (readonly [Partner, string])[] = [];
  for (const [customer, projectId] of projects)
    runs.push([customer, (await startRun(customer, { projectId, kind: 'EXTRACTION' })).run.id as string] as const);
  const views = () => Promise.all(runs.map(([customer, id]) => runView(customer, id)));
  const waiting = async (state: string, waitingFor: string) =>
    (await views()).filter(view => view.state === state && view.progress.waitingFor === waitingFor).length;
  await until('every place to be taken', async () => (await waiting('RUNNING', 'SOURCE_LIMIT')) === 16);
  const projectId = await connectedProject(other, await simulator(smallAccount(5)));
  expect((await extract(other, projectId)).state).toBe('SUCCEEDED');
  // It waits in the queue for the same limit, and another run has its place.
  expect(await waiting('QUEUED', 'SOURCE_LIMIT')).toBe(1);
  for (const [customer, runId] of runs) await customer.mutate('cancelRun', 'RunActionInput', { runId }, 'run { state }');
  for (const [customer, id] of runs) expect((await ended(customer, id)).state).toBe('CANCELLED');
});

test('runs that work leave room for another tenant, and all of them end', async () => {
  const [busy, other] = [await root.below('PARTNER'), await root.below('PARTNER')];
  const projects = [];
  for (let n = 0; n < 4; n++) projects.push(await connectedProject(busy, await simulator(smallAccount(20), { latencyMs: 100 })));
  const own = await connectedProject(other, await simulator(smallAccount(3)));
  const runs = [];
  for (const projectId of projects) runs.push((await startRun(busy, { projectId, kind: 'EXTRACTION' })).run.id as string);
  expect((await extract(other, own)).state).toBe('SUCCEEDED');
  const views = await Promise.all(runs.map(id => runView(busy, id)));
  expect(views.map(({ isTerminal }) => isTerminal)).toContain(false);
  for (const id of runs) expect((await ended(busy, id)).state).toBe('SUCCEEDED');
});

test('a Retry-After of an hour is obeyed only up to the configured limit', async () => {
  const { root: patient } = await serverOfThisFile({ ...quickTimes, RETRY_AFTER_LIMIT_MS: '2500' });
  const infoset = await simulator(smallAccount(3));
  const projectId = await connectedProject(patient, infoset);
  infoset.server.faults.add({ kind: 'RATE_LIMITED', times: 2, retryAfter: 3_600 });
  expect((await extract(patient, projectId)).state).toBe('SUCCEEDED');
  expect(infoset.server.faults.done.RATE_LIMITED).toBe(2);
});

test('a run that returns waits for a slot, the tenant with the fewest slots is first, and the wait ends when it is aborted', async () => {
  const slots = new RunSlots(2, 2);
  const signal = new AbortController().signal;
  for (const run of ['a1', 'a2', 'a3']) slots.take(run, 'a');
  slots.release('a3');
  const order: string[] = [];
  const queued: string[] = [];
  const comeBack = (run: string, tenant: string, off = signal) =>
    slots
      .retake(run, tenant, off, () => queued.push(run))
      .then(
        () => order.push(run),
        () => order.push(`${run} called off`),
      );
  const off = new AbortController();
  void comeBack('a3', 'a');
  void comeBack('a4', 'a', off.signal);
  void comeBack('b1', 'b');
  expect(queued).toEqual(['a3', 'a4', 'b1']);
  off.abort();
  slots.release('a1');
  await turn();
  expect(order).toEqual(['a4 called off', 'b1']);
  slots.release('a2');
  await turn();
  expect(order.at(-1)).toBe('a3');
  expect(slots.hasRoomFor('c')).toBe(false);
});

test('a slot stays free for a tenant that has no run here, before runs that return', async () => {
  const slots = new RunSlots(1, 1);
  slots.take('a1', 'a');
  let isBack = false;
  void slots
    .retake('a2', 'a', new AbortController().signal, () => {})
    .then(() => {
      isBack = true;
    });
  slots.reserveOne(true);
  slots.release('a1');
  expect(slots.hasRoomFor('b')).toBe(true);
  slots.take('b1', 'b');
  slots.reserveOne(false);
  await turn();
  expect(isBack).toBe(false);
  slots.release('b1');
  await turn();
  expect(isBack).toBe(true);
});

/** Runs of tenants, named by the letter before their number. Each waits this long. */
function held(waits: Record<string, number | null>) {
  const runs = new HeldRuns({ concurrentRuns: 1, runsPerTenant: 2 });
  for (const [id, ms] of Object.entries(waits)) {
    const wait = ms === null ? null : ({ until: new Date(Date.now() + ms), reason: 'RATE_LIMIT' } as const);
    const begun = { organizationId: id[0]!, begunAt: performance.now(), done: Promise.resolve(), halt: () => {}, putBack: null };
    runs.add(id, { ...begun, wait: () => wait });
  }
  return runs;
}
const hour = 3_600_000;
const putBack = (runs: HeldRuns) => runs.all().flatMap(({ putBack, organizationId }) => (putBack ? [organizationId] : []));

test('who is put back: a run that waits long, of a tenant with more runs; nobody twice, and nobody while there is a place', () => {
  const full = held({ a1: hour, b1: 2 * hour, b2: hour, c1: null });
  full.makeRoomFor(new Set(['d']));
  full.makeRoomFor(new Set(['d']));
  expect(putBack(full)).toEqual(['b']);
  expect(
    full
      .all()
      .map(({ putBack }) => putBack?.until.getTime())
      .filter(Boolean)[0],
  ).toBeGreaterThan(Date.now() + hour);
  full.makeRoomFor(new Set(['d', 'e']));
  expect(putBack(full)).toHaveLength(2);
  for (const runs of [
    held({ a1: hour, a2: hour, b1: hour }),
    held({ a1: null, a2: null, b1: null, b2: null }),
    held({ a1: 5_000, a2: 5_000, b1: 5_000, b2: 5_000 }),
  ]) {
    runs.makeRoomFor(new Set(['d']));
    expect(putBack(runs)).toEqual([]);
  }
  const short = held({ a1: 5_000, a2: 5_000, b1: 5_000, b2: 5_000 });
  short.makeRoomFor(new Set(['d']), performance.now() + 601_000);
  expect(putBack(short)).toHaveLength(1);
});
