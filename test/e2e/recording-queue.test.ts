import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InfosetSimulator, startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { type IntercomSimulator, startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { dealType } from '../support/destination.js';
import { smallAccount } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { Partner, quickTimes, serverOfThisFile } from '../support/server.js';

const small = Buffer.alloc(50_000, 'a');
const large = Buffer.alloc(11 * 1024 * 1024, 'b');

let root: Partner;
let infoset: InfosetSimulator;
let intercom: IntercomSimulator;
let projectId: string;
let ayse: Partner;
let mehmet: Partner;

interface View {
  id: string;
  sourceCallId: string;
  conversationId: string | null;
  conversationUrl: string | null;
  agentName: string | null;
  contactName: string | null;
  phone: string | null;
  availability: string;
  downloadUrl: string | null;
  status: string;
  claimedBy: string | null;
  claimExpiresAt: string | null;
  closedAt: string | null;
  note: string | null;
}
const fields =
  'id sourceCallId ticketId conversationId conversationUrl agentName contactName phone startedAt durationSeconds availability byteSize sha256 downloadUrl status claimedBy claimExpiresAt closedAt note';

async function list(partner: Partner, filter: object = {}, first = 100): Promise<View[]> {
  const query = `query ($projectId: ID!, $filter: CallRecordingFilter, $first: Int) { callRecordings(projectId: $projectId, filter: $filter, first: $first) { edges { node { ${fields} } } } }`;
  const { data, errors } = await partner.ask(query, { projectId, filter, first });
  expect(errors).toBeUndefined();
  return data.callRecordings.edges.map((edge: { node: View }) => edge.node);
}
const recording = async (id: number) => (await list(root, { sourceCallId: String(id) }))[0]!;
const act = (partner: Partner, name: 'claim' | 'attach', id: string, more: object = {}) =>
  partner.mutate(
    `${name}CallRecording`,
    'CallRecordingActionInput',
    { callRecordingId: id, ...more },
    `callRecording { ${fields} }`,
  );
const close = (partner: Partner, id: string, status: string, note?: string) =>
  partner.mutate(
    'closeCallRecording',
    'CloseCallRecordingInput',
    { callRecordingId: id, status, note },
    `callRecording { ${fields} }`,
  );
const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(each => each.code);

afterAll(() => Promise.all([infoset.close(), intercom.close()]));

beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
  const { data } = await root.ask('{ viewer { organization { id } } }');
  const staff = async (name: string, role = 'SUPPORT') => {
    const { secret } = await root.createApiKey({ organizationId: data.viewer.organization.id, name, role });
    return new Partner(root.url, secret);
  };
  [ayse, mehmet] = [await staff('Ayşe'), await staff('Mehmet')];
});

