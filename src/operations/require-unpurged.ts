import { UserError } from '../domain/model/errors.js';
import { purgeOf } from '../store/purges.js';
import type { Tx } from '../store/transaction.js';

/** @throws UserError PROJECT_PURGED */
export async function requireUnpurged(tx: Tx, projectId: string, path?: readonly string[]): Promise<void> {
  if (await purgeOf(tx, projectId)) throw purged(path);
}

export const purged = (path?: readonly string[]) =>
  new UserError(
    'PROJECT_PURGED',
    'Use the documents and the crosswalk: the raw data and the secrets of this project were deleted.',
    path ? { path } : {},
  );
