import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Item } from '../../src/simulators/infoset/account.js';
import { startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { accountOf, contact, log, ticket } from '../support/account.js';
import { Arrived } from '../support/arrived.js';
import { dealType } from '../support/destination.js';
import { connectedProject, ended, extract, issuesOf, runView, startRun } from '../support/extraction.js';
import { fileHost } from '../support/file-host.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { until } from '../support/processes.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

const longestWaitMs = 3_000;
let root: Partner;
let database: { ownerUrl: string };
// Hooks of a test get no context if several tests run at the same time.
const started: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(started.map(each => each.close())));
const closedAtTheEnd = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
  const one = await starting;
  started.push(one);
  return one;
};
beforeAll(async () => {
  ({ root, database } = await serverOfThisFile({
    ...quickTimes,
    RETRY_AFTER_LIMIT_MS: String(longestWaitMs),
    REQUEST_TIMEOUT_MS: '10000',
    RUNS_AT_ONCE: '8',
    RUNS_PER_TENANT: '8',
  }));
});

/** A message for each file, by the number of its id. */
const accountWith = (files: { id: number; url: string; size?: number; name?: string }[], calls: Item[] = []) => ({
  contacts: [contact(1001)],
  tickets: [ticket(1)],
  ticketlogs: files.map(file =>
    log(file.id, 1, { content: `mesaj ${file.id}`, attachments: [{ name: `${file.id}.bin`, contentType: '', ...file }] }),
  ),
  calls,
});
const ownFiles = (from: number, count: number) =>
  Array.from({ length: count }, (_, place) => ({ id: from + place, url: `/v1/files/${from + place}` }));
const blobsOf = (files: { id: number }[]) =>
  Object.fromEntries(files.map(({ id }) => [id, { contentType: 'application/pdf', bytes: Buffer.from(`file ${id}`) }]));
const call = (id: number): Item => ({
  id,
  ticketId: null,
  contactId: 1001,
  userId: null,
  direction: 'inbound',
  fromNumber: '+905321112233',
  toNumber: '+902320000000',
  disposition: 'answered',
  startedDate: '2026-05-01T10:00:00Z',
  createdDate: '2026-05-01T10:00:00Z',
  durationSeconds: 60,
  hasRecording: true,
});
const reported = async (projectId: string, code: string) =>
  (await issuesOf(root, projectId))
    .filter(each => each.code === code)
    .map(each => each.sourceId)
    .sort();