test('the queue: found by call, conversation, number in any format and time; claimed, attached once, closed', async () => {
  // They exist until the end of the file: its tests continue with the state of earlier ones.
  infoset = await startInfosetSimulator(smallAccount(10));
  intercom = await startIntercomSimulator({ limits: null });
  intercom.workspace.objectTypes = [dealType()];
  const { account } = infoset;
  const contact = account.all('contacts')[0]!;
  for (const [id, bytes, fromNumber] of [
    [990_001, small, '0 (532) 111 22 33'],
    [990_002, small, '+90 216 000 28 45'],
    [990_003, large, '+90 216 000 28 46'],
    [990_004, null, '+90 216 000 28 47'],
    [990_005, small, '+90 216 000 28 48'],
    [990_006, small, '+90 216 000 28 49'],
  ] as const) {
    const startedDate = `2026-05-0${id % 10}T10:00:00Z`;
    account.put('calls', {
      id,
      ticketId: null,
      contactId: id === 990_005 ? null : contact.id,
      userId: account.all('users')[0]!.id,
      direction: 'inbound',
      fromNumber,
      toNumber: '+902320000000',
      disposition: 'answered',
      startedDate,
      createdDate: startedDate,
      durationSeconds: 60,
      hasRecording: true,
    });
    if (bytes)
      account.blobs.recordings.set(String(id), { contentType: 'audio/wav', size: bytes.length, status: 200, bytes: () => bytes });
  }
  projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect((await reconciliation(root, projectId)).balanced).toBe(true);

  const first = await recording(990_001);
  expect(first).toMatchObject({
    conversationId: expect.any(String),
    conversationUrl: expect.stringContaining(first.conversationId!),
    agentName: account.all('users')[0]!.fullName,
    phone: '0 (532) 111 22 33',
    availability: 'DOWNLOADED',
    status: 'PENDING',
    claimedBy: null,
  });
  for (const phone of ['+905321112233', '5321112233', '0532 111 22 33', '00905321112233', '(532) 111-2233'])
    expect(
      (await list(ayse, { phone })).map(each => each.sourceCallId),
      phone,
    ).toEqual(['990001']);
  expect((await list(ayse, { conversationId: first.conversationId })).map(each => each.sourceCallId)).toEqual(['990001']);
  expect((await list(ayse, { from: '2026-05-02T00:00:00Z', to: '2026-05-04T12:00:00Z' })).map(each => each.sourceCallId)).toEqual(
    ['990004', '990003', '990002'],
  );
  const whole = await list(ayse);
  expect((await list(ayse, {}, 3)).map(each => each.id)).toEqual(whole.slice(0, 3).map(each => each.id));
  expect(whole).toHaveLength(account.all('calls').filter(call => call.hasRecording).length);

  const bytes = await fetch(first.downloadUrl!, { headers: { range: 'bytes=10-19' } });
  expect([bytes.status, bytes.headers.get('content-range'), await bytes.text()]).toEqual([
    206,
    `bytes 10-19/${small.length}`,
    'a'.repeat(10),
  ]);

  // One caller works on it, another is refused; the owner of the claim may renew it.
  const claims = await Promise.all([act(ayse, 'claim', first.id), act(mehmet, 'claim', first.id)]);
  expect(claims.map(codes).sort()).toEqual([[], ['RECORDING_CLAIMED']]);
  const [winner, loser] = codes(claims[0]).length === 0 ? [ayse, mehmet] : [mehmet, ayse];
  expect(codes(await act(winner, 'claim', first.id))).toEqual([]);
  expect(codes(await act(loser, 'attach', first.id))).toEqual(['RECORDING_CLAIMED']);
  expect(codes(await close(loser, first.id, 'NOT_POSSIBLE'))).toEqual(['RECORDING_CLAIMED']);
  const attached = await Promise.all([1, 2, 3].map(() => act(winner, 'attach', first.id)));
  expect(attached.filter(each => codes(each).length === 0).length).toBeGreaterThanOrEqual(1);
  expect(await recording(990_001)).toMatchObject({
    status: 'ATTACHED',
    closedAt: expect.any(String),
    claimedBy: winner === ayse ? 'Ayşe' : 'Mehmet',
  });
  const notes = (id: string) =>
    intercom.workspace.conversations.get(id)!.parts.filter(part => part.body?.includes('Recording of Infoset call'));
  expect(notes(first.conversationId!)).toHaveLength(1);
  expect(notes(first.conversationId!)[0]!).toMatchObject({
    part_type: 'note',
    attachments: [{ name: '990001.wav', sha256: createHash('sha256').update(small).digest('hex') }],
  });
  expect(codes(await act(winner, 'attach', first.id))).toEqual([]);
  expect(codes(await act(loser, 'claim', first.id))).toEqual(['RECORDING_CLOSED']);
  expect(intercom.workspace.notifications.avoidable).toBe(0);
  const { data } = await root.ask(
    `{ crosswalk(projectId: "${projectId}", lookups: [{ sourceType: RECORDING, sourceId: "990001" }]) { entries { destinationType conversationId } } }`,
  );
  expect(data.crosswalk[0].entries).toContainEqual({ destinationType: 'ATTACHMENT', conversationId: first.conversationId });
});

