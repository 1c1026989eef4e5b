import { Shortage, type ShortageCode, shortages } from '../domain/model/shortage.js';
import { checkStorage } from '../files/storage-shortages.js';
import type { Database } from '../store/data-source.js';
import { databaseShortage } from '../store/failures.js';
import { recentBlockers } from '../store/run-leases.js';

/** For how long a shortage that has stopped a run is told, unless the run was resumed. */
const toldForSeconds = 600;

export interface ReadinessParts {
  database: Database;
  filesDir: string;
  checkWakeUps: () => Promise<void>;
  /** What keeps this process from writing how a run ended. */
  unwritten: ShortageCode | null;
}

/** Why the server can't serve, or can't do its work; empty where it can. */
export async function notReady({ database, filesDir, checkWakeUps, unwritten }: ReadinessParts): Promise<string[]> {
  const lacking = new Set<string>(unwritten ? [unwritten] : []);
  const blockers = recentBlockers(database, Object.keys(shortages), toldForSeconds).then(codes => {
    for (const code of codes) lacking.add(code);
  });
  const checks: [string, Promise<void>][] = [
    ['The database does not answer.', blockers],
    ['Redis does not answer.', checkWakeUps()],
    ['DATA_DIR does not answer.', checkStorage(filesDir)],
  ];
  const told = await Promise.all(
    checks.map(([reason, check]) => check.then(() => null).catch(error => reasonFor(reason, error))),
  );
  return [...told.filter(reason => reason !== null), ...[...lacking].map(code => reasonOf(code as ShortageCode))].filter(isFirst);
}

function reasonFor(reason: string, error: unknown): string {
  const shortage = error instanceof Shortage ? error.shortage : databaseShortage(error);
  return shortage ? reasonOf(shortage) : reason;
}

const reasonOf = (code: ShortageCode) => `${code}: ${shortages[code]}`;

const isFirst = (reason: string, place: number, all: readonly string[]) => all.indexOf(reason) === place;
