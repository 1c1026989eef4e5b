import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { dealType } from '../support/destination.js';
import { smallAccount } from '../support/extraction.js';
import { produce, readyProject } from '../support/load.js';
import { until } from '../support/processes.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
let owner: pg.Client;
let intercom: IntercomSimulator;
let projectId: string;
const close: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of close) await end();
});

/** A project in production with three recordings, each of a call in a conversation. */
beforeAll(async () => {
  const file = await serverOfThisFile({ ...quickTimes, REQUEST_TIMEOUT_MS: '15000' });
  root = file.root;
  owner = new pg.Client({ connectionString: file.database.ownerUrl });
  await owner.connect();
  const infoset = await startInfosetSimulator(smallAccount(5));
  intercom = await startIntercomSimulator({ limits: null });
  close.push(
    () => owner.end(),
    () => infoset.close(),
    () => intercom.close(),
  );
  intercom.workspace.objectTypes = [dealType()];
  const { account } = infoset;
  const bytes = Buffer.alloc(20_000, 'a');
  for (const id of [990_001, 990_002, 990_003]) {
    const startedDate = `2026-05-0${id % 10}T10:00:00Z`;
    const [contact, user] = [account.all('contacts')[0]!, account.all('users')[0]!];
    const about = { contactId: contact.id, userId: user.id, startedDate, createdDate: startedDate, durationSeconds: 60 };
    account.put('calls', { id, ticketId: null, direction: 'inbound', fromNumber: '+902160002845', hasRecording: true, ...about });
    account.blobs.recordings.set(String(id), { contentType: 'audio/wav', size: bytes.length, status: 200, bytes: () => bytes });
  }
  projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
});

const recording = async (call: number) => {
  const query = `query ($projectId: ID!, $filter: CallRecordingFilter) { callRecordings(projectId: $projectId, filter: $filter) { edges { node { id status conversationId } } } }`;
  const { data } = await root.ask(query, { projectId, filter: { sourceCallId: String(call) } });
  return data.callRecordings.edges[0].node as { id: string; status: string; conversationId: string };
};
const act = (name: 'attach' | 'claim' | 'close', id: string, more: object = {}) =>
  root
    .mutate(
      `${name}CallRecording`,
      name === 'close' ? 'CloseCallRecordingInput' : 'CallRecordingActionInput',
      { callRecordingId: id, ...more },
      'callRecording { status }',
    )
    .then(({ userErrors }) => userErrors.map((each: { code: string }) => each.code));
const notes = (conversationId: string, call: number) =>
  intercom.workspace.conversations
    .get(conversationId)!
    .parts.filter(part => part.body?.includes(`Infoset call ${call}`) && part.attachments.length > 0);
const uploads = () => intercom.server.calls['POST /conversations/{id}/reply'] ?? 0;

test('during an upload nothing is locked and no connection is used; other calls wait or are refused; one uploads', async () => {
  const { id, conversationId } = await recording(990_001);
  const before = uploads();
  intercom.settings.latencyMs = 2_500;
  let ended = false;
  const all = Promise.all([
    act('attach', id, { idempotencyKey: 'same' }),
    act('attach', id, { idempotencyKey: 'same' }),
    act('attach', id, { idempotencyKey: 'same' }),
  ]).finally(() => {
    ended = true;
  });
  await until('the right to upload to be taken', async () => {
    const { rowCount } = await owner.query('SELECT FROM landfall.call_recordings WHERE attach_until IS NOT NULL');
    return rowCount === 1;
  });
  expect(await act('attach', id, { idempotencyKey: 'another' })).toEqual(['RECORDING_CLAIMED']);
  expect(await act('claim', id)).toEqual(['RECORDING_CLAIMED']);
  expect(await act('close', id, { status: 'NOT_POSSIBLE' })).toEqual(['RECORDING_CLAIMED']);
  // There are no other requests, so an open transaction now would stay open.
  let quiet = 0;
  while (!ended) {
    const { rows } = await owner.query<{ busy: number }>(
      `SELECT count(*)::int AS busy FROM pg_stat_activity WHERE datname = current_database() AND usename <> current_user
         AND xact_start < clock_timestamp() - interval '1 second'`,
    );
    expect(rows[0]!.busy).toBe(0);
    await owner.query('BEGIN');
    const locked = await owner.query('SELECT FROM landfall.call_recordings WHERE id = $1 FOR UPDATE SKIP LOCKED', [
      id.replace(/^[a-z]+_/, ''),
    ]);
    await owner.query('COMMIT');
    quiet += locked.rowCount!;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  expect(quiet).toBeGreaterThan(20);
  intercom.settings.latencyMs = 0;
  expect(await all).toEqual([[], [], []]);
  expect(uploads() - before).toBe(1);
  expect(notes(conversationId, 990_001)).toHaveLength(1);
  expect(await act('attach', id, { idempotencyKey: 'later' })).toEqual([]);
  expect(uploads() - before).toBe(1);
});

test('an outcome that could not be stored is found by the next call: sent once', async () => {
  const { id, conversationId } = await recording(990_002);
  await owner.query(`
    CREATE FUNCTION landfall.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'made for a test' USING ERRCODE = '57P01'; END $$;
    CREATE TRIGGER fail BEFORE INSERT ON landfall.crosswalk FOR EACH ROW EXECUTE FUNCTION landfall.fail()`);
  try {
    await expect(act('attach', id, { idempotencyKey: 'cut off' })).rejects.toThrow('DATABASE_UNAVAILABLE');
  } finally {
    await owner.query('DROP FUNCTION landfall.fail CASCADE');
  }
  expect(notes(conversationId, 990_002)).toHaveLength(1);
  expect((await recording(990_002)).status).toBe('PENDING');
  expect(await act('attach', id, { idempotencyKey: 'cut off' })).toEqual([]);
  expect(notes(conversationId, 990_002)).toHaveLength(1);
  expect((await recording(990_002)).status).toBe('ATTACHED');
});

test('the lease of a dead process ends soon, and another call continues', async () => {
  const { id, conversationId } = await recording(990_003);
  await owner.query(
    `UPDATE landfall.call_recordings SET attach_token = gen_random_uuid(), attach_by = 'dead', attach_until = clock_timestamp() + interval '3 seconds' WHERE call_id = '990003'`,
  );
  expect(await act('attach', id)).toEqual(['RECORDING_CLAIMED']);
  await until('the right to end', async () => (await act('attach', id)).length === 0);
  expect(notes(conversationId, 990_003)).toHaveLength(1);
});
