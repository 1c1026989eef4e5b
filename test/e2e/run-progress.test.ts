import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import {
  connectedProject,
  ended,
  extract,
  issuesOf,
  setConnection,
  simulator,
  smallAccount,
  startRun,
} from '../support/extraction.js';
import { type Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
let ownerUrl: string;
beforeAll(async () => {
  const file = await serverOfThisFile({ LEASE_MS: '2000' });
  root = file.root;
  ownerUrl = file.database.ownerUrl;
});

interface Snapshot {
  state: string;
  fraction: number;
  waitingFor: string | null;
  listings: { listing: string; state: string; source: number | null }[];
}

/** Every snapshot of a run, until its subscription completes or `enough`. */
async function* progressOf(runId: string): AsyncGenerator<Snapshot> {
  const client = root.webSocket();
  try {
    const query = `subscription { runProgress(runId: "${runId}") { state fraction waitingFor listings { listing state source } } }`;
    for await (const { data } of client.iterate<{ runProgress: Snapshot }>({ query })) if (data) yield data.runProgress;
  } finally {
    await client.dispose();
  }
}

test('a waiting run is shown immediately; the last snapshot of a run that succeeded is complete', async () => {
  const infoset = await simulator(smallAccount(20), { latencyMs: 40 });
  const started = [];
  // One more than a process executes at the same time.
  for (let n = 0; n < 5; n++) {
    const { run } = await startRun(root, { projectId: await connectedProject(root, infoset), kind: 'EXTRACTION' });
    started.push(run.id);
  }
  const snapshots: Snapshot[] = [];
  for await (const snapshot of progressOf(started[4]!)) snapshots.push(snapshot);
  expect(snapshots[0]).toMatchObject({ state: 'QUEUED', fraction: 0 });
  expect(snapshots.filter(({ state }) => state === 'QUEUED').some(({ waitingFor }) => waitingFor === 'SLOT')).toBe(true);
  expect(snapshots.at(-1)).toMatchObject({ state: 'SUCCEEDED', fraction: 1, waitingFor: null });
  // Totals are known while a listing is read; of what is read ticket by ticket, those of the tickets so far.
  const byTicket = new Set(['ticketlogs', 'slabreaches']);
  const totals = new Map(snapshots.at(-1)!.listings.map(({ listing, source }) => [listing, source]));
  const running = snapshots.flatMap(({ listings }) =>
    listings.filter(({ state, source }) => state === 'RUNNING' && source !== null),
  );
  expect([...new Set(running.map(({ listing }) => listing))]).toEqual(expect.arrayContaining(['ticketlogs', 'emails', 'files']));
  for (const { listing, source } of running) {
    if (byTicket.has(listing)) expect(source).toBeLessThanOrEqual(totals.get(listing)!);
    else expect([listing, source]).toEqual([listing, totals.get(listing)]);
  }
  const fractions = snapshots.map(({ fraction }) => fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  for (const id of started) expect((await ended(root, id)).state).toBe('SUCCEEDED');
});

test('changes by another process wake the subscription of a run, without Redis', async () => {
  const infoset = await simulator(smallAccount(60), { latencyMs: 40 });
  const projectId = await connectedProject(root, infoset);
  const { run } = await startRun(root, { projectId, kind: 'EXTRACTION' });
  await root.mutate('pauseRun', 'RunActionInput', { runId: run.id }, 'run { state }');
  const other = new pg.Client({ connectionString: ownerUrl });
  await other.connect();
  try {
    const uuid = run.id.replace('run_', '');
    const seen: string[] = [];
    for await (const { state, waitingFor, fraction } of progressOf(run.id)) {
      seen.push(`${state} ${waitingFor}`);
      if (fraction === 0.777) break;
      if (state === 'PAUSED') await other.query('UPDATE landfall.runs SET fraction = 0.777 WHERE id = $1', [uuid]);
    }
    expect(seen.at(-1)).toBe('PAUSED PAUSED');
    // A silent worker is reported until another one takes the run. A lock prevents that for now.
    await other.query(`UPDATE landfall.runs SET state = 'RUNNING', lease_epoch = lease_epoch + 1 WHERE id = $1`, [uuid]);
    await other.query('BEGIN');
    await other.query('SELECT FROM landfall.runs WHERE id = $1 FOR UPDATE', [uuid]);
    const waiting = new Set<string | null>();
    for await (const { waitingFor } of progressOf(run.id)) {
      if (!waiting.has(waitingFor)) await other.query('COMMIT');
      waiting.add(waitingFor);
    }
    expect(waiting).toContain('STALLED');
    expect(await ended(root, run.id)).toMatchObject({ state: 'SUCCEEDED', progress: { waitingFor: null } });
  } finally {
    await other.end();
  }
});

test('a listing that never agrees with its count is INCOMPLETE, the others are complete', async () => {
  const infoset = await simulator(smallAccount(20), { hidden: { companies: ['501'] } });
  expect(infoset.account.get('companies', '501')).toBeDefined();
  const projectId = await connectedProject(root, infoset);
  const run = await extract(root, projectId);
  expect(run.state).toBe('INCOMPLETE');
  expect(run.progress.fraction).toBeLessThan(1);
  const companies = infoset.account.all('companies').length;
  expect(run.listings.filter(each => each.state !== 'SUCCEEDED')).toMatchObject([
    { listing: 'companies', state: 'INCOMPLETE', source: companies, staged: companies - 1 },
  ]);
  expect(await issuesOf(root, projectId)).toContainEqual(
    expect.objectContaining({ code: 'CENSUS_DIFFERS', severity: 'ERROR', recordType: 'COMPANY' }),
  );
});

test('a project that has read one account is not connected to another', async () => {
  const infoset = await simulator(smallAccount(3));
  const other = await simulator(smallAccount(3));
  other.account.account.id = 9999;
  const projectId = await connectedProject(root, infoset);
  const access = (of: typeof infoset) => ({ baseUrl: of.url, secret: of.settings.credentials.apiKey });
  // Before anything was read it can be corrected.
  expect((await setConnection(root, projectId, access(other))).connection.status).toBe('OK');
  expect((await setConnection(root, projectId, access(infoset))).connection.status).toBe('OK');
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  const refused = await setConnection(root, projectId, access(other));
  expect(refused.connection).toMatchObject({ status: 'FAILED', detail: expect.stringContaining('9999') });
  expect((await setConnection(root, projectId, access(infoset))).connection.status).toBe('OK');
});
