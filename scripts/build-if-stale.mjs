// Compiles src/ to dist/ if dist is missing or older than a source. Processes that start at the same time build only once.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '..');
const stamp = join(root, 'dist', '.built');
const lock = join(root, '.tmp', 'build.lock');

/** Time of the newest change below a path, in ms. Folders count too, so that a deleted file is noticed. */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map(name => newest(join(path, name))));
}

const sources = ['src', 'migrations', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
const stale = () => newest(stamp) < Math.max(...sources.map(name => newest(join(root, name))));

function holderIsAlive() {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    // The holder writes its pid right after it creates the folder. A lock without a pid is valid for ten seconds.
    return error.code === 'EPERM' || (error.code === 'ENOENT' && Date.now() - (newest(lock) || Date.now()) < 10_000);
  }
}

async function withLock(work) {
  mkdirSync(join(root, '.tmp'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!holderIsAlive()) rmSync(lock, { recursive: true, force: true });
      await sleep(100);
    }
  }
  try {
    writeFileSync(join(lock, 'pid'), String(process.pid));
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

export async function buildIfStale() {
  if (!stale()) return;
  await withLock(() => {
    if (!stale()) return;
    const startedAt = new Date();
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
    if (status !== 0) {
      console.error('The build failed. Fix the errors above, or run `npm ci` if a package is missing.');
      process.exit(1);
    }
    // The time at which the compiler began: a change during the build is newer, so the next start builds again.
    writeFileSync(stamp, `${startedAt.toISOString()}\n`);
    utimesSync(stamp, startedAt, startedAt);
  });
}

if (import.meta.main) await buildIfStale();
