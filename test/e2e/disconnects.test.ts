import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { freshDatabase } from '../support/database.js';
import { TestProcess } from '../support/processes.js';
import { Random } from '../support/random.js';
import { hasRedis, startRedis } from '../support/redis.js';
import { Partner } from '../support/server.js';

const key = 'a-key-of-the-disconnected';
const [clients, disconnects, projects] = [40, 25, 4];

/** Events of each project at the start. */
const earlier = 30;

/** Two server processes on one database. */
async function twoProcesses(environment: Record<string, string>): Promise<{ servers: Partner[]; ownerUrl: string }> {
  const { serverUrl, ownerUrl } = await freshDatabase();
  const { PATH, HOME } = process.env;
  const settings = {
    ...{ PATH, HOME, PORT: '0', DATABASE_URL: serverUrl, DATABASE_OWNER_URL: ownerUrl, BOOTSTRAP_API_KEY: key },
    ...{ SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'), GRAPHQL_COST_PER_SECOND: '1000000', ...environment },
  };
  const started = [1, 2].map(() => new TestProcess(process.execPath, [resolve('dist/src/main.js'), 'serve'], settings));
  await Promise.all(started.map(server => server.says('server ready')));
  return { ownerUrl, servers: started.map(({ output }) => new Partner(/"url":"([^"]+)"/.exec(output)![1]!, key)) };
}

const query =
  'subscription ($projectId: ID!, $afterSeq: Int) { projectEvents(projectId: $projectId, afterSeq: $afterSeq) { seq } }';

/** Ignores the end of a connection. */
function onlyTheEnd(error: { code?: unknown }): void {
  if (typeof error.code !== 'number') throw error;
}

/**
 * Connects where the last connection ended, reads some events, and disconnects: abruptly or cleanly, in the middle of
 * the connecting, or of an event.
 */
async function connectAndGo(partner: Partner, projectId: string, seen: number[], random: Random): Promise<void> {
  let socket: WebSocket | undefined;
  const client = partner.webSocket(undefined, opened => {
    socket = opened;
  });
  const variables = { projectId, afterSeq: seen.at(-1) ?? 0 };
  const events = client.iterate<{ projectEvents: { seq: number } }>({ query, variables });
  const [wanted, hastyMs] = [1 + random.below(3), random.chance(0.4) ? random.below(40) : null];
  const reading = (async () => {
    for (let left = wanted; left > 0; left--) {
      const { value, done } = await events.next();
      if (done) return;
      if (value.errors) throw value.errors[0];
      seen.push(value.data!.projectEvents.seq);
    }
  })().catch(onlyTheEnd);
  await (hastyMs === null ? reading : Promise.race([reading, sleep(hastyMs)]));
  if (random.chance(0.5) && socket) socket.terminate();
  else void events.return?.();
  // It reports a connection that was closed while it was opening.
  await Promise.resolve(client.dispose()).catch(onlyTheEnd);
  await reading;
}

/** Adds events to all projects. */
async function addEvents(ownerUrl: string, count: number): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(
    `WITH numbered AS (UPDATE landfall.projects SET last_event_seq = last_event_seq + $1 RETURNING id, organization_id, last_event_seq)
     INSERT INTO landfall.project_events (project_id, seq, organization_id, at, type, message, data)
     SELECT id, last_event_seq - $1 + n, organization_id, now(), 'PROJECT_UPDATED', '', '{}' FROM numbered, generate_series(1, $1) AS n`,
    [count],
  );
  await owner.end();
}

/** The rest of the events. */
async function readUpTo(partner: Partner, projectId: string, seen: number[], last: number): Promise<void> {
  const client = partner.webSocket();
  const variables = { projectId, afterSeq: seen.at(-1) ?? 0 };
  if (variables.afterSeq < last)
    for await (const { data } of client.iterate<{ projectEvents: { seq: number } }>({ query, variables })) {
      seen.push(data!.projectEvents.seq);
      if (seen.at(-1)! >= last) break;
    }
  await client.dispose();
}

async function disconnectAll(environment: Record<string, string>, seed: number): Promise<void> {
  const { servers, ownerUrl } = await twoProcesses(environment);
  const projectIds: string[] = [];
  for (let n = 0; n < projects; n++) projectIds.push((await servers[n % 2]!.createProject({ name: 'Watched' })).project.id);
  await addEvents(ownerUrl, earlier);
  let isOver = false;
  const writers = projectIds.map(async (projectId, index) => {
    const random = new Random(seed + 1_000 + index);
    for (let n = 1; !isOver; n++) {
      const input = { projectId, name: `name ${n}` };
      const { userErrors } = await random.of(servers).mutate('updateProject', 'UpdateProjectInput', input, 'project { id }');
      expect(userErrors).toEqual([]);
      await sleep(20 + random.below(40));
    }
  });
  const watched = Array.from({ length: clients }, (_, index) => ({
    projectId: projectIds[index % projects]!,
    seen: [] as number[],
    random: new Random(seed + index),
  }));
  const going = Promise.all(
    watched.map(async ({ projectId, seen, random }) => {
      for (let left = disconnects; left > 0; left--) await connectAndGo(random.of(servers), projectId, seen, random);
    }),
  );
  await going.finally(() => {
    isOver = true;
  });
  await Promise.all(writers);
  for (const [index, projectId] of projectIds.entries()) {
    const { data } = await servers[index % 2]!.ask(`{ project(id: "${projectId}") { events { totalCount } } }`);
    const last: number = data.project.events.totalCount;
    const readers = watched.filter(each => each.projectId === projectId);
    await Promise.all(readers.map(({ seen, random }) => readUpTo(random.of(servers), projectId, seen, last)));
    for (const { seen } of readers) expect(seen).toEqual(Array.from({ length: last }, (_, index) => index + 1));
  }
}

test('1,000 random disconnects from two processes over Postgres: no gap, no repetition', () => disconnectAll({}, 1));

test.skipIf(!hasRedis)('1,000 random disconnects from two processes over Redis: no gap, no repetition', async () => {
  const { url } = await startRedis();
  await disconnectAll({ REDIS_URL: url }, 2);
});