const listed = (run: Awaited<ReturnType<typeof extract>>, name: string) => run.listings.find(each => each.listing === name)!;
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('files', { concurrent: true }, () => {
  test('a file that advances at each attempt arrives completely, one that does not is unavailable, and the run continues', async () => {
    const whole = Buffer.from(Array.from({ length: 90 }, (_, place) => 32 + place));
    const broken: Record<string, (times: number) => object> = {
      2001: () => ({ bytes: whole, ranges: true, breakAfter: 9 }),
      // Each time some bytes more, always from the first byte.
      2002: times => ({ bytes: whole, ...(times < 9 ? { breakAfter: 10 * times } : {}) }),
      2003: times => ({ bytes: whole, ranges: true, breakAfter: times === 1 ? 40 : 0 }),
      2004: () => ({ bytes: whole, breakAfter: 40 }),
      2005: () => ({ breakAfter: 0 }),
      2006: () => ({ status: 502, bytes: Buffer.from('bad gateway') }),
      2007: () => ({ status: 401 }),
      2008: times => (times < 5 ? { status: 503 } : { bytes: whole }),
      2009: () => ({ bytes: whole, headers: { 'content-type': 'text/html' } }),
      // Five attempts fail. It is requested again after all others, and then it arrives.
      2010: times => (times < 8 ? { breakAfter: 0 } : { bytes: whole }),
    };
    const host = await closedAtTheEnd(fileHost((path, times) => broken[path]?.(times) ?? { bytes: whole }));
    const ids = [...Object.keys(broken), '2011'].map(Number);
    const files = ids.map(id => ({ id, url: `${host.url}/${id}` }));
    const infoset = await closedAtTheEnd(startInfosetSimulator(accountOf(accountWith(files, [call(641), call(642), call(643)]))));
    const recording = { contentType: 'audio/wav', size: whole.length, status: 200, bytes: () => whole };
    for (const id of ['641', '642', '643']) infoset.account.blobs.recordings.set(id, recording);
    infoset.server.faults.add({ kind: 'RESET_AFTER', path: '/641/recording', share: 1 });
    infoset.server.faults.add({ kind: 'SERVER_ERROR', path: '/642/recording', share: 1 });
    const intercom = await closedAtTheEnd(startIntercomSimulator({ limits: null }));
    intercom.workspace.objectTypes = [dealType()];
    const projectId = await readyProject(root, infoset, intercom);
    const run = await produce(root, projectId);
    const arrived = new Arrived(intercom);
    const got = ['2001', '2002', '2008', '2010', '2011'];
    const digests = arrived.parts(1).flatMap(part => part.attachments.map(({ name, sha256 }) => [name, sha256]));
    expect(digests).toEqual(got.map(id => [`${id}.bin`, digest(whole)]));
    const lost = ids.map(String).filter(id => !got.includes(id));
    expect(await reported(projectId, 'FILE_UNAVAILABLE')).toEqual(lost);
    expect(await reported(projectId, 'RECORDING_UNAVAILABLE')).toEqual(['641', '642']);
    expect(await reported(projectId, 'DETAIL_FAILED')).toEqual([]);
    const messages = arrived.messages(1);
    for (const id of lost)
      expect(messages.filter(each => each.includes(`mesaj ${id}`))).toEqual([
        `mesaj ${id}\nAttachment: ${id}.bin (not available)`,
      ]);
    // Ten attempts each at most: no file is requested endlessly.
    for (const id of ['2003', '2004', '2005', '2006'])
      expect(host.asked.filter(({ path }) => path === id).length, id).toBeLessThanOrEqual(11);
    for (const { headers } of host.asked) expect(headers['x-api-key']).toBeUndefined();
    const { balanced, differences } = await reconciliation(root, projectId);
    expect(differences.edges).toEqual([]);
    expect(balanced).toBe(true);
    expect(run.state).toBe('SUCCEEDED');
  });

  test('a host that is down makes no file unavailable: the phase is incomplete until the host is back', async () => {
    const own = ownFiles(3001, 40);
    const ok = Buffer.from('iyi');
    // It answers two, and is down for a while in the middle of the run.
    let isUp = true;
    const failing = await closedAtTheEnd(fileHost(() => (isUp ? { bytes: ok } : { status: 503 })));
    const gone = await closedAtTheEnd(fileHost(() => ({ breakAfter: 0 })));
    const elsewhere = (host: { url: string }, from: number, count: number) =>
      Array.from({ length: count }, (_, place) => ({ id: from + place, url: `${host.url}/${from + place}` }));
    const files = [...elsewhere(failing, 3101, 8), ...own, ...elsewhere(gone, 3201, 4)];
    const calls = Array.from({ length: 40 }, (_, place) => call(651 + place));
    const infoset = await closedAtTheEnd(
      startInfosetSimulator(accountOf(accountWith(files, calls), blobsOf(own)), {
        unavailable: { '/v1/files': 503, '/v1/calls/6': 503 },
      }),
    );
    for (const { id } of calls)
      infoset.account.blobs.recordings.set(String(id), {
        contentType: 'audio/wav',
        size: 3,
        status: 200,
        bytes: () => ok,
      });
    const recordings = new Set<string>();
    infoset.server.onCall = ({ path }) => {
      if (path.endsWith('/recording')) recordings.add(path);
    };
    const projectId = await connectedProject(root, infoset);
    const { run } = await startRun(root, { projectId, kind: 'EXTRACTION' });
    await until('two files', () => failing.asked.length >= 2);
    isUp = false;
    const first = await ended(root, run.id);
    expect(first.state).toBe('INCOMPLETE');
    expect(await reported(projectId, 'FILE_UNAVAILABLE')).toEqual([]);
    expect(await reported(projectId, 'RECORDING_UNAVAILABLE')).toEqual([]);
    const staged = listed(first, 'files').staged;
    expect(listed(first, 'files')).toMatchObject({ source: files.length, failed: files.length - staged, state: 'INCOMPLETE' });
    expect(staged).toBeGreaterThanOrEqual(2);
    expect(listed(first, 'recordings')).toMatchObject({ source: calls.length, failed: calls.length, staged: 0 });
    // The run does not wait for a time-out of each file.
    expect(recordings.size).toBeLessThan(calls.length);

    isUp = true;
    infoset.settings.unavailable = {};
    await hoursPass(database.ownerUrl);
    const second = await extract(root, projectId);
    // A file on a host that is still down after hours is reported, and blocks nothing.
    expect(await reported(projectId, 'FILE_UNAVAILABLE')).toEqual(['3201', '3202', '3203', '3204']);
    expect(listed(second, 'files')).toMatchObject({ staged: files.length - 4, skipped: 4, failed: 0, state: 'SUCCEEDED' });
    expect(listed(second, 'recordings')).toMatchObject({ staged: calls.length, failed: 0 });
    expect(second.state).toBe('SUCCEEDED');
  });

  test.each([
    ['in seconds', () => '3'],
    ['as a date', () => new Date(Date.now() + 4_000).toUTCString()],
    ['for longer than anybody waits', () => '86400'],
  ])('a 429 of a bucket %s is waited for, and stops neither the API nor files elsewhere', async (_, retryAfter) => {
    const bytes = Buffer.from('kova');
    const own = ownFiles(4001, 30);
    let isOpen = false;
    const bucket = await closedAtTheEnd(
      fileHost(() => (isOpen ? { bytes } : { status: 429, headers: { 'retry-after': retryAfter() } })),
    );
    const files = Array.from({ length: 12 }, (_, place) => ({ id: 4101 + place, url: `${bucket.url}/${4101 + place}` }));
    const infoset = await closedAtTheEnd(startInfosetSimulator(accountOf(accountWith([...files, ...own]), blobsOf(own))));
    let ownAsked = 0;
    infoset.server.onCall = ({ path }) => {
      if (path.startsWith('/v1/files/')) ownAsked++;
    };
    const projectId = await connectedProject(root, infoset);
    const { run } = await startRun(root, { projectId, kind: 'EXTRACTION' });
    await until('the files of the API', () => ownAsked === own.length);
    // Those that were in flight when the first answer came, and no other.
    expect(bucket.asked.length).toBeLessThanOrEqual(5);
    await until('it to say what it waits for', async () => (await runView(root, run.id)).progress.waitingFor === 'SOURCE_LIMIT');
    await until('it to ask again', () => bucket.asked.length > 5);
    isOpen = true;
    const done = await ended(root, run.id);
    expect(listed(done, 'files')).toMatchObject({ staged: files.length + own.length, skipped: 0, failed: 0 });
    expect(done.state).toBe('SUCCEEDED');
    // Two waves are as far apart as it says; clocks differ by a little.
    const times = bucket.asked.map(({ at }) => at);
    const waves = times.filter((at, place) => place === 0 || at - times[place - 1]! > 1_000);
    for (const [place, at] of waves.entries())
      if (place > 0 && place < 3) expect(at - waves[place - 1]!).toBeGreaterThan(longestWaitMs - 1_100);
    expect(infoset.server.answers[429] ?? 0).toBe(0);
  });
});

/** As if the failures had happened long before. */
async function hoursPass(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query("UPDATE landfall.stored_files SET failed_at = failed_at - interval '7 hours'");
  await client.end();
}
