import { beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { RunningServer } from '../../src/compose.js';
import type { Principal } from '../../src/domain/model/principal.js';
import { appendEvent } from '../../src/store/project-events.js';
import { until } from '../support/processes.js';
import { firstOf, type Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
let server: RunningServer;
let principal: Principal;
beforeAll(async () => {
  ({ root, server } = await serverOfThisFile());
  principal = (await server.tenancy.authenticate(root.key))!;
});

const newProject = async () => (await root.createProject({ name: 'Followed' })).project.id as string;

function writeEvent(projectId: string, n: number): Promise<void> {
  const event = {
    projectId: projectId.replace('prj_', ''),
    type: 'PROJECT_CREATED',
    message: `event ${n}`,
    data: { n },
  } as const;
  return server.tenancy.within(principal, tx => appendEvent(tx, event));
}

const subscription =
  'subscription ($projectId: ID!, $afterSeq: Int) { projectEvents(projectId: $projectId, afterSeq: $afterSeq) { seq at type runId message data } }';

interface Event {
  seq: number;
  at: string;
  message: string;
}

async function collect(projectId: string, afterSeq: number | null, enough: number): Promise<Event[]> {
  const client = root.webSocket();
  const events: Event[] = [];
  for await (const { data, errors } of client.iterate<{ projectEvents: Event }>({
    query: subscription,
    variables: { projectId, afterSeq },
  })) {
    if (errors) throw errors[0];
    events.push(data!.projectEvents);
    if (events.length === enough) break;
  }
  await client.dispose();
  return events;
}

test('afterSeq 0 replays all events from 1 with the stored time, and continues with new ones', async () => {
  const projectId = await newProject();
  await writeEvent(projectId, 2);
  const first = await collect(projectId, 0, 2);
  expect(first).toMatchObject([
    { seq: 1, type: 'PROJECT_CREATED', runId: null, data: { name: 'Followed', externalRef: null } },
    { seq: 2, message: 'event 2', data: { n: 2 } },
  ]);
  expect(await collect(projectId, 0, 2)).toEqual(first);
  expect(await collect(projectId, 1, 1)).toEqual([first[1]]);
  const live = collect(projectId, 2, 1);
  await writeEvent(projectId, 3);
  expect((await live)[0]!.seq).toBe(3);
});

test('without afterSeq only new events are sent', async () => {
  const projectId = await newProject();
  const client = root.webSocket();
  const events = client.iterate<{ projectEvents: Event }>({ query: subscription, variables: { projectId } });
  const next = events.next();
  let written = 1;
  let settled = false;
  void next.then(() => {
    settled = true;
  });
  // The subscription starts at an unknown time. Its first event is new, and never that of the creation.
  await until('an event', async () => {
    await writeEvent(projectId, ++written);
    return settled;
  });
  expect((await next).value.data.projectEvents.seq).toBeGreaterThan(1);
  await client.dispose();
});

test('errors have codes: unknown, malformed, negative, syntax, unknown field', async () => {
  const projectId = await newProject();
  const client = root.webSocket();
  const codes = async (query: string, variables: Record<string, unknown> = {}) => {
    const failed = await firstOf(client, { query, variables }).then(
      result => (result as { errors?: unknown }).errors,
      errors => errors,
    );
    return (failed as { extensions: { code: string; requestId: string } }[]).map(({ extensions }) => {
      expect(extensions.requestId).toMatch(/.+/);
      return extensions.code;
    });
  };
  expect(await codes(subscription, { projectId: 'prj_00000000-0000-4000-8000-000000000000' })).toEqual(['NOT_FOUND']);
  expect(await codes(subscription, { projectId: 'nonsense' })).toEqual(['MALFORMED_ID']);
  expect(await codes(subscription, { projectId, afterSeq: -1 })).toEqual(['INVALID_INPUT']);
  expect(await codes(subscription, { projectId, afterSeq: 'x' })).toEqual(['BAD_USER_INPUT']);
  expect(await codes('subscription {')).toEqual(['GRAPHQL_PARSE_FAILED']);
  expect(await codes('subscription { nothing }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  expect(await firstOf(client, { query: '{ viewer { role } }' })).toMatchObject({ data: { viewer: { role: 'ADMIN' } } });
  await client.dispose();
});

test('the WebSocket refuses a wrong and a missing key with 4403, and another path with 404', async () => {
  const closing = (parameters: Record<string, unknown>) => {
    const client = root.webSocket(parameters);
    return firstOf(client, { query: '{ viewer { name } }' }).then(
      () => 'answered',
      (event: { code: number }) => event.code,
    );
  };
  expect(await closing({ authorization: 'Bearer wrong-key-of-many-letters' })).toBe(4403);
  expect(await closing({})).toBe(4403);
  expect(await closing({ authorization: { a: 1 } })).toBe(4403);
  expect(await closing({ authorization: `Bearer ${root.key}` })).toBe('answered');
  const elsewhere = new WebSocket(`${root.url.replace('http', 'ws')}/other`, 'graphql-transport-ws');
  await expect(new Promise((resolve, reject) => elsewhere.once('open', resolve).once('error', reject))).rejects.toThrow(/404/);
});

test('concurrent writers number events without a gap', async () => {
  const projectId = await newProject();
  await Promise.all(Array.from({ length: 40 }, (_, index) => writeEvent(projectId, index)));
  const seqs = (await collect(projectId, 0, 41)).map(event => event.seq);
  expect(seqs).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
});
