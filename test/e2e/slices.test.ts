import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { accountOf, contact, log, ticket } from '../support/account.js';
import { codes, workspace } from '../support/destination.js';
import { ended, simulator, smallAccount, startRun } from '../support/extraction.js';
import { expectExactlyOnce, readyProject, signOffDirectly } from '../support/load.js';
import { until } from '../support/processes.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
let ownerUrl: string;
beforeAll(async () => {
  const started = await serverOfThisFile(quickTimes);
  root = started.root;
  ownerUrl = started.database.ownerUrl;
});

/** Twelve closed tickets, one a month from January 2025 on, and an open one from before. */
const months = Array.from({ length: 12 }, (_, index) => `2025-${String(index + 1).padStart(2, '0')}-10T09:00:00Z`);
const account = accountOf({
  contacts: [contact(1001)],
  tickets: [
    ticket(100, { status: 1, createdDate: '2024-03-01T09:00:00Z', updatedDate: '2024-03-02T09:00:00Z' }),
    ...months.map((createdDate, index) => ticket(101 + index, { createdDate, closedDate: createdDate })),
  ],
  ticketlogs: Array.from({ length: 13 }, (_, index) => log(1 + index, 100 + index, { content: `Mesaj ${index}` })),
});

const ticketsIn = ({ workspace: held }: IntercomSimulator) =>
  [...held.conversations.values()].map(each => Number(each.custom_attributes.infoset_ticket_id));
const start = (projectId: string, more: object) =>
  startRun(root, { projectId, kind: 'PRODUCTION', environment: 'PRODUCTION', ...more });

async function loadSlice(projectId: string, more: object): Promise<string> {
  const { run, userErrors } = await start(projectId, more);
  expect(userErrors).toEqual([]);
  return (await ended(root, run.id)).state;
}

async function outside(projectId: string) {
  const { data } = await root.ask(
    `{ project(id: "${projectId}") { stage reconciliation { balanced rows { recordType outside balanced } } } }`,
  );
  const { stage, reconciliation } = data.project;
  const of = (type: string) => reconciliation.rows.find((row: { recordType: string }) => row.recordType === type).outside;
  return { stage, balanced: reconciliation.balanced, tickets: of('TICKET'), messages: of('MESSAGE') };
}

test('open and recent tickets first, history later: nothing is lost or doubled, and nothing is balanced until the last slice', async () => {
  const infoset = await simulator(account);
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  await signOffDirectly(projectId);
  const recent = { order: 'OPEN_AND_RECENT_FIRST', createdFrom: '2025-07-01T00:00:00Z' };
  expect(await loadSlice(projectId, recent)).toBe('SUCCEEDED');
  expect(ticketsIn(intercom).sort()).toEqual([100, 107, 108, 109, 110, 111, 112]);
  expect(await outside(projectId)).toMatchObject({ balanced: false, tickets: 6, messages: 6 });

  // A delta stays within the slices.
  const delta = await startRun(root, { projectId, kind: 'DELTA', environment: 'PRODUCTION' });
  expect((await ended(root, delta.run.id)).state).toBe('SUCCEEDED');
  expect(ticketsIn(intercom)).toHaveLength(7);
  const begun = await root.mutate('beginCutover', 'BeginCutoverInput', { projectId }, 'project { cutover { deltaRunId } }');
  expect((await ended(root, begun.project.cutover.deltaRunId)).state).toBe('SUCCEEDED');
  const { data } = await root.ask(`{ project(id: "${projectId}") { cutover { isReady gaps { code } } } }`);
  expect(data.project.cutover).toEqual({ isReady: false, gaps: [{ code: 'SLICES_MISSING' }] });

  const writes = intercom.writes();
  expect(await loadSlice(projectId, recent)).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
  expect(await loadSlice(projectId, { createdFrom: '2025-04-01T00:00:00Z', createdTo: '2025-07-01T00:00:00Z' })).toBe(
    'SUCCEEDED',
  );
  expect(await outside(projectId)).toMatchObject({ balanced: false, tickets: 3, messages: 3 });
  expect(await loadSlice(projectId, { createdTo: '2025-04-01T00:00:00Z' })).toBe('SUCCEEDED');
  expect(await outside(projectId)).toEqual({ stage: 'CUTOVER', balanced: true, tickets: 0, messages: 0 });
  expectExactlyOnce(intercom, infoset);
});

