import { compareIds } from '../model/ids.js';
import type { Fields } from '../model/record-fields.js';
import type { Criterion } from './criteria.js';
import { type DuplicateGroup, type DuplicateType, longestGroup } from './duplicate-group.js';
import { SharedKeys } from './shared-keys.js';

type Records = AsyncIterable<readonly { sourceId: string; record: Fields }[]>;

/**
 * Groups of likely duplicates, by criterion. Each criterion reads all records once and compares no pairs. A group that an earlier criterion
 * has found, or whose records all become one, is left out.
 */
export async function* findGroups(
  recordType: DuplicateType,
  criteria: readonly Criterion[],
  read: () => Records,
): AsyncGenerator<DuplicateGroup> {
  const mergedInto = new Map<string, string>();
  const found = new Set<string>();
  for (const { outcome, reason, key } of criteria) {
    const keys = new SharedKeys();
    for await (const page of read()) {
      for (const { sourceId, record } of page) {
        const shared = key(record);
        if (shared !== null) keys.add(shared, sourceId);
      }
    }
    for (const shared of keys.shared()) {
      const ids = [...shared].sort(compareIds);
      if (outcome === 'WILL_MERGE') for (const id of ids) mergedInto.set(id, ids[0]!);
      else if (new Set(ids.map(id => mergedInto.get(id) ?? id)).size < 2) continue;
      const sourceIds = ids.slice(0, longestGroup);
      const members = `${ids.length} ${sourceIds.join(' ')}`;
      if (found.has(members)) continue;
      found.add(members);
      yield { recordType, outcome, reason, size: ids.length, sourceIds };
    }
  }
}
