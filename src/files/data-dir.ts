import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LandfallError } from '../domain/model/errors.js';

/**
 * Creates DATA_DIR if it is missing, and checks that it is writable.
 * @throws LandfallError DATA_DIR_UNUSABLE
 */
export async function checkDataDir(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.probe-${randomUUID()}`);
  try {
    await createFolder(resolve(dataDir));
    await writeFile(probe, 'x', { flag: 'wx', mode: 0o600 });
    await rm(probe);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const message = `Choose another DATA_DIR, or give this user write access: ${resolve(dataDir)} cannot be used (${code}).`;
    throw new LandfallError('DATA_DIR_UNUSABLE', message, { cause });
  }
}

/** Like `mkdir -p`. Node's recursive mkdir never ends in a folder that accepts no entries, such as /proc. */
async function createFolder(folder: string): Promise<void> {
  if (await exists(folder)) return;
  const parent = dirname(folder);
  if (!(await exists(parent))) await createFolder(parent);
  await mkdir(folder, { mode: 0o700 }).catch(error => {
    // Another process created it first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(unlessGone)) !== undefined;
}

/** Removes access of other users to the blobs, which older versions left readable. */
export async function closeToOthers(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const folders = (await readdir(directory, { withFileTypes: true })).filter(each => each.isDirectory());
  for (const { name } of folders) {
    const folder = join(directory, name);
    if (await isClosed(folder)) continue;
    // Another process may move or remove a file in the meantime.
    for (const file of await readdir(folder)) await chmod(join(folder, file), 0o600).catch(unlessGone);
    // The folder comes last: once it is closed, all files in it are closed too.
    await chmod(folder, 0o700);
  }
  if (!(await isClosed(directory))) await chmod(directory, 0o700);
}

const isClosed = async (folder: string) => ((await stat(folder)).mode & 0o777) === 0o700;

function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
