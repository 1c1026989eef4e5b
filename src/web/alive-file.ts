import { writeFile } from 'node:fs/promises';
import type { Log } from '../domain/ports/log.js';

const intervalMs = 5_000;

/**
 * Health check of a process without HTTP: it touches a file while its dependencies answer. An old file means that the process
 * does not work.
 * @returns function that stops it
 */
export function touchWhileAlive(file: string, check: () => Promise<unknown>, log: Log): () => void {
  let touching = false;
  const touch = async () => {
    if (touching) return;
    touching = true;
    try {
      await check();
      await writeFile(file, new Date().toISOString(), { mode: 0o600 });
    } catch (err) {
      log.warn({ err }, 'ALIVE_FILE was not touched');
    } finally {
      touching = false;
    }
  };
  void touch();
  const timer = setInterval(() => void touch(), intervalMs).unref();
  return () => clearInterval(timer);
}
