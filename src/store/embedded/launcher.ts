import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LandfallError } from '../../domain/model/errors.js';
import { type Adopted, adopt } from './adopt.js';
import { postgresFolder } from './binaries.js';
import { ensureCluster, postmaster, processBehind } from './cluster.js';
import { chooseIdentity, giveTo, type Identity } from './identity.js';

const giveUpAfterMs = 45_000;

/** Written by db-stop, so that running processes do not restart a server that was stopped on purpose. */
const stopMark = (dataDir: string) => join(dataDir, 'postgres.stopped');

export async function stoppedOnPurpose(dataDir: string): Promise<boolean> {
  return stat(stopMark(dataDir)).then(
    () => true,
    () => false,
  );
}

/**
 * Adopts the server on this folder, or starts it. Any number of processes can do so at the same time.
 * @throws LandfallError DATABASE_UNAVAILABLE after 45 seconds, with the last reason as cause
 */
export async function adoptOrStart(dataDir: string): Promise<Adopted> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const parent = await realpath(dataDir);
  const data = join(parent, 'postgres');
  const identity = chooseIdentity(postgresFolder(), parent);
  await rm(stopMark(parent), { force: true });
  await ensureCluster(identity, data);
  const deadline = Date.now() + giveUpAfterMs;
  let child: ChildProcess | null = null;
  let reason: unknown;
  while (Date.now() < deadline) {
    try {
      const adopted = await adopt(data);
      if (adopted) return adopted;
      const ended = !child || child.exitCode !== null || child.signalCode !== null;
      if (ended && (await mayStart(data))) child = await start(identity, data);
    } catch (error) {
      reason = error;
    }
    await sleep(100);
  }
  throw new LandfallError('DATABASE_UNAVAILABLE', `Postgres did not start. Read ${parent}/postgres.log.`, { cause: reason });
}

/** Whether no server uses the folder. Removes a postmaster.pid of another process, which Postgres itself would not. */
async function mayStart(data: string): Promise<boolean> {
  const holder = await postmaster(data);
  if (!holder) return true;
  const behind = await processBehind(holder.pid, data);
  if (behind === 'none') return true;
  if (behind === 'ours') return false;
  // A killed postmaster is a zombie until it is reaped, and its children need a moment to notice.
  await sleep(behind === 'zombie' ? 3_000 : 500);
  const now = await postmaster(data);
  if (now?.pid === holder.pid && (await processBehind(now.pid, data)) === behind) await rm(join(data, 'postmaster.pid'));
  return true;
}

async function start(identity: Identity, data: string): Promise<ChildProcess> {
  await giveTo(identity, data);
  const port = await choosePort(data);
  const log = await open(`${data}.log`, 'a', 0o600);
  try {
    const [command, ...args] = [...identity.prefix, join(identity.bin, 'postgres'), '-D', data, '-p', String(port)];
    // A separate session, so that signals to our process group do not reach it.
    const child = spawn(command!, args, { cwd: '/', detached: true, stdio: ['ignore', log.fd, log.fd] });
    child.on('error', () => {}); // The exit code and postgres.log report it. Without a listener it would end this process.
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

/** The port of the last start, which running processes know. Another port only if it is in use. */
async function choosePort(data: string): Promise<number> {
  const file = join(data, 'landfall.port');
  const last = Number(await readFile(file, 'utf8').catch(() => '0'));
  const port = await bindable(last).catch(() => bindable(0));
  await writeFile(file, String(port));
  return port;
}

function bindable(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: bound } = server.address() as { port: number };
      server.close(() => resolve(bound));
    });
  });
}

/** Stops the server on this folder, even if it is in use; false if none was running. */
export async function stopServer(dataDir: string, { onPurpose }: { onPurpose: boolean }): Promise<boolean> {
  const parent = await realpath(dataDir).catch(() => dataDir);
  const data = join(parent, 'postgres');
  const holder = await postmaster(data);
  if (!holder || (await processBehind(holder.pid, data)) !== 'ours') return false;
  if (onPurpose) await writeFile(stopMark(parent), new Date().toISOString());
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(holder.pid, signal);
    for (const deadline = Date.now() + 8_000; Date.now() < deadline; await sleep(50)) {
      if ((await processBehind(holder.pid, data)) !== 'ours') return true;
    }
  }
  throw new LandfallError('DATABASE_UNAVAILABLE', `Postgres (process ${holder.pid}) does not stop. Read ${data}.log.`);
}
