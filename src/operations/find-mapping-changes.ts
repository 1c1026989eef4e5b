import { changesOf, type FieldChange } from '../domain/mapping/changes.js';
import { UserError } from '../domain/model/errors.js';
import { fieldPairs } from '../store/mapping-changes.js';
import { type OperationContext, within } from './context.js';

/**
 * The fields that each mapping version decides differently than an earlier one.
 * @param ids ids of rows
 * @param since number of the earlier version; null for the one before
 */
export async function findMappingChanges(
  context: OperationContext,
  ids: readonly string[],
  since: number | null,
): Promise<FieldChange[][]> {
  const pairs = await within(context, tx => fieldPairs(tx, ids, since));
  return ids.map(id => changesOf(pairs.get(id) ?? []));
}

/** @throws UserError INVALID_INPUT */
export function checkSince(since: number | null, version: number): void {
  if (since !== null && (since < 1 || since >= version))
    throw new UserError('INVALID_INPUT', `Give the number of a version before ${version}.`, { path: ['since'] });
}
