import { writeFile } from 'node:fs/promises';
import type { Log } from '../domain/ports/log.js';

const everyMs = 5_000;

/**
 * Health of a process that answers no requests: it touches a file as long as what it needs answers, so that an old file
 * tells that it does not work.
 * @returns ends it
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
      log.warn({ err }, 'the file of ALIVE_FILE is not touched');
    } finally {
      touching = false;
    }
  };
  void touch();
  const timer = setInterval(() => void touch(), everyMs).unref();
  return () => clearInterval(timer);
}
