import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { LocalWakeUps } from '../../src/events/wake-ups.js';
import { createDataSource } from '../../src/store/data-source.js';
import { EmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.js';
import { stopServer } from '../../src/store/embedded/launcher.js';
import { appendEvent } from '../../src/store/project-events.js';
import { openSecrets } from '../../src/tenancy/open-secrets.js';
import { storedSecretsKey } from '../../src/tenancy/secret-box.js';
import { Tenancy } from '../../src/tenancy/tenancy.js';
import { freshDatabase } from '../support/database.js';
import { TestProcess, until } from '../support/processes.js';
import { firstOf, Partner } from '../support/server.js';

const rounds = Number(process.env.LANDFALL_STARTS ?? 1);
const bootstrapKey = 'a-bootstrap-key-of-the-tests';
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'processes-'));
  onTestFinished(async () => {
    await stopServer(dataDir, { onPurpose: true });
    rmSync(dataDir, { recursive: true, force: true });
  });
});

const { PATH, HOME } = process.env;
const embedded = () => ({ PATH, HOME, PORT: '0', DATA_DIR: dataDir, BOOTSTRAP_API_KEY: bootstrapKey });

function run(command: string, environment: NodeJS.ProcessEnv = embedded(), ...options: string[]): TestProcess {
  return new TestProcess(process.execPath, [resolve('dist/src/main.js'), command, ...options], environment);
}

async function urlOf(server: TestProcess): Promise<string> {
  await server.says('server ready');
  return /"url":"([^"]+)"/.exec(server.output)![1]!;
}

const ended = { code: 0, signal: null };
const postmasterPid = () => Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
const hasEnded = (pid: number) => {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return true;
  }
};

test(`server and worker started together on a fresh directory, ${rounds} times, ended right after ready with 0`, async () => {
  for (let round = 1; round <= rounds; round++) {
    rmSync(dataDir, { recursive: true, force: true });
    const [server, worker] = [run('serve'), run('worker')];
    await Promise.all([server.says('server ready'), worker.says('worker ready')]);
    const pid = postmasterPid();
    for (const each of [server, worker]) each.child.kill('SIGTERM');
    expect([await server.exited, await worker.exited], `round ${round}: ${server.output} ${worker.output}`).toEqual([
      ended,
      ended,
    ]);
    // The last process that left has stopped Postgres too.
    await until('Postgres to end', () => hasEnded(pid));
  }
});

test('npm passes the signal on, and the program ends its database', async () => {
  const server = new TestProcess('npm', ['start'], embedded());
  await server.says('server ready');
  const pid = postmasterPid();
  server.child.kill('SIGTERM');
  await server.exited;
  await until('Postgres to end', () => hasEnded(pid));
});

test('the demo twice on one directory', async () => {
  for (const round of [1, 2]) {
    const { BOOTSTRAP_API_KEY: _, ...environment } = embedded();
    // A limit of 10,000 calls a minute applies here too, so this takes half a minute.
    const demo = run('demo', environment, '--exit', '--tickets', '12');
    expect(await demo.exited, `round ${round}: ${demo.output}`).toEqual(ended);
    expect(demo.output).toContain('PROJECT_CREATED');
    expect(demo.output).toMatch(/API key: +lf_\S{43}/);
    expect(demo.output).not.toMatch(/^\s+at /m);
  }
});

