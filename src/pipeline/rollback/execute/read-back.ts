import { setTimeout as sleep } from 'node:timers/promises';
import { raiseIssues } from '../../../store/issues.js';
import { pageOfObjects, type StoredObject, setObjectStates } from '../../../store/rollback-objects.js';
import { forEachConcurrently, type RollbackWork } from '../rollback-work.js';
import { failure } from './execute-plan.js';
import { type Handlers, handlersOf } from './handlers.js';

const batchSize = 200;
const rounds = 3;

/** Reads back everything that was done. An object that still exists, or was not restored completely, is reported. */
export async function readBack(context: RollbackWork, planRunId: string): Promise<void> {
  const { work } = context;
  const handlers = await handlersOf(context);
  for (let after: StoredObject | null = null; ; ) {
    const page: StoredObject[] = await work.transaction(tx => pageOfObjects(tx, planRunId, ['DONE'], after, batchSize));
    let left = await remaining(context, handlers, page);
    // Intercom archives a company some time after its answer.
    for (let round = 1; left.length > 0 && round <= rounds; round++) {
      await sleep(context.settleMs, undefined, { signal: context.signal });
      left = await remaining(
        context,
        await handlersOf(context),
        left.map(({ object }) => object),
      );
    }
    await work.fencedTransaction(async tx => {
      await setObjectStates(
        tx,
        planRunId,
        left.map(({ object, remains }) => ({ ...object, state: 'FAILED', note: remains })),
      );
      await raiseIssues(
        tx,
        work.lease,
        left.map(({ object, remains }) => failure(work.lease.runId, object, remains!, 'ROLLBACK_RESIDUE')),
      );
    });
    if (page.length < batchSize) return;
    after = page.at(-1)!;
  }
}

async function remaining(context: RollbackWork, handlers: Handlers, objects: readonly StoredObject[]) {
  const found = await forEachConcurrently(context, objects, async object => ({
    object,
    remains: await remainsOf(handlers, object),
  }));
  return found.filter(({ remains }) => remains !== null);
}

async function remainsOf(handlers: Handlers, object: StoredObject): Promise<string | null> {
  const now = await handlers[object.destinationType]!.read(object);
  if (object.action !== 'RESTORE' || object.change.archive) return now === null ? null : 'It still exists.';
  if (now === null) return 'It is gone.';
  // The note already names what Intercom did not restore.
  const left = now.notRestored(object.change).filter(name => !object.note?.includes(name));
  return left.length > 0 ? `Not restored: ${left.join(', ')}.` : null;
}