test('a lost answer: attached once anyway', async () => {
  const { id, conversationId } = await recording(990_002);
  intercom.server.faults.add({ kind: 'RESET_AFTER', method: 'POST', path: '/reply', times: 1 });
  expect(codes(await act(ayse, 'attach', id, { idempotencyKey: 'attach-2' }))).toEqual([]);
  expect(codes(await act(ayse, 'attach', id, { idempotencyKey: 'attach-2' }))).toEqual([]);
  const held = intercom.workspace.conversations
    .get(conversationId!)!
    .parts.filter(part => part.body?.includes('Recording of Infoset call 990002'));
  expect(held).toHaveLength(1);
  // There was no effect: that is reported, and another attempt succeeds.
  const other = await recording(990_006);
  intercom.server.faults.add({ kind: 'RESET_BEFORE', method: 'POST', path: '/reply', times: 1 });
  const lost = await act(ayse, 'attach', other.id);
  expect(lost.userErrors).toMatchObject([{ code: 'ATTACH_UNCERTAIN', retryable: true }]);
  expect((await recording(990_006)).status).toBe('PENDING');
  expect(codes(await act(mehmet, 'attach', other.id))).toEqual([]);
});

test('recordings that cannot be attached: too large, missing, without a conversation; closed by hand, with a note', async () => {
  const [big, gone, alone] = [await recording(990_003), await recording(990_004), await recording(990_005)];
  expect(codes(await act(ayse, 'attach', big.id))).toEqual(['RECORDING_TOO_LARGE']);
  expect(codes(await act(ayse, 'attach', gone.id))).toEqual(['RECORDING_NOT_AVAILABLE']);
  expect(gone).toMatchObject({ availability: 'MISSING', downloadUrl: null });
  expect(codes(await act(ayse, 'attach', alone.id))).toEqual(['CONVERSATION_NOT_LOADED']);
  expect(codes(await close(ayse, gone.id, 'PENDING'))).toEqual(['INVALID_INPUT']);
  expect(codes(await close(ayse, gone.id, 'NOT_POSSIBLE', 'Kaynakta yok'))).toEqual([]);
  expect(await recording(990_004)).toMatchObject({ status: 'NOT_POSSIBLE', note: 'Kaynakta yok', claimedBy: 'Ayşe' });
  expect(codes(await close(mehmet, big.id, 'ATTACHED', 'by hand'))).toEqual([]);
  expect((await list(ayse, { status: 'NOT_POSSIBLE' })).map(each => each.sourceCallId)).toEqual(['990004']);
  const { data } = await root.ask('{ viewer { organization { id } } }');
  const { secret } = await root.createApiKey({ organizationId: data.viewer.organization.id, name: 'Seyirci', role: 'VIEWER' });
  const viewer = new Partner(root.url, secret);
  expect((await list(viewer, { sourceCallId: '990001' }))[0]!.downloadUrl).toBeNull();
  expect(codes(await act(viewer, 'claim', alone.id))).toEqual(['ROLE_NOT_PERMITTED']);
  // Nor all of them together.
  const names = async (who: Partner) =>
    (await who.ask(`{ project(id: "${projectId}") { documents { id name kind } } }`)).data.project.documents as {
      id: string;
      name: string;
      kind: string;
    }[];
  const packages = (await names(ayse)).filter(({ kind }) => kind === 'RECORDING_MANIFEST');
  expect(packages.map(({ name }) => name)).toContain('production/recordings.zip');
  const seen = await names(viewer);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.filter(({ kind }) => kind === 'RECORDING_MANIFEST')).toEqual([]);
  expect((await viewer.ask(`{ node(id: "${packages[0]!.id}") { id } }`)).data.node).toBeNull();
  const { errors } = await ayse.ask(
    `{ callRecordings(projectId: "${projectId}", filter: { phone: "12" }) { edges { cursor } } }`,
  );
  expect(errors![0]!.extensions.code).toBe('INVALID_INPUT');
});
