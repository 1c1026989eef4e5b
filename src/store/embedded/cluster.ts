import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readFile, readlink, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Identity } from './identity.js';
import { giveTo } from './identity.js';

const run = promisify(execFile);
const passwordFile = 'landfall.password';
const settings = `
# Landfall
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
timezone = 'UTC'
log_timezone = 'UTC'
`;

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Creates the data folder if it is missing. If several processes try at the same time, one wins and the others delete theirs. */
export async function ensureCluster(identity: Identity, data: string): Promise<void> {
  if (await exists(join(data, 'PG_VERSION'))) return;
  const fresh = `${data}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await mkdir(fresh, { mode: 0o700, recursive: true });
  const password = `${fresh}.password`;
  try {
    if (identity.owner !== null) await giveTo(identity, fresh);
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    const initdb = [join(identity.bin, 'initdb'), '-D', fresh, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8'];
    const [command, ...args] = [...identity.prefix, ...initdb, '--auth=scram-sha-256', `--pwfile=${password}`];
    await run(command!, args, { cwd: dirname(data) });
    await appendFile(join(fresh, 'postgresql.conf'), settings);
    await rename(password, join(fresh, passwordFile));
    await rename(fresh, data);
  } catch (error) {
    if (!(await exists(join(data, 'PG_VERSION')))) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(password, { force: true });
  }
}

/** The password of the superuser, created with the cluster. */
export async function clusterPassword(data: string): Promise<string> {
  return (await readFile(join(data, passwordFile), 'utf8')).trim();
}

/** Process id and port from postmaster.pid; null if there is none. */
export async function postmaster(data: string): Promise<{ pid: number; port: number } | null> {
  try {
    const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** What a pid belongs to: the server on this folder, a dead process that is not reaped yet, another program, or nothing. */
export async function processBehind(pid: number, data: string): Promise<'ours' | 'zombie' | 'other' | 'none'> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'none';
  }
  if (process.platform !== 'linux') return 'ours';
  try {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8');
    if (line.slice(line.lastIndexOf(')') + 2).startsWith('Z')) return 'zombie';
    // The working directory of a postmaster is its data folder.
    return (await readlink(`/proc/${pid}/cwd`)) === data ? 'ours' : 'other';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'other';
  }
}
