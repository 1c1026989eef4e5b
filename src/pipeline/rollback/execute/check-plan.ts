import { pageOfObjects, type StoredObject } from '../../../store/rollback-objects.js';
import { archivedWithOthers } from '../other-conversations.js';
import { forEachConcurrently, type RollbackWork } from '../rollback-work.js';
import { handlersOf } from './handlers.js';

const batchSize = 200;

/**
 * Reads every object again that the plan changes. Kept objects may have changed: they stay in any case.
 * @returns the first object that has changed since the plan was made; null if none has
 */
export async function findChanged(context: RollbackWork, planRunId: string): Promise<StoredObject | null> {
  const handlers = await handlersOf(context);
  for (let after: StoredObject | null = null; ; ) {
    const page: StoredObject[] = await context.work.transaction(tx =>
      pageOfObjects(tx, planRunId, ['PLANNED'], after, batchSize),
    );
    const withOthers = await archivedWithOthers(context, page);
    const same = await forEachConcurrently(context, page, async object => {
      const now = await handlers[object.destinationType]!.read(object);
      return (now?.digest ?? null) === object.digest && !withOthers.has(object.destinationId);
    });
    const changed = page.find((_, place) => !same[place]);
    if (changed) return changed;
    if (page.length < batchSize) return null;
    after = page.at(-1)!;
  }
}