test('a run waits in the queue for its time, for its window and for its calls, and can be cancelled', async () => {
  const intercom = await workspace();
  // It takes more than a hundred calls.
  const infoset = await simulator(smallAccount(14));
  const projectId = await readyProject(root, infoset, intercom);
  await signOffDirectly(projectId);
  const writes = intercom.writes();
  for (const more of [{ startAt: '2020-01-01T00:00:00Z' }, { maxCallsPerHour: 1 }])
    expect(codes(await start(projectId, more))).toEqual(['INVALID_INPUT']);
  const seen = async (id: string) => {
    const { data } = await root.ask(
      `{ run(id: "${id}") { state notBefore allowedActions loadPlan { maxCallsPerHour windows { from } } progress { waitingFor waitingUntil } } }`,
    );
    return data.run;
  };
  const startAt = new Date(Date.now() + 3_600_000).toISOString();
  const scheduled = await start(projectId, { startAt });
  expect(await seen(scheduled.run.id)).toMatchObject({
    state: 'QUEUED',
    notBefore: startAt,
    allowedActions: ['pauseRun', 'cancelRun'],
    progress: { waitingFor: 'SCHEDULE', waitingUntil: startAt },
  });
  const cancelled = await root.mutate('cancelRun', 'RunActionInput', { runId: scheduled.run.id }, 'run { state }');
  expect(cancelled).toMatchObject({ userErrors: [], run: { state: 'CANCELLED' } });

  // A window that is closed now: twelve hours from now on.
  const hour = new Date(Date.now() + 12 * 3_600_000).toISOString().slice(11, 14);
  const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
  const to = `${String((Number(hour.slice(0, 2)) + 1) % 24).padStart(2, '0')}:00`;
  const windows = [{ days, from: `${hour}00`, to, timeZone: 'UTC' }];
  const closed = await start(projectId, { windows });
  expect(await seen(closed.run.id)).toMatchObject({ state: 'QUEUED', progress: { waitingFor: 'SCHEDULE' } });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const due = (id: string) =>
      owner.query('UPDATE landfall.runs SET not_before = now() WHERE id = $1', [id.replace('run_', '')]);
    // A worker that takes it outside of its window returns it until the window opens.
    await due(closed.run.id);
    await expect
      .poll(async () => Date.parse((await seen(closed.run.id)).notBefore ?? 0), { timeout: 60_000 })
      .toBeGreaterThan(Date.now());
    expect(await seen(closed.run.id)).toMatchObject({ state: 'QUEUED', progress: { waitingFor: 'SCHEDULE' } });
    expect(intercom.writes()).toBe(writes);
    await root.mutate('cancelRun', 'RunActionInput', { runId: closed.run.id }, 'run { state }');

    // One hundred calls of the hour are too few. When the next hour has come, the run continues where it stopped.
    const limited = await start(projectId, { maxCallsPerHour: 100 });
    const { id } = limited.run;
    let hours = 0;
    await until('the run to end', async () => {
      const { state, progress } = await seen(id);
      expect(['QUEUED', 'RUNNING', 'SUCCEEDED']).toContain(state);
      if (state === 'QUEUED' && progress.waitingFor === 'CALL_BUDGET') {
        hours++;
        await owner.query('UPDATE landfall.runs SET not_before = now(), budget_calls = 0 WHERE id = $1', [
          id.replace('run_', ''),
        ]);
      }
      return state === 'SUCCEEDED';
    });
    expect(hours).toBeGreaterThan(0);
  } finally {
    await owner.end();
  }
  expect(await outside(projectId)).toMatchObject({ balanced: true });
  expectExactlyOnce(intercom, infoset);
});
