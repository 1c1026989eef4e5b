import type { Purge } from '../domain/model/purge.js';
import { purgesOf } from '../store/purges.js';
import { type OperationContext, within } from './context.js';

/** The purge of each project; null if none was asked for. */
export async function findPurges(context: OperationContext, projectIds: readonly string[]): Promise<(Purge | null)[]> {
  const purges = await within(context, tx => purgesOf(tx, projectIds));
  return projectIds.map(id => purges.get(id) ?? null);
}
