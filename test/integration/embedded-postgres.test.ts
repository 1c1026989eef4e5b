import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { EmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.js';
import { stopServer } from '../../src/store/embedded/launcher.js';
import { TestProcess, until } from '../support/processes.js';

const isRoot = process.getuid?.() === 0;
const memberScript = resolve('test/support/member.mjs');
let dataDir: string;
const warn = (message: string) => console.warn(message);

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'embedded-'));
  onTestFinished(async () => {
    await stopServer(dataDir, { onPurpose: true });
    rmSync(dataDir, { recursive: true, force: true });
  });
});

const pidOf = (directory = dataDir) => Number(readFileSync(join(directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

async function ask(url: string, sql = 'SELECT current_user AS answer'): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows[0]?.answer;
  } finally {
    await client.end().catch(() => {});
  }
}

const alive = (url: string) =>
  ask(url).then(
    () => true,
    () => false,
  );

function member(env: NodeJS.ProcessEnv = {}): TestProcess {
  return new TestProcess(process.execPath, [memberScript, dataDir], { ...process.env, ...env });
}

test('three concurrent starts share one server; the last one that leaves stops it', async () => {
  const members = await Promise.all([1, 2, 3].map(() => EmbeddedPostgres.join(dataDir, warn)));
  expect(new Set(members.map(each => each.serverUrl)).size).toBe(1);
  const url = members[0]!.serverUrl;
  expect(await ask(url)).toBe('landfall');
  expect(
    await ask(url, "SELECT rolsuper OR rolcreaterole OR rolbypassrls AS answer FROM pg_roles WHERE rolname = 'landfall'"),
  ).toBe(false);
  await members[0]!.leave();
  await members[1]!.leave();
  expect(await alive(url)).toBe(true);
  await members[2]!.leave();
  expect(await alive(url)).toBe(false);
});

test('after SIGKILL of the process the next start adopts the server', async () => {
  const killed = member();
  await killed.says('joined');
  const pid = pidOf();
  killed.child.kill('SIGKILL');
  await killed.exited;
  const next = await EmbeddedPostgres.join(dataDir, warn);
  expect(pidOf()).toBe(pid);
  await next.leave();
  expect(await alive(next.serverUrl)).toBe(false);
});

test('after SIGKILL of Postgres a process that uses it starts it again, on the same port and with its data', async () => {
  const living = await EmbeddedPostgres.join(dataDir, warn);
  const url = living.serverUrl;
  await ask(living.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS answer');
  process.kill(pidOf(), 'SIGKILL');
  await until('Postgres to come back', () => alive(url));
  expect(await ask(living.ownerUrl, 'SELECT answer FROM kept')).toBe(1);
  await until(
    'the membership',
    async () => (await ask(living.ownerUrl, "SELECT count(*)::int AS answer FROM pg_locks WHERE locktype = 'advisory'")) === 1,
  );
  await living.leave();
  expect(await alive(url)).toBe(false);
});

test('db-stop stops it while processes use it; they do not start it again, and connect when it is started', async () => {
  const living = await EmbeddedPostgres.join(dataDir, warn);
  const url = living.serverUrl;
  expect(await stopServer(dataDir, { onPurpose: true })).toBe(true);
  expect(await stopServer(dataDir, { onPurpose: true })).toBe(false);
  expect(await alive(url)).toBe(false);
  const next = await EmbeddedPostgres.join(dataDir, warn);
  expect(next.serverUrl).toBe(url);
  await until(
    'both memberships',
    async () => (await ask(next.ownerUrl, "SELECT count(*)::int AS answer FROM pg_locks WHERE locktype = 'advisory'")) === 2,
  );
  await next.leave();
  expect(await alive(url)).toBe(true);
  await living.leave();
});

test('a postmaster.pid that names another program does not stop the start', async () => {
  const first = await EmbeddedPostgres.join(dataDir, warn);
  await first.leave();
  writeFileSync(join(dataDir, 'postgres/postmaster.pid'), `${process.pid}\n${join(dataDir, 'postgres')}\n0\n1\n\n127.0.0.1\n`);
  const second = await EmbeddedPostgres.join(dataDir, warn);
  expect(await ask(second.serverUrl)).toBe('landfall');
  await second.leave();
});

test('a signal to the process group does not reach Postgres', async () => {
  const living = await EmbeddedPostgres.join(dataDir, warn);
  const session = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[3];
  expect(session(pidOf())).toBe(String(pidOf()));
  expect(session(pidOf())).not.toBe(session(process.pid));
  await living.leave();
});

describe.skipIf(!isRoot)('as root', () => {
  test('without user namespaces, in a folder closed to others, and again with them', async () => {
    const fake = join(dataDir, 'fake-bin');
    mkdirSync(fake);
    writeFileSync(join(fake, 'unshare'), '#!/bin/sh\nexit 1\n');
    chmodSync(join(fake, 'unshare'), 0o755);
    chmodSync(dataDir, 0o700);
    const without = member({ PATH: `${fake}:${process.env.PATH}` });
    await without.says('joined');
    expect(statSync(join(dataDir, 'postgres')).uid).toBe(65534);
    without.child.kill('SIGTERM');
    expect(await without.exited).toEqual({ code: 0, signal: null });
    const again = member();
    await again.says('joined');
    again.child.kill('SIGTERM');
    expect(await again.exited).toEqual({ code: 0, signal: null });
  });

  test('it works for an ordinary user', async () => {
    // A copy that the user can read, wherever the checkout is.
    const home = mkdtempSync(join(tmpdir(), 'ordinary-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
    const packages = [
      platform,
      'pg',
      ...['cloudflare', 'connection-string', 'int8', 'pool', 'protocol', 'types'].map(name => `pg-${name}`),
    ];
    packages.push('pgpass', 'split2', 'postgres-array', 'postgres-bytea', 'postgres-date', 'postgres-interval', 'xtend');
    for (const name of packages)
      cpSync(`node_modules/${name}`, join(home, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
    for (const path of ['dist', 'test/support/member.mjs', 'package.json']) cpSync(path, join(home, path), { recursive: true });
    cpSync(process.execPath, join(home, 'node'));
    spawnSync('chown', ['-R', '65534:65534', home]);
    const directory = join(home, 'data');
    const setpriv = [
      '--reuid=65534',
      '--regid=65534',
      '--clear-groups',
      join(home, 'node'),
      join(home, 'test/support/member.mjs'),
      directory,
    ];
    const ordinary = new TestProcess('setpriv', setpriv, { PATH: process.env.PATH, HOME: home }, home);
    await ordinary.says('joined');
    expect(statSync(join(directory, 'postgres')).uid).toBe(65534);
    ordinary.child.kill('SIGTERM');
    expect(await ordinary.exited).toEqual({ code: 0, signal: null });
  });
});
