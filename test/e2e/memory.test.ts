import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freshDatabase } from '../support/database.js';
import { answerAgents, confirmProposal, connectDestination, provision, workspace } from '../support/destination.js';
import { documentNamed } from '../support/documents.js';
import { connectedProject, extract, simulator, smallAccount } from '../support/extraction.js';
import { produce, reconciliation } from '../support/load.js';
import { TestProcess } from '../support/processes.js';
import { Partner } from '../support/server.js';

const megabyte = 1024 * 1024;
const maxGrowth = 50 * megabyte;

/** As `npm start` runs it. */
const startOptions = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }).scripts.start.match(
  /--\S+/g,
)!;

/** Resident memory of a process, now. */
const residentOf = (pid: number) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;

async function peakDuring<T>(pid: number, work: () => Promise<T>): Promise<{ peak: number; result: T }> {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentOf(pid));
  }, 20);
  try {
    return { result: await work(), peak };
  } finally {
    clearInterval(timer);
  }
}

// Memory is read from /proc.
test.skipIf(process.platform !== 'linux')('a recording of 100 MB and a file of 6 MB pass without being held', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'memory-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const database = await freshDatabase();
  const { PATH, HOME } = process.env;
  const server = new TestProcess(process.execPath, [...startOptions, resolve('dist/src/main.js'), 'serve'], {
    PATH,
    HOME,
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: database.serverUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
    BOOTSTRAP_API_KEY: 'a-bootstrap-key-of-the-tests',
    ALLOW_PRIVATE_HOSTS: '1',
    SETTLE_MS: '300',
  });
  await server.says('server ready');
  const partner = new Partner(/"url":"([^"]+)"/.exec(server.output)![1]!, 'a-bootstrap-key-of-the-tests');
  const pid = server.child.pid!;
  const infoset = await simulator(smallAccount(60));
  const intercom = await workspace();
  const projectId = await connectedProject(partner, infoset);
  const fetchArchive = async () => {
    const { downloadUrl } = await documentNamed(partner, projectId, 'production/recordings.zip');
    let received = 0;
    for await (const chunk of (await fetch(downloadUrl!)).body!) received += chunk.length;
    return received;
  };
  // Everything once, so that later growth is that of the large ones only.
  const usual = await peakDuring(pid, async () => {
    await extract(partner, projectId);
    await connectDestination(partner, projectId, intercom);
    await confirmProposal(partner, projectId);
    await answerAgents(partner, projectId);
    await provision(partner, projectId);
    expect((await produce(partner, projectId)).state).toBe('SUCCEEDED');
    await fetchArchive();
  });
  const { account } = infoset;
  const recording = Buffer.alloc(100 * megabyte, 'r');
  const file = Buffer.alloc(6 * megabyte, 'f');
  const call = account
    .all('calls')
    .find(each => each.hasRecording && account.blobs.recordings.get(String(each.id))?.status === 200)!;
  account.put('calls', { ...call, id: 990_001, ticketId: null, contactId: account.all('contacts')[0]!.id });
  account.blobs.recordings.set('990001', {
    contentType: 'audio/wav',
    size: recording.length,
    status: 200,
    bytes: () => recording,
  });
  account.put('files', { id: 880_001, name: 'ek.bin', contentType: 'application/octet-stream', size: file.length });
  account.blobs.files.set('880001', {
    contentType: 'application/octet-stream',
    size: file.length,
    status: 200,
    bytes: () => file,
  });
  const template = account.all('tickets').find(each => account.logs(String(each.id)).length > 0)!;
  account.put('tickets', { ...template, id: 9_900_001, mergedIntoId: null });
  account.put('ticketlogs', {
    ...account.logs(String(template.id))[0],
    id: 990_001,
    ticketId: 9_900_001,
    attachments: [
      { id: 880_001, name: 'ek.bin', contentType: 'application/octet-stream', size: file.length, url: '/v1/files/880001' },
    ],
  });
  const { peak, result: archived } = await peakDuring(pid, async () => {
    await extract(partner, projectId);
    expect((await produce(partner, projectId)).state).toBe('SUCCEEDED');
    return fetchArchive();
  });
  expect((await reconciliation(partner, projectId)).balanced).toBe(true);
  expect(archived).toBeGreaterThan(recording.length);
  const sent = [...intercom.workspace.conversations.values()].flatMap(each => each.parts.flatMap(part => part.attachments));
  expect(sent.some(each => each.filesize === file.length)).toBe(true);
  console.info(
    `resident at most: ${Math.round(usual.peak / megabyte)} MB without, ${Math.round(peak / megabyte)} MB with the large ones`,
  );
  expect(peak - usual.peak).toBeLessThan(maxGrowth);
});
