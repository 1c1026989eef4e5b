import pg from 'pg';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { RunningServer } from '../../src/compose.js';
import { appendEvent } from '../../src/store/project-events.js';
import { until } from '../support/processes.js';
import { type Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
let server: RunningServer;
let ownerUrl: string;
beforeAll(async () => {
  const file = await serverOfThisFile();
  ({ root, server } = file);
  ownerUrl = file.database.ownerUrl;
});

interface Message {
  id?: string;
  type: string;
  payload?: { data: Record<string, { seq: number; state: string; fraction: number }> };
}

/** A client that implements the protocol, so that it can stop reading. */
async function client(): Promise<{ socket: WebSocket; messages: Message[]; subscribe: (id: string, query: string) => void }> {
  const socket = new WebSocket(`${root.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  const messages: Message[] = [];
  socket.on('message', text => messages.push(JSON.parse(String(text))));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const send = (message: object) => socket.send(JSON.stringify(message));
  send({ type: 'connection_init', payload: { authorization: `Bearer ${root.key}` } });
  await until('the acknowledgement', () => messages.some(({ type }) => type === 'connection_ack'));
  return { socket, messages, subscribe: (id, query) => send({ id, type: 'subscribe', payload: { query } }) };
}

const of = (messages: readonly Message[], id: string) =>
  messages.filter(message => message.id === id && message.type === 'next').map(({ payload }) => Object.values(payload!.data)[0]!);
const isComplete = (messages: readonly Message[], id: string) =>
  messages.some(message => message.id === id && message.type === 'complete');

test('a reader that stops: the server sends no more, loses no event, and shows the current progress when it reads again', async () => {
  const { project } = await root.createProject({ name: 'Large' });
  const projectId = project.id.replace('prj_', '');
  const principal = (await server.tenancy.authenticate(root.key))!;
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  onTestFinished(() => owner.end());
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO landfall.runs (project_id, organization_id, kind, state) SELECT id, organization_id, 'EXTRACTION', 'PAUSED'
     FROM landfall.projects WHERE id = $1 RETURNING id`,
    [projectId],
  );
  const runId = rows[0]!.id;
  const events = 400;
  const large = 'x'.repeat(50_000);
  await server.tenancy.within(principal, async tx => {
    for (let n = 1; n < events; n++)
      await appendEvent(tx, { projectId, type: 'PROJECT_UPDATED', message: `${n}`, data: { name: large } });
  });
  const progress = `subscription { runProgress(runId: "run_${runId}") { state fraction } }`;
  const [slow, quick] = [await client(), await client()];
  quick.subscribe('progress', progress);
  slow.subscribe('progress', progress);
  await until('the first snapshots', () => [slow, quick].every(({ messages }) => of(messages, 'progress').length > 0));

  const sent = vi.spyOn(WebSocket.prototype, 'send');
  onTestFinished(() => sent.mockRestore());
  const sentEvents = () => sent.mock.calls.filter(([text]) => String(text).startsWith('{"id":"events","type":"next"')).length;
  slow.socket.pause();
  slow.subscribe('events', `subscription { projectEvents(projectId: "${project.id}", afterSeq: 0) { seq data } }`);
  let before = -1;
  // What fits into the buffers of the system is sent, and then nothing.
  await until(
    'the end of the sending',
    () => {
      const now = sentEvents();
      const isStill = now > 0 && now === before;
      before = now;
      return isStill;
    },
    60_000,
    { growth: 2, longestMs: 400 },
  );
  expect(before).toBeLessThan(events * 0.8);

  const changes = 300;
  for (let n = 1; n < changes; n++)
    await owner.query('UPDATE landfall.runs SET fraction = $2 WHERE id = $1', [runId, n / changes]);
  await owner.query(`UPDATE landfall.runs SET fraction = 1, state = 'SUCCEEDED' WHERE id = $1`, [runId]);
  await until('the last snapshot', () => isComplete(quick.messages, 'progress'));
  expect(sentEvents()).toBeLessThan(events * 0.8);
  slow.socket.resume();
  await until('the rest', () => isComplete(slow.messages, 'progress') && of(slow.messages, 'events').length >= events);

  expect(of(slow.messages, 'events').map(({ seq }) => seq)).toEqual(Array.from({ length: events }, (_, index) => index + 1));
  // One snapshot was on its way when the reader stopped, and one may have been read before.
  expect(of(slow.messages, 'progress').length).toBeLessThan(10);
  expect(of(quick.messages, 'progress').length).toBeLessThan(changes / 2);
  for (const { messages } of [slow, quick]) {
    const snapshots = of(messages, 'progress');
    expect(snapshots.at(-1)).toEqual({ state: 'SUCCEEDED', fraction: 1 });
    const fractions = snapshots.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  }
});
