import type { NewIssue } from '../../../domain/model/issue.js';
import { listingOf } from '../../../domain/model/record-types.js';
import { CallFailure } from '../../../domain/ports/call-failure.js';
import { stepOf } from '../../../domain/rollback/plan.js';
import type { RollbackState } from '../../../store/entities/rollback-object-row.js';
import { raiseIssues } from '../../../store/issues.js';
import { pageOfObjects, type StoredObject, setObjectStates } from '../../../store/rollback-objects.js';
import { forgetObjects, forgetProvisioned } from '../../../store/rolled-back.js';
import { reportProgress } from '../../../store/run-leases.js';
import { countInPhase } from '../../../store/run-phases.js';
import { archivedWithOthers } from '../other-conversations.js';
import { forEachConcurrently, type RollbackWork } from '../rollback-work.js';
import { type Handlers, handlersOf } from './handlers.js';
import { unlinkDeals } from './unlink-deals.js';

const batchSize = 50;

interface Outcome {
  object: StoredObject;
  state: RollbackState;
  note: string | null;
}

/** Executes the plan in its order. Objects that are done already are skipped. */
export async function executePlan(context: RollbackWork, planRunId: string, progress: (done: number) => number): Promise<void> {
  const { work } = context;
  const handlers = await handlersOf(context);
  for (let after: StoredObject | null = null; ; ) {
    work.checkHalt();
    const page: StoredObject[] = await work.transaction(tx =>
      pageOfObjects(tx, planRunId, ['PLANNED', 'BEGUN'], after, batchSize),
    );
    if (page.length === 0) return;
    // Objects of the next place follow when all of this place are done.
    const batch = page.filter(({ place }) => place === page[0]!.place);
    const before = context.destination.calls;
    const restored = batch.filter(({ action, state }) => action === 'RESTORE' && state === 'PLANNED');
    const withOthers = await archivedWithOthers(context, batch);
    const problems = new Map(
      await forEachConcurrently(
        context,
        batch,
        async object =>
          [object, withOthers.has(object.destinationId) ? newConversation : await differs(handlers, object)] as const,
      ),
    );
    // A restoration is several writes. This state marks one that is half done.
    await work.fencedTransaction(tx =>
      setObjectStates(
        tx,
        planRunId,
        restored.filter(object => problems.get(object) === null).map(object => ({ ...object, state: 'BEGUN', note: null })),
      ),
    );
    if (batch[0]!.destinationType === 'CUSTOM_OBJECT')
      await unlinkDeals(
        context,
        batch.filter(object => problems.get(object) === null),
      );
    const outcomes = await forEachConcurrently(context, batch, object =>
      outcomeOf(handlers, object, problems.get(object) ?? null),
    );
    await keep(context, planRunId, outcomes, progress(outcomes.length), context.destination.calls - before);
    after = batch.at(-1)!;
  }
}

const newConversation = 'It has opened a conversation since the plan was checked. Intercom would hide that conversation.';

/** Why an object must not be changed; null if it is as it was planned, or gone. */
async function differs(handlers: Handlers, object: StoredObject): Promise<string | null> {
  if (object.state === 'BEGUN') return null;
  const now = await handlers[object.destinationType]!.read(object);
  if (now === null) return object.action === 'RESTORE' ? 'It was removed since the plan was checked.' : null;
  return now.digest === object.digest ? null : 'It was changed since the plan was checked.';
}

async function outcomeOf(handlers: Handlers, object: StoredObject, problem: string | null): Promise<Outcome> {
  if (problem !== null) return { object, state: 'FAILED', note: problem };
  // It was gone when the plan was made.
  if (object.digest === null) return { object, state: 'DONE', note: null };
  try {
    return { object, state: 'DONE', note: await handlers[object.destinationType]!.write(object) };
  } catch (error) {
    const isRefused = error instanceof CallFailure && ['REJECTED', 'NOT_FOUND', 'GONE', 'TOO_LARGE'].includes(error.kind);
    if (!isRefused) throw error;
    return { object, state: 'FAILED', note: `Intercom refuses it: ${error.message}` };
  }
}

async function keep(
  { work, scope, destination }: RollbackWork,
  planRunId: string,
  outcomes: readonly Outcome[],
  fraction: number,
  apiCalls: number,
): Promise<void> {
  const of = (state: RollbackState) => outcomes.filter(each => each.state === state).map(({ object }) => object);
  const done = of('DONE');
  const idsOf = (type: string) => done.filter(each => each.destinationType === type).map(each => each.destinationId);
  await work.fencedTransaction(async tx => {
    await setObjectStates(
      tx,
      planRunId,
      outcomes.map(({ object, state, note }) => ({ ...object, state, note })),
    );
    await forgetObjects(tx, scope, done);
    await forgetProvisioned(tx, scope, 'TAG', idsOf('TAG'));
    await forgetProvisioned(tx, scope, 'PLACEHOLDER_CONTACT', idsOf('CONTACT'));
    await raiseIssues(
      tx,
      work.lease,
      outcomes.filter(({ state }) => state === 'FAILED').map(({ object, note }) => failure(work.lease.runId, object, note!)),
    );
    await countInPhase(tx, work.lease.runId, stepOf(outcomes[0]!.object.place), {
      staged: done.length,
      skipped: 0,
      failed: outcomes.length - done.length,
      apiCalls,
    });
    await reportProgress(tx, work.lease, fraction, null, destination.callLimitPerMinute);
  });
}

export function failure(runId: string, object: StoredObject, why: string, code: NewIssue['code'] = 'ROLLBACK_FAILED'): NewIssue {
  const { destinationType, destinationId, label, sourceType, sourceIds, action } = object;
  return {
    code,
    severity: 'ERROR',
    recordType: sourceType,
    listing: sourceType && listingOf(sourceType),
    sourceId: sourceIds[0] ?? null,
    about: `${runId} ${destinationType} ${destinationId}`,
    message: `${action} of ${destinationType} ${destinationId}${label ? ` (${label.slice(0, 100)})` : ''}: ${why}`,
    hint: 'Look at it in Intercom. Then make a new plan with dryRun, and execute it.',
  };
}
