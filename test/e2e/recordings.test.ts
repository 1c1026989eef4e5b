import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { InfosetAccount } from '../../src/simulators/infoset/account.js';
import { workspace } from '../support/destination.js';
import { documentNamed } from '../support/documents.js';
import { connectedProject, extract, issuesOf, simulator, smallAccount } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

function addCall(account: InfosetAccount, id: number, more: object = {}): void {
  account.put('calls', {
    id,
    ticketId: null,
    contactId: account.all('contacts')[0]!.id,
    userId: null,
    direction: 'inbound',
    fromNumber: '0 (532) 111 22 33',
    toNumber: '+902320000000',
    disposition: 'answered',
    startedDate: '2026-05-01T10:00:00Z',
    createdDate: '2026-05-01T10:00:00Z',
    durationSeconds: 60,
    hasRecording: true,
    ...more,
  });
}

function addRecording(account: InfosetAccount, id: number, bytes: Buffer, more: { status?: number; contentType?: string } = {}) {
  account.blobs.recordings.set(String(id), {
    contentType: 'audio/wav',
    size: bytes.length,
    status: 200,
    bytes: () => bytes,
    ...more,
  });
}

/** A header with the length of the whole file. */
function wav(length: number, announced = length): Buffer {
  const bytes = Buffer.alloc(length, 'w');
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(announced - 8, 4);
  return bytes;
}

test('recordings: each missing one has its reason; the rest is in the package and named in the note of the call', async () => {
  const infoset = await simulator(smallAccount(20));
  const { account } = infoset;
  for (const id of [1, 2, 3, 4, 5, 6, 7, 8]) addCall(account, 990000 + id);
  addCall(account, 990009, { hasRecording: false });
  const whole = wav(70_000);
  addRecording(account, 990001, whole);
  addRecording(account, 990002, whole, { status: 403 });
  addRecording(account, 990004, whole, { status: 410 });
  addRecording(account, 990005, wav(70_000, 140_000));
  addRecording(account, 990006, Buffer.from('<html>'), { contentType: 'text/html' });
  addRecording(account, 990007, Buffer.alloc(0));
  const broken = wav(300_000);
  addRecording(account, 990008, broken);
  // Half of it, although its length says that it is the whole; then a reset in the middle.
  infoset.server.faults.add({ kind: 'TRUNCATED', path: '/990008/recording', times: 1 });
  infoset.server.faults.add({ kind: 'RESET_AFTER', path: '/990001/recording', times: 1 });
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  const run = await produce(root, projectId);
  expect(run.state).toBe('SUCCEEDED');
  const { rows, balanced } = await reconciliation(root, projectId);
  expect(balanced).toBe(true);
  const expected = account.all('calls').filter(call => call.hasRecording);
  expect(rows.find(each => each.recordType === 'RECORDING')).toMatchObject({
    source: expected.length,
    staged: expected.length,
    failed: 0,
  });
  const reported = (await issuesOf(root, projectId)).filter(
    each => each.code === 'RECORDING_UNAVAILABLE' && each.sourceId!.startsWith('99'),
  );
  const fates = Object.fromEntries(reported.map(each => [each.sourceId, /\((\w+)\)/.exec(each.message)![1]]));
  expect(fates).toEqual({
    990002: 'FORBIDDEN',
    990003: 'MISSING',
    990004: 'EXPIRED',
    990005: 'CORRUPT',
    990006: 'CORRUPT',
    990007: 'CORRUPT',
  });
  const notes = [...intercom.workspace.conversations.values()].flatMap(each => each.parts.map(part => part.body ?? ''));
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  for (const [id, bytes] of [
    [990001, whole],
    [990008, broken],
  ] as const) {
    expect(notes.find(body => body.includes(`Call ${id}:`))).toContain(
      `recordings/${id}.wav in the recording package (${bytes.length} bytes, SHA-256 ${digest(bytes)})`,
    );
  }
  expect(notes.find(body => body.includes('Call 990004:'))).toContain('Recording: not available (EXPIRED)');
  const { data } = await root.ask(
    `{ crosswalk(projectId: "${projectId}", lookups: [{ sourceType: RECORDING, sourceId: "990008" }]) { entries { destinationType destinationId conversationId verifiedAt } } }`,
  );
  expect(data.crosswalk[0].entries).toEqual(
    expect.arrayContaining([
      {
        destinationType: 'DOCUMENT',
        destinationId: 'recordings/990008.wav',
        conversationId: null,
        verifiedAt: expect.any(String),
      },
      expect.objectContaining({ destinationType: 'NOTE', conversationId: expect.any(String), verifiedAt: expect.any(String) }),
    ]),
  );
  const manifest = await documentNamed(root, projectId, 'production/recording-manifest.jsonl');
  const text = await (await fetch(manifest.downloadUrl)).text();
  expect(digest(Buffer.from(text))).toBe(manifest.sha256);
  const listed = text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(listed.map(row => row.call_id).sort()).toEqual(
    account
      .all('calls')
      .map(call => String(call.id))
      .sort(),
  );
  const row = (id: number) => listed.find(each => each.call_id === String(id));
  const held = data.crosswalk[0].entries.find(
    (each: { destinationType: string }) => each.destinationType === 'NOTE',
  ).conversationId;
  expect(row(990008)).toMatchObject({
    recording: 'DOWNLOADED',
    file: 'recordings/990008.wav',
    sha256: digest(broken),
    conversation_id: held,
  });
  expect(row(990009)).toMatchObject({ recording: 'NONE', file: null });
  const csv = await (await fetch((await documentNamed(root, projectId, 'production/recording-manifest.csv')).downloadUrl)).text();
  expect(csv.split('\r\n')).toHaveLength(listed.length + 2);

  const archive = await documentNamed(root, projectId, 'production/recordings.zip');
  const bytes = Buffer.from(await (await fetch(archive.downloadUrl)).arrayBuffer());
  expect(bytes.length).toBe(archive.byteSize);
  expect(digest(bytes)).toBe(archive.sha256);
  expect(bytes.includes(broken)).toBe(true);
  expect(bytes.includes(`${digest(broken)}  recordings/990008.wav\n`)).toBe(true);
  const rest = await fetch(archive.downloadUrl, { headers: { range: 'bytes=100000-', 'if-range': `"${archive.sha256}"` } });
  expect(rest.status).toBe(206);
  expect(rest.headers.get('content-range')).toBe(`bytes 100000-${bytes.length - 1}/${bytes.length}`);
  expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(100_000))).toBe(true);
  expect((await fetch(archive.downloadUrl, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416);
  // A link is valid for one object, in one tenant, for a limited time.
  for (const [from, to] of [
    [/documents\/[^?]+/, `documents/${manifest.downloadUrl.match(/documents\/([^?]+)/)![1]}`],
    [/expires=\d/, 'expires=9'],
    [/organization=[^&]+/, 'organization=00000000-0000-4000-8000-000000000000'],
    [/&signature=.*/, ''],
  ] as const) {
    expect((await fetch(archive.downloadUrl.replace(from, to))).status).toBe(404);
  }
  const writes = intercom.writes();
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
  // The same input gives the same bytes: nothing was written again.
  expect(await documentNamed(root, projectId, 'production/recordings.zip')).toMatchObject({
    sha256: archive.sha256,
    createdAt: archive.createdAt,
  });
});

