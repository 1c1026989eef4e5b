import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.js';
import { stopServer } from '../../src/store/embedded/launcher.js';
import { accountOfKills, recordedCalls } from '../kill/account.js';
import { workspace } from '../support/destination.js';
import { connectedProject, ended, expectWhole, extract, runView, simulator, stagedOf } from '../support/extraction.js';
import { expectBalanced, expectExactlyOnce, readyProject, startProduction } from '../support/load.js';
import { TestProcess, until } from '../support/processes.js';
import { hasRedis, startRedis } from '../support/redis.js';
import { RestartableServer } from '../support/restartable-server.js';
import { Partner } from '../support/server.js';

const times = { LEASE_MS: '2000', REQUEST_TIMEOUT_MS: '1500', SETTLE_MS: '600', RATE_LIMIT_WAIT_MS: '300' };

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-outage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test(`Redis is gone in the middle of a load${hasRedis ? '' : ' (SKIPPED: no redis-server)'}, then Postgres is killed and started again: nothing is lost or twice`, async () => {
  const infoset = await simulator(accountOfKills);
  const intercom = await workspace({ latencyMs: 10, searchLagMs: 50 });
  const dataDir = ownFolder();
  onTestFinished(async () => {
    await stopServer(dataDir, { onPurpose: true });
  });
  const redis = hasRedis ? await startRedis() : null;
  const { PATH, HOME } = process.env;
  const key = 'a-bootstrap-key-of-the-tests';
  const own = { PATH, HOME, PORT: '0', DATA_DIR: dataDir, BOOTSTRAP_API_KEY: key, ALLOW_PRIVATE_HOSTS: '1' };
  const environment = { ...own, ...times, ...(redis ? { REDIS_URL: redis.url } : {}) };
  const server = new TestProcess(process.execPath, [resolve('dist/src/main.js'), 'serve'], environment);
  await server.says('server ready');
  const partner = new Partner(/"url":"([^"]+)"/.exec(server.output)![1]!, key);
  const projectId = await readyProject(partner, infoset, intercom);
  const member = await EmbeddedPostgres.join(dataDir, () => {});
  const before = intercom.writes();
  const runId = await startProduction(partner, projectId, member.ownerUrl);
  await member.leave();
  await until('writes', () => intercom.writes() - before >= 6);
  redis?.process.child.kill('SIGKILL');
  await until('writes without Redis', () => intercom.writes() - before >= 14);
  // Its server notices, and starts it again.
  process.kill(Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  const { state } = await ended(partner, runId);
  await expectBalanced(partner, projectId, state);
  expectExactlyOnce(intercom, infoset);
  server.child.kill('SIGTERM');
  expect(await server.exited).toEqual({ code: 0, signal: null });
});

test('the clock of a worker is set back by two hours, and the next worker has the right time: nothing is lost or twice', async () => {
  const infoset = await simulator(accountOfKills);
  const intercom = await workspace({ latencyMs: 10, searchLagMs: 50 });
  const server = await RestartableServer.start(times, ['--import', resolve('test/support/clock-back.mjs')]);
  const projectId = await readyProject(server.partner, infoset, intercom);
  const before = intercom.writes();
  const runId = await startProduction(server.partner, projectId);
  await until('writes', () => intercom.writes() - before >= 6);
  process.kill(server.pid, 'SIGUSR2');
  await until('writes in the past', async () => {
    const { isTerminal } = await runView(server.partner, runId);
    return isTerminal || intercom.writes() - before >= 20;
  });
  await server.kill();
  const { state } = await ended(server.partner, runId);
  await expectBalanced(server.partner, projectId, state);
  expectExactlyOnce(intercom, infoset);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});

const mount = (...options: string[]) => spawnSync('mount', ['-t', 'tmpfs', ...options]).status === 0;

/** Only an administrator may mount a disk, and not in every container. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-disk-'));
  const isMounted = mount('-o', 'size=600k', 'tmpfs', folder);
  if (isMounted) spawnSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
  return isMounted;
}

/** A disk of so many kB. */
function ownDisk(kilobytes: number): { folder: string; resize: (kilobytes: number) => void } {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-disk-'));
  expect(mount('-o', `size=${kilobytes}k`, 'tmpfs', folder)).toBe(true);
  onTestFinished(() => {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, resize: larger => expect(mount('-o', `remount,size=${larger}k`, 'tmpfs', folder)).toBe(true) };
}

const fullDisk = () =>
  test('the disk is full while a recording is written: the run says so, and continues on a larger one', async () => {
    const { folder, resize } = ownDisk(600);
    const infoset = await simulator(() => {
      const account = accountOfKills();
      for (const [index, id] of recordedCalls.entries()) {
        const bytes = Buffer.alloc(280_000, String(index));
        account.blobs.recordings.set(String(id), {
          contentType: 'audio/wav',
          size: bytes.length,
          status: 200,
          bytes: () => bytes,
        });
      }
      return account;
    });
    const server = await RestartableServer.start({ ...times, DATA_DIR: folder });
    const projectId = await connectedProject(server.partner, infoset);
    const run = await extract(server.partner, projectId);
    expect(run).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'STORAGE_FULL' }] });
    resize(8_000);
    await server.partner.mutate('resumeRun', 'RunActionInput', { runId: run.id }, 'run { id }');
    expect((await ended(server.partner, run.id)).state).toBe('SUCCEEDED');
    expectWhole(await stagedOf(server.ownerUrl, projectId), infoset.account);
    const query = `query ($projectId: ID!) { callRecordings(projectId: $projectId) { edges { node { sourceCallId availability sha256 } } } }`;
    const { data } = await server.partner.ask(query, { projectId });
    const found = data.callRecordings.edges.map(({ node }: { node: object }) => node);
    expect(found).toHaveLength(recordedCalls.length);
    expect(found.map(({ availability }: { availability: string }) => availability)).toEqual(
      recordedCalls.map(() => 'DOWNLOADED'),
    );
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });

if (canMount()) fullDisk();
else console.warn('NOT TESTED: a full disk. Only an administrator may mount one.');
