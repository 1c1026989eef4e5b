import type { ConnectionSide } from '../domain/model/connection.js';
import { environmentOf } from '../domain/model/gates.js';
import { hasRunIn, newestRun } from '../store/runs.js';
import type { Tx } from '../store/transaction.js';

/** Whether runs have read records of this account, or worked in this workspace: then it cannot be replaced by another one. */
export async function hasUsed(tx: Tx, projectId: string, side: ConnectionSide): Promise<boolean> {
  if (side === 'SOURCE') return (await newestRun(tx, projectId, 'EXTRACTION')) !== null;
  return hasRunIn(tx, projectId, environmentOf(side));
}
