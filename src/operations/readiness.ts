import { Shortage, type ShortageCode, shortages } from '../domain/model/shortage.js';
import type { BlobStore } from '../domain/ports/blob-store.js';
import type { Database } from '../store/data-source.js';
import { databaseShortage } from '../store/failures.js';
import { recentBlockers } from '../store/run-leases.js';

/** For how long a shortage that stopped a run is reported, unless the run was resumed. */
const reportedForSeconds = 600;

export interface ReadinessParts {
  database: Database;
  blobs: BlobStore;
  checkWakeUps: () => Promise<void>;
  /** The shortage that prevents this process from writing the outcome of a run. */
  unwritten: ShortageCode | null;
}

/** Reasons why the server cannot answer requests or execute runs; empty if it can do both. */
export async function notReady({ database, blobs, checkWakeUps, unwritten }: ReadinessParts): Promise<string[]> {
  const shortageCodes = new Set<string>(unwritten ? [unwritten] : []);
  const blockers = recentBlockers(database, Object.keys(shortages), reportedForSeconds).then(codes => {
    for (const code of codes) shortageCodes.add(code);
  });
  const checks: [string, Promise<void>][] = [
    ['The database does not answer.', blockers],
    ['Redis does not answer.', checkWakeUps()],
    ['The storage of files does not answer.', blobs.check()],
  ];
  const failed = await Promise.all(
    checks.map(([reason, check]) => check.then(() => null).catch(error => reasonFor(reason, error))),
  );
  return [...failed.filter(reason => reason !== null), ...[...shortageCodes].map(code => reasonOf(code as ShortageCode))].filter(
    isFirst,
  );
}

function reasonFor(reason: string, error: unknown): string {
  const shortage = error instanceof Shortage ? error.shortage : databaseShortage(error);
  return shortage ? reasonOf(shortage) : reason;
}

const reasonOf = (code: ShortageCode) => `${code}: ${shortages[code]}`;

const isFirst = (reason: string, index: number, all: readonly string[]) => all.indexOf(reason) === index;
