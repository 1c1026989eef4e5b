import { beforeAll, expect, test } from 'vitest';
import { type FaultKind, faultKinds } from '../../src/simulators/faults.js';
import type { Item } from '../../src/simulators/infoset/account.js';
import { accountOf, contact, ticket } from '../support/account.js';
import {
  connectedProject,
  ended,
  expectWhole,
  extract,
  runView,
  setConnection,
  simulator,
  smallAccount,
  stagedOf,
  startRun,
} from '../support/extraction.js';
import { until } from '../support/processes.js';
import { type Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
let ownerUrl: string;
beforeAll(async () => {
  const file = await serverOfThisFile({ LEASE_MS: '2000', RATE_LIMIT_WAIT_MS: '100', REQUEST_TIMEOUT_MS: '1500' });
  root = file.root;
  ownerUrl = file.database.ownerUrl;
});

const share = Number(process.env.LANDFALL_FAULT_TICKETS ?? 20);

// A definite refusal is not temporary.
const refusals: readonly FaultKind[] = ['REFUSED', 'UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND'];
/** A connection, a status, a body and the headers; `npm run test:long` takes every kind, and the fault matrix does on both sides. */
const sample: readonly FaultKind[] = ['HANG', 'RATE_LIMITED', 'TRUNCATED', 'LYING_HEADERS'];
const isLong = process.env.LANDFALL_FAULT_TICKETS !== undefined;
test.each<FaultKind>(isLong ? faultKinds.filter(kind => !refusals.includes(kind)) : sample)(
  'a share of the calls spoilt by %s: the same staged rows',
  async kind => {
    const infoset = await simulator(smallAccount(share));
    const projectId = await connectedProject(root, infoset);
    infoset.server.faults.add({ kind, share: 0.05, seed: 3 });
    const run = await extract(root, projectId);
    expect(run.listings.filter(each => each.state !== 'SUCCEEDED')).toEqual([]);
    expect(run.state).toBe('SUCCEEDED');
    expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
    expect(infoset.server.faults.done[kind]).toBeGreaterThan(3);
  },
);

test('50 edits, inserts and deletes while it reads: every record that existed throughout is staged', async () => {
  // Several pages of each listing, and no details that take time.
  const infoset = await simulator(
    accountOf({
      tickets: Array.from({ length: 400 }, (_, id) => ticket(10_000 + id, { logCount: 0 })),
      contacts: Array.from({ length: 320 }, (_, id) => contact(1001 + id)),
    }),
    { latencyMs: 5 },
  );
  const { account } = infoset;
  const projectId = await connectedProject(root, infoset);
  const before = new Set(account.all('tickets').map(each => String(each.id)));
  const { run } = await startRun(root, { projectId, kind: 'EXTRACTION' });
  const copy = (item: Item, change: object) => ({ ...item, ...change, updatedDate: new Date().toISOString() });
  for (let n = 0; n < 50; n++) {
    await until(
      'some calls',
      () =>
        (infoset.server.calls['GET /v1/tickets'] ?? 0) + (infoset.server.calls['GET /v1/contacts'] ?? 0) >= Math.min(n / 8, 6),
    );
    const [tickets, contacts] = [account.all('tickets'), account.all('contacts')];
    const [ticket, contact] = [tickets[(n * 37) % tickets.length]!, contacts[(n * 29) % contacts.length]!];
    if (n % 3 === 0) {
      account.put('tickets', copy(ticket, { subject: `edited ${n}` }));
      account.put('contacts', copy(contact, { firstName: `edited ${n}` }));
    } else if (n % 3 === 1) {
      account.put('tickets', copy(ticket, { id: 9_900_000 + n }));
      account.put('contacts', copy(contact, { id: 990_000 + n }));
    } else {
      account.remove('tickets', String(ticket.id));
      account.remove('contacts', String(contact.id));
    }
    await new Promise(resolve => setTimeout(resolve, 4));
  }
  const done = await ended(root, run.id);
  const staged = await stagedOf(ownerUrl, projectId);
  const throughout = account.all('tickets').filter(each => before.has(String(each.id)));
  for (const { id } of throughout) expect(staged.get('tickets')?.has(String(id)), `ticket ${id}`).toBe(true);
  for (const { id } of account.all('contacts')) expect(staged.get('contacts')?.has(String(id)), `contact ${id}`).toBe(true);
  expect(
    done.listings.filter(
      each => each.source !== null && !['emails', 'files', 'recordings'].includes(each.listing) && each.source !== each.staged,
    ),
  ).toEqual([]);
  expect(done.state).toBe('SUCCEEDED');
});

test('pause, resume and cancel in the middle; each safe to repeat', async () => {
  const infoset = await simulator(smallAccount(60), { latencyMs: 10 });
  const projectId = await connectedProject(root, infoset);
  const { run } = await startRun(root, { projectId, kind: 'EXTRACTION' });
  const act = (name: string, runId = run.id) => root.mutate(name, 'RunActionInput', { runId }, 'run { state allowedActions }');
  const inState = (state: string) => until(state, async () => (await runView(root, run.id)).state === state);
  await until('logs', () => (infoset.server.calls['GET /v1/tickets/logs'] ?? 0) > 20);
  expect((await act('pauseRun')).userErrors).toEqual([]);
  await inState('PAUSED');
  expect(await act('pauseRun')).toEqual({ run: { state: 'PAUSED', allowedActions: ['resumeRun', 'cancelRun'] }, userErrors: [] });
  expect((await runView(root, run.id)).progress.waitingFor).toBe('PAUSED');
  const calls = infoset.server.calls['GET /v1/tickets/logs'];
  const second = await startRun(root, { projectId, kind: 'DISCOVERY' });
  expect(second.userErrors[0]).toMatchObject({ code: 'RUN_ALREADY_ACTIVE', retryable: true });
  expect(infoset.server.calls['GET /v1/tickets/logs']).toBe(calls);
  expect((await act('resumeRun')).userErrors).toEqual([]);
  expect((await act('resumeRun')).userErrors).toEqual([]);
  expect((await ended(root, run.id)).state).toBe('SUCCEEDED');
  expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
  // Nothing was listed twice because of the pause.
  const pages = infoset.account
    .all('tickets')
    .reduce((sum, { id }) => sum + Math.max(1, Math.ceil(infoset.account.logs(String(id)).length / 100)), 0);
  expect(infoset.server.calls['GET /v1/tickets/logs']).toBe(pages);
  expect((await act('pauseRun')).userErrors[0].code).toBe('RUN_STATE_CONFLICT');

  const cancelled = (await startRun(root, { projectId, kind: 'EXTRACTION' })).run.id;
  await until('it to run', async () => (await runView(root, cancelled)).state === 'RUNNING');
  await act('cancelRun', cancelled);
  expect((await ended(root, cancelled)).state).toBe('CANCELLED');
  expect((await act('cancelRun', cancelled)).userErrors).toEqual([]);
  expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
});

test('a token that is revoked in the middle blocks the run; it continues with a new one', async () => {
  const infoset = await simulator(smallAccount(40), { latencyMs: 5 });
  const projectId = await connectedProject(root, infoset);
  const { run } = await startRun(root, { projectId, kind: 'EXTRACTION' });
  await until('logs', () => (infoset.server.calls['GET /v1/tickets/logs'] ?? 0) > 10);
  infoset.settings.credentials = { ...infoset.settings.credentials, apiKey: 'another-key' };
  expect(await ended(root, run.id)).toMatchObject({
    state: 'BLOCKED',
    isTerminal: false,
    blockedBy: [{ code: 'SOURCE_UNAUTHORIZED' }],
  });
  await setConnection(root, projectId, { baseUrl: infoset.url, secret: 'another-key' });
  await root.mutate('resumeRun', 'RunActionInput', { runId: run.id }, 'run { state }');
  await until('it to end', async () => (await runView(root, run.id)).state === 'SUCCEEDED');
  expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
});

test('a limit in the headers is kept, without a single 429', async () => {
  const infoset = await simulator(smallAccount(20), { limit: { calls: 60, windowMs: 100 } });
  const projectId = await connectedProject(root, infoset);
  const run = await extract(root, projectId);
  expect(run.state).toBe('SUCCEEDED');
  expect(infoset.server.answers[429] ?? 0).toBe(0);
  expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
});