test('the database is killed while a server runs: a coded 503 without internal details, and it recovers', async () => {
  const server = run('serve');
  const partner = new Partner(await urlOf(server), bootstrapKey);
  const { project } = await partner.createProject({ name: 'Survivor' });
  const client = partner.webSocket();
  const events = client.iterate<{ projectEvents: { seq: number } }>({
    query: `subscription { projectEvents(projectId: "${project.id}", afterSeq: 0) { seq } }`,
  });
  await events.next();

  await stopServer(dataDir, { onPurpose: true });
  const answer = await partner.ask('{ viewer { name organization { name } } }');
  expect(answer.status).toBe(503);
  expect(answer.errors).toEqual([
    {
      message: 'The database does not answer. Retry shortly.',
      extensions: { code: 'DATABASE_UNAVAILABLE', requestId: expect.any(String) },
    },
  ]);
  const ready = await fetch(`${partner.url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'not ready', reasons: ['The database does not answer.'] }]);
  expect((await fetch(`${partner.url}/healthz`)).status).toBe(200);
  const refused = await firstOf(partner.webSocket(), { query: '{ viewer { name } }' }).catch(event => event);
  expect((refused as { code: number; reason: string }).code).toBe(1013);

  // Another process starts it again. Then it is killed again, and the server starts it.
  const worker = run('worker');
  await worker.says('worker ready');
  await until('the server to recover', async () => (await partner.ask('{ viewer { name } }')).status === 200);
  worker.child.kill('SIGTERM');
  await worker.exited;
  // The worker may have been the last member, and have ended it: then the server starts it again first.
  process.kill(await until('a postmaster', () => postmasterPid()), 'SIGKILL');
  await until('the server to recover by itself', async () => {
    const { status, data, errors } = await partner.ask(`{ project(id: "${project.id}") { name } }`);
    expect([200, 503]).toContain(status);
    if (status === 503) expect(errors![0]!.extensions.code).toBe('DATABASE_UNAVAILABLE');
    return data?.project?.name === 'Survivor';
  });
  await until('readiness', async () => (await fetch(`${partner.url}/readyz`)).status === 200);
  // The subscription survived both: it gets the changes of another process.
  const member = await EmbeddedPostgres.join(dataDir, () => {});
  const database = createDataSource(member.serverUrl);
  await database.initialize();
  const silent = pino({ level: 'silent' });
  const { digests } = await openSecrets(database, await storedSecretsKey(dataDir), silent);
  const tenancy = new Tenancy(database, new LocalWakeUps(), digests, silent);
  const principal = (await tenancy.authenticate(bootstrapKey))!;
  const event = { projectId: project.id.replace('prj_', ''), type: 'PROJECT_CREATED', message: 'again', data: {} } as const;
  await tenancy.within(principal, tx => appendEvent(tx, event));
  expect((await events.next()).value.data.projectEvents.seq).toBe(2);
  await client.dispose();
  await database.destroy();
  await member.leave();
  server.child.kill('SIGTERM');
  expect(await server.exited).toEqual(ended);
});

test('after SIGKILL of the server the next start works on the same data; a known bootstrap key and a second SIGTERM change nothing', async () => {
  const first = run('serve');
  const { project } = await new Partner(await urlOf(first), bootstrapKey).createProject({ name: 'Kept' });
  first.child.kill('SIGKILL');
  await first.exited;
  const second = run('serve');
  const partner = new Partner(await urlOf(second), bootstrapKey);
  expect((await partner.ask(`{ project(id: "${project.id}") { name } }`)).data.project.name).toBe('Kept');
  expect(second.output).not.toContain('shown this once');
  // Open subscriptions are closed.
  const client = partner.webSocket();
  const events = client.iterate({ query: `subscription { projectEvents(projectId: "${project.id}", afterSeq: 0) { seq } }` });
  await events.next();
  const closed = events.next().then(
    () => 'completed',
    event => event.code,
  );
  second.child.kill('SIGTERM');
  second.child.kill('SIGTERM');
  expect(await second.exited).toEqual(ended);
  expect([1001, 'completed']).toContain(await closed);
});

test('with DATABASE_URL: pending migrations are refused until they are run, and the first key is printed once', async () => {
  const { serverUrl, ownerUrl } = await freshDatabase('template0');
  const given = { PATH, HOME, PORT: '0', DATABASE_URL: serverUrl, SECRETS_KEY: Buffer.alloc(32, 1).toString('base64') };
  for (const command of ['serve', 'worker']) {
    const refused = run(command, given);
    expect((await refused.exited).code).toBe(1);
    expect(refused.output).toContain('Run `npm run migrate` with DATABASE_OWNER_URL');
  }
  const { SECRETS_KEY: _, ...withoutSecretsKey } = given;
  const [migrating, racing] = [1, 2].map(() => run('migrate', { ...withoutSecretsKey, DATABASE_OWNER_URL: ownerUrl }));
  expect([await migrating!.exited, await racing!.exited]).toEqual([ended, ended]);
  expect([migrating!.output, racing!.output].sort()).toEqual([
    expect.stringContaining('Migrated: Tenancy'),
    expect.stringContaining('Nothing to migrate.'),
  ]);

  const server = run('serve', given);
  const url = await urlOf(server);
  const key = /shown this once: (\S+)/.exec(server.output)![1]!;
  expect((await new Partner(url, key).ask('{ viewer { role } }')).data.viewer.role).toBe('ADMIN');
  server.child.kill('SIGTERM');
  expect(await server.exited).toEqual(ended);
  const again = run('serve', given);
  await again.says('server ready');
  expect(again.output).not.toContain('shown this once');
  again.child.kill('SIGTERM');
  expect(await again.exited).toEqual(ended);
});
