import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, statSync } from 'node:fs';
import { chmod, chown, lstat, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Postgres refuses to run as root. If Landfall runs as root, Postgres runs as another user. */
export interface Identity {
  /** Folder of the executables. */
  bin: string;
  /** The command prefix of an executable. */
  prefix: readonly string[];
  /** The user that must own the data folder, as this process sees it; null: the user that created it. */
  owner: number | null;
}

const nobody = 65534;
const namespace = ['unshare', '-U', `--map-user=${nobody}`, `--map-group=${nobody}`];
// Without the capability, Postgres cannot pass a parent folder that is closed to others.
const capabilities = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
const dropped = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', ...capabilities];

/** Chooses how to run the executables in `folder` on data below `parent`, which must exist. */
export function chooseIdentity(folder: string, parent: string): Identity {
  const bin = join(folder, 'bin');
  if (process.getuid?.() !== 0) return { bin, prefix: [], owner: null };
  const probe = ['sh', '-c', '"$1" --version && test -w "$2"', 'sh', join(bin, 'postgres'), parent];
  const [command, ...args] = [...namespace, ...probe] as [string, ...string[]];
  // Outside of the namespace the process is still root, so files of root keep their owner.
  if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) return { bin, prefix: namespace, owner: 0 };
  return { bin: join(readableCopy(folder), 'bin'), prefix: dropped, owner: nobody };
}

/** A copy of the executables that any user can read. It is used again if nobody else can have written it. */
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
    // Another start was faster, or the path exists already: this copy is used.
    return join(fresh, 'native');
  }
}

function ownedByRootAlone(path: string): boolean {
  const stat = statSync(path);
  return stat.uid === 0 && (stat.mode & 0o022) === 0;
}

/** Changes the owner of the data folder and its content, if another user created it. */
export async function giveTo(identity: Identity, path: string): Promise<void> {
  const { owner } = identity;
  if (owner === null || (await lstat(path)).uid === owner) return;
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), owner, owner);
  }
  // The folder itself last: its owner shows that everything was changed.
  await chown(path, owner, owner);
  await chmod(path, 0o700);
}