test('an interrupted download continues after its last byte', async () => {
  const infoset = await simulator(smallAccount(2));
  addCall(infoset.account, 990001);
  const bytes = wav(4_000_000);
  addRecording(infoset.account, 990001, bytes);
  infoset.server.faults.add({ kind: 'TRUNCATED', path: '/990001/recording', times: 3 });
  const asked: string[] = [];
  infoset.server.onCall = call => {
    if (call.path.includes('/990001/recording')) asked.push(call.headers.range ?? '');
  };
  const projectId = await connectedProject(root, infoset);
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect(asked).toEqual(['bytes=0-', 'bytes=2000000-', 'bytes=3000000-', 'bytes=3500000-']);
});

test('if the plan forbids recordings, one refusal is enough', async () => {
  const infoset = await simulator(ownUrl => {
    const account = smallAccount(60)(ownUrl);
    account.account.plan.recordingDownload = false;
    for (const blob of account.blobs.recordings.values()) blob.status = 403;
    return account;
  });
  const projectId = await connectedProject(root, infoset);
  const run = await extract(root, projectId);
  expect(run.state).toBe('SUCCEEDED');
  const listing = run.listings.find(each => each.listing === 'recordings')!;
  expect(listing.skipped).toBe(infoset.account.all('calls').filter(call => call.hasRecording).length);
  // As many as are in flight at the same time.
  expect(infoset.server.calls['GET /v1/calls/{id}/recording']).toBeLessThanOrEqual(5);
});

test('a page or an error instead of a file is requested again, and reported if that does not help', async () => {
  const infoset = await simulator(smallAccount(3));
  const { account } = infoset;
  const ticket = account.all('tickets')[0]!;
  const image = Buffer.from('iVBORw0KGgo=', 'base64');
  for (const [id, contentType] of [
    [880_001, 'image/png'],
    [880_002, 'text/html'],
  ] as const)
    account.blobs.files.set(String(id), { contentType, size: image.length, status: 200, bytes: () => image });
  ticket.content = '<p>A text of its own <img src="/v1/files/880001"><img src="/v1/files/880002"></p>';
  infoset.server.faults.add({ kind: 'HTML', path: '/v1/files/880001', times: 2 });
  infoset.server.faults.add({ kind: 'ERROR_BODY', path: '/v1/files/880001', times: 1 });
  const projectId = await connectedProject(root, infoset);
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  const reported = (await issuesOf(root, projectId)).filter(each => each.code === 'FILE_UNAVAILABLE').map(each => each.sourceId);
  expect(reported).toContain('880002');
  expect(reported).not.toContain('880001');
});

test('a package of many files: its size and digest are those of the download', async () => {
  const infoset = await simulator(smallAccount(3));
  for (let id = 1; id <= 1_200; id++) {
    addCall(infoset.account, 900_000 + id);
    addRecording(infoset.account, 900_000 + id, Buffer.from(`recording ${id}`));
  }
  const projectId = await connectedProject(root, infoset);
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  const { downloadUrl, byteSize, sha256 } = await documentNamed(root, projectId, 'production/recordings.zip');
  const bytes = Buffer.from(await (await fetch(downloadUrl)).arrayBuffer());
  expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([byteSize, sha256]);
});
