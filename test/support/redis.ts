import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { TestProcess } from './processes.js';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis)
  console.warn(
    'SKIPPED: live updates over Redis are not tested here. Install redis-server (Debian: apt-get install redis-server).',
  );

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>(done => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as { port: number };
  await new Promise(done => probe.close(done));
  return port;
}

/** A Redis for one test, stopped at its end; with a password if one is given. */
export async function startRedis(password?: string): Promise<{ url: string; process: TestProcess }> {
  const directory = mkdtempSync(join(tmpdir(), 'redis-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', directory];
  if (password) options.push('--requirepass', password);
  const redis = new TestProcess('redis-server', options, process.env);
  await redis.says('Ready to accept connections');
  return { url: `redis://${password ? `:${password}@` : ''}127.0.0.1:${port}`, process: redis };
}
