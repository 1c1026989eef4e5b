import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../src/compose.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { appendEvent } from '../../src/store/project-events.js';
import type { Tenancy } from '../../src/tenancy/tenancy.js';
import { freshDatabase } from '../support/database.js';
import { until } from '../support/processes.js';
import { hasRedis, startRedis } from '../support/redis.js';
import { Partner } from '../support/server.js';

const key = 'a-key-for-both-of-the-servers';

/** Two servers on one database; the second writes, the first is followed. */
async function twoServers(environment: Record<string, string>) {
  const { serverUrl, ownerUrl } = await freshDatabase();
  const start = async () => {
    const config = loadConfig(
      { logLevel: 'fatal' },
      {
        PORT: '0',
        DATABASE_URL: serverUrl,
        DATABASE_OWNER_URL: ownerUrl,
        SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'),
        BOOTSTRAP_API_KEY: key,
        ...environment,
      },
    );
    const server = await startServer(config, createLog(config), () => {});
    onTestFinished(() => server[Symbol.asyncDispose]());
    return server;
  };
  return [await start(), await start()] as const;
}

async function follow(url: string, writer: Tenancy, projectId: string, upTo: number): Promise<number[]> {
  const principal = (await writer.authenticate(key))!;
  const client = new Partner(url, key).webSocket();
  const query = `subscription { projectEvents(projectId: "${projectId}", afterSeq: 0) { seq } }`;
  const seen: number[] = [];
  for await (const { data } of client.iterate<{ projectEvents: { seq: number } }>({ query })) {
    seen.push(data!.projectEvents.seq);
    if (seen.length === upTo) break;
    const event = { projectId: projectId.replace('prj_', ''), type: 'PROJECT_CREATED', message: 'again', data: {} } as const;
    // Each is written after the one before has arrived. Only a wake-up can report it in time.
    await writer.within(principal, tx => appendEvent(tx, event));
  }
  await client.dispose();
  return seen;
}

test('without Redis a server is notified of changes by another one, by LISTEN', async () => {
  const [follower, writer] = await twoServers({});
  const { project } = await new Partner(writer.url, key).createProject({ name: 'Over LISTEN' });
  expect(await follow(follower.url, writer.tenancy, project.id, 20)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test.skipIf(!hasRedis)(
  'with Redis a server is notified of changes by another one, and readiness shows when Redis is down',
  async () => {
    const redis = await startRedis();
    const [follower, writer] = await twoServers({ REDIS_URL: redis.url });
    const { project } = await new Partner(writer.url, key).createProject({ name: 'Over Redis' });
    expect(await follow(follower.url, writer.tenancy, project.id, 20)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    redis.process.child.kill('SIGKILL');
    await until('readiness to tell', async () => {
      const answer = await fetch(`${follower.url}/readyz`);
      return answer.status === 503 && JSON.stringify(await answer.json()).includes('Redis does not answer.');
    });
    // Without Redis nothing is lost or refused.
    expect((await new Partner(writer.url, key).createProject({ name: 'Meanwhile' })).project.name).toBe('Meanwhile');
  },
);
