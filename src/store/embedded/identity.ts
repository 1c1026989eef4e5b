import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, statSync } from 'node:fs';
import { chmod, chown, lstat, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Postgres refuses to run as root, so root runs it as somebody else: as whom, and from where. */
export interface Identity {
  /** Folder of the executables. */
  bin: string;
  /** The words before an executable's own. */
  prefix: readonly string[];
  /** The user that must own the data folder, as this process sees it; null: the user that made it. */
  owner: number | null;
}

const nobody = 65534;
const namespace = ['unshare', '-U', `--map-user=${nobody}`, `--map-group=${nobody}`];
// Without the capability a parent folder that is closed to others would stop Postgres on the way to its data.
const capabilities = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
const dropped = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', ...capabilities];

/** Chooses how to run the executables in `folder` on data below `parent`, a folder that exists. */
export function chooseIdentity(folder: string, parent: string): Identity {
  const bin = join(folder, 'bin');
  if (process.getuid?.() !== 0) return { bin, prefix: [], owner: null };
  const probe = ['sh', '-c', '"$1" --version && test -w "$2"', 'sh', join(bin, 'postgres'), parent];
  const [command, ...args] = [...namespace, ...probe] as [string, ...string[]];
  // In the namespace the process still is root to the outside, so root's files stay root's.
  if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) return { bin, prefix: namespace, owner: 0 };
  return { bin: join(readableCopy(folder), 'bin'), prefix: dropped, owner: nobody };
}

/** A copy of the executables that any user can reach; kept for the next start where nobody else could have written it. */
function readableCopy(folder: string): string {
  const version = basename(dirname(folder));
  const kept = join(tmpdir(), `landfall-postgres-${version}-${statSync(folder).mtimeMs.toFixed(0)}`);
  if (existsSync(kept) && ownedByRootAlone(kept)) return join(kept, 'native');
  const fresh = mkdtempSync(join(tmpdir(), 'landfall-postgres-'));
  cpSync(folder, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX,go-w', fresh]);
  try {
    renameSync(fresh, kept);
    return join(kept, 'native');
  } catch {
    // Another start was faster, or the place is taken by a stranger: this copy serves as well.
    return join(fresh, 'native');
  }
}

function ownedByRootAlone(path: string): boolean {
  const stat = statSync(path);
  return stat.uid === 0 && (stat.mode & 0o022) === 0;
}

/** Gives the data folder and all in it to the identity's user, where another identity made it. */
export async function giveTo(identity: Identity, path: string): Promise<void> {
  const { owner } = identity;
  if (owner === null || (await lstat(path)).uid === owner) return;
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), owner, owner);
  }
  // The folder itself last: its owner tells whether all of it was given.
  await chown(path, owner, owner);
  await chmod(path, 0o700);
}
