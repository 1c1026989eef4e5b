import { setTimeout as sleep } from 'node:timers/promises';
import { LandfallError } from '../domain/model/errors.js';

const databaseRetryMs = 500;

/** Reads for a subscription, which waits while the database is unavailable. @returns null if the signal ends the wait */
export async function readWithRetries<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  while (!signal.aborted) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof LandfallError && error.code === 'DATABASE_UNAVAILABLE')) throw error;
      await sleep(databaseRetryMs, undefined, { signal }).catch(() => {}); // Aborted: the loop ends.
    }
  }
  return null;
}
