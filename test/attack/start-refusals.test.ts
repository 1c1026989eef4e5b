import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../src/compose.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { freshDatabase } from '../support/database.js';
import { TestProcess } from '../support/processes.js';

const { PATH, HOME } = process.env;
/** Each start loads the whole program. */
const probeAttempts = 600_000;
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

function run(command: string, environment: Record<string, string>): TestProcess {
  return new TestProcess(process.execPath, [resolve('dist/src/main.js'), command], {
    PATH,
    HOME,
    LOG_LEVEL: 'silent',
    ...environment,
  });
}

/** How long this machine takes now to start a process that refuses at once. */
let startMs = 0;
beforeAll(async () => {
  const began = Date.now();
  const environment = { PATH, PORT: 'x', LOG_LEVEL: 'loud' };
  const wrong = spawnSync(process.execPath, [resolve('dist/src/main.js'), 'serve'], { env: environment, encoding: 'utf8' });
  startMs = Date.now() - began;
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toMatch(/PORT: .*\n.*LOG_LEVEL: /);
});

/** The one line, and nothing else, that a start ends with. */
async function refusal(command: string, environment: Record<string, string>): Promise<string> {
  const began = Date.now();
  const process = run(command, environment);
  expect((await process.exited).code).toBe(1);
  expect(Date.now() - began).toBeLessThan(5_000 + 5 * startMs);
  expect(process.output.trimEnd().split('\n'), process.output).toHaveLength(1);
  return process.output.trimEnd();
}

/** The same without a process of its own: the message of the error that the program prints. */
async function refusalHere(environment: Record<string, string>): Promise<string> {
  const config = loadConfig({ logLevel: 'silent' }, environment);
  const started = startServer(config, createLog(config), () => {});
  const error: Error = await started.then(
    server => server[Symbol.asyncDispose]().then(() => new Error('It has started.')),
    reason => reason,
  );
  expect(error.name).toBe('LandfallError');
  return error.message;
}

async function listener(onConnection: () => void = () => {}): Promise<number> {
  const server = createServer(onConnection);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise(done => server.close(done));
  return port;
}

async function given(): Promise<Record<string, string>> {
  const { serverUrl, ownerUrl } = await freshDatabase();
  const directory = mkdtempSync(join(tmpdir(), 'refusals-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const SECRETS_KEY = Buffer.alloc(32, 1).toString('base64');
  return { PORT: '0', DATABASE_URL: serverUrl, DATABASE_OWNER_URL: ownerUrl, DATA_DIR: directory, SECRETS_KEY };
}

test(
  'a database that is away, that never answers, that refuses the password, that does not exist, or a role that bypasses RLS',
  async () => {
    const environment = await given();
    const at = (change: (url: URL) => void, variable: string) => {
      const url = new URL(environment[variable]!);
      change(url);
      return { ...environment, [variable]: url.href };
    };
    const away = { port: String(await closedPort()) };
    const { DATABASE_OWNER_URL: _, ...withoutOwner } = at(url => Object.assign(url, away), 'DATABASE_URL');
    expect(await refusal('serve', withoutOwner)).toBe('Check DATABASE_URL: no server listens on its port.');
    const owner = (change: object) => at(url => Object.assign(url, change), 'DATABASE_OWNER_URL');
    expect(await refusal('worker', owner(away))).toBe('Check DATABASE_OWNER_URL: no server listens on its port.');
    expect(await refusalHere(owner({ port: String(await listener()) }))).toMatch(/ does not answer within /);
    expect(await refusal('migrate', owner({ pathname: '/nowhere' }))).toBe(
      'Check DATABASE_OWNER_URL: the database does not exist.',
    );
    const bypassing = { ...environment, DATABASE_URL: environment.DATABASE_OWNER_URL! };
    expect(await refusalHere(bypassing)).toContain('Use a plain role that owns nothing');
    const wrong = at(url => Object.assign(url, { password: 'hunter2' }), 'DATABASE_URL');
    expect(await refusalHere(wrong)).toBe('Check DATABASE_URL: the database refuses its user or password.');
  },
  probeAttempts,
);

test(
  'a Redis that is away, or that never answers',
  async () => {
    const environment = await given();
    const away = await refusal('serve', { ...environment, REDIS_URL: `redis://127.0.0.1:${await closedPort()}` });
    expect(away).toMatch(/^Check REDIS_URL: .*ECONNREFUSED/);
    const silent = await refusalHere({ ...environment, REDIS_URL: `redis://127.0.0.1:${await listener()}` });
    expect(silent).toMatch(/^Check REDIS_URL: /);
  },
  probeAttempts,
);

test.skipIf(!hasRedis)(
  'a Redis that refuses the password, or wants one',
  async () => {
    const environment = await given();
    const port = await closedPort();
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--requirepass', 'right', '--dir', tmpdir()];
    const redis = new TestProcess('redis-server', options, process.env);
    await redis.says('Ready to accept connections');
    for (const login of [':hunter2@', '']) {
      const refused = await refusalHere({ ...environment, REDIS_URL: `redis://${login}127.0.0.1:${port}` });
      expect(refused).toMatch(/^Check REDIS_URL: /);
      expect(refused).not.toContain('hunter2');
    }
    const accepted = loadConfig({ logLevel: 'silent' }, { ...environment, REDIS_URL: `redis://:right@127.0.0.1:${port}` });
    await (await startServer(accepted, createLog(accepted), () => {}))[Symbol.asyncDispose]();
  },
  probeAttempts,
);

test(
  'a HOST that is not ours, a port that is taken, a DATA_DIR that cannot be written, a wrong SECRETS_KEY',
  async () => {
    const environment = await given();
    expect(await refusalHere({ ...environment, HOST: '192.0.2.1' })).toMatch(/^Choose another HOST: 192\.0\.2\.1 /);
    expect(await refusal('serve', { ...environment, PORT: String(await listener()) })).toMatch(
      /^Choose another PORT: .* is in use\.$/,
    );
    const file = join(environment.DATA_DIR!, 'file');
    writeFileSync(file, '');
    const { DATABASE_URL: _u, DATABASE_OWNER_URL: _o, ...embedded } = environment;
    for (const [command, each, DATA_DIR] of [
      ['serve', embedded, join(file, 'below')],
      ['worker', environment, '/proc/landfall'],
    ] as const) {
      expect(await refusal(command, { ...each, DATA_DIR })).toMatch(/^Choose another DATA_DIR, or give this user write access: /);
    }
    const config = loadConfig({ logLevel: 'silent' }, environment);
    await (await startServer(config, createLog(config), () => {}))[Symbol.asyncDispose]();
    const wrong = { ...environment, SECRETS_KEY: Buffer.alloc(32, 2).toString('base64') };
    expect(await refusal('worker', wrong)).toMatch(/^Set the SECRETS_KEY of this database: /);
  },
  probeAttempts,
);
