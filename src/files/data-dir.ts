import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LandfallError } from '../domain/model/errors.js';

/**
 * Makes DATA_DIR where it is missing, and tries to write to it.
 * @throws LandfallError DATA_DIR_UNUSABLE
 */
export async function checkDataDir(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.probe-${randomUUID()}`);
  try {
    await make(resolve(dataDir));
    await writeFile(probe, 'x', { flag: 'wx', mode: 0o600 });
    await rm(probe);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const message = `Choose another DATA_DIR, or let this user write to it: ${resolve(dataDir)} can't be used (${code}).`;
    throw new LandfallError('DATA_DIR_UNUSABLE', message, { cause });
  }
}

/** As `mkdir -p`. Node's own never ends where a folder that is there takes none, as /proc. */
async function make(folder: string): Promise<void> {
  if (await isThere(folder)) return;
  const parent = dirname(folder);
  if (!(await isThere(parent))) await make(parent);
  await mkdir(folder, { mode: 0o700 }).catch(error => {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(unlessGone)) !== undefined;
}

/** Closes a store of blobs to everybody else; older versions left it open. */
export async function closeToOthers(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const folders = (await readdir(directory, { withFileTypes: true })).filter(each => each.isDirectory());
  for (const { name } of folders) {
    const folder = join(directory, name);
    if (await isClosed(folder)) continue;
    // What another process moves or removes meanwhile is its own.
    for (const file of await readdir(folder)) await chmod(join(folder, file), 0o600).catch(unlessGone);
    // Last: a folder that is closed tells that all in it is.
    await chmod(folder, 0o700);
  }
  if (!(await isClosed(directory))) await chmod(directory, 0o700);
}

const isClosed = async (folder: string) => ((await stat(folder)).mode & 0o777) === 0o700;

function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
