import type { Drafts, DraftType } from '../../../domain/drafts/drafts.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import { mapConcurrently } from '../../../domain/model/map-concurrently.js';
import { listingOf } from '../../../domain/model/record-types.js';
import { CallFailure } from '../../../domain/ports/call-failure.js';
import { type OpenDraft, openChains, openDraft, openDrafts } from '../../../store/drafts.js';
import { RefusedValue } from '../../../store/failures.js';
import type { Loading } from './loading.js';
import { RecordFailure } from './record-failure.js';

const batchSize = 200;
/** Started and not finished, including waiting ones. */
const maxStarted = 400;
const chainsAtOnce = 8;

const retryOf = ({ run }: Loading) => run.loadPlan?.retry ?? null;

/**
 * Loads each draft of a type that is not done, the longest first. A failed one becomes an issue. The next run tries it again.
 */
export async function eachDraft<T extends DraftType>(
  context: Loading,
  type: T,
  load: (draft: Drafts[T], open: OpenDraft) => Promise<void>,
): Promise<void> {
  const begun = new Set<Promise<void>>();
  let failure: { error: unknown } | null = null;
  let after: OpenDraft | null = null;
  try {
    for (;;) {
      const batch: OpenDraft[] = await context.work.transaction(tx =>
        openDrafts(tx, context.scope, type, after, batchSize, retryOf(context)),
      );
      for (const open of batch) {
        await context.slots.enter();
        if (failure) {
          context.slots.leave();
          break;
        }
        context.work.checkHalt();
        const one: Promise<void> = loadOne(context, type, open, load)
          .catch(error => {
            failure ??= { error };
          })
          .finally(() => {
            context.slots.leave();
            begun.delete(one);
          });
        begun.add(one);
        while (begun.size >= maxStarted) await Promise.race(begun);
      }
      if (failure || batch.length < batchSize) break;
      after = batch.at(-1)!;
    }
  } catch (error) {
    failure ??= { error };
  }
  await Promise.all(begun);
  if (failure) throw (failure as { error: unknown }).error;
}

/** Loads drafts in order, because positions cannot be set: what is in one place one after another, several places at a time. */
export async function eachDraftInOrder<T extends 'CATEGORY' | 'ARTICLE'>(
  context: Loading,
  type: T,
  load: (draft: Drafts[T], open: OpenDraft) => Promise<void>,
): Promise<void> {
  const chains = await context.work.transaction(tx => openChains(tx, context.scope, type, retryOf(context)));
  await mapConcurrently(chainsAtOnce, chains, ids => theseDrafts(context, type, ids, load));
}

/** Loads the drafts of these records, one after another. */
export async function theseDrafts<T extends DraftType>(
  context: Loading,
  type: T,
  ids: readonly string[],
  load: (draft: Drafts[T], open: OpenDraft) => Promise<void>,
): Promise<void> {
  for (const id of ids) {
    context.work.checkHalt();
    const open = await context.work.transaction(tx => openDraft(tx, context.scope, type, id));
    if (open) await loadOne(context, type, open, load);
  }
}

/** Loads one draft. A failure is an issue of this record only. */
async function loadOne<T extends DraftType>(
  context: Loading,
  type: T,
  open: OpenDraft,
  load: (draft: Drafts[T], open: OpenDraft) => Promise<void>,
): Promise<void> {
  const { sourceId, weight, state } = open;
  // A deletion or an update of an earlier worker can still take effect. Other records continue meanwhile.
  const left = context.earlier.msLeft({ recordType: type, sourceId });
  if (left > 0) await context.slots.park(left);
  await recordFailureAsIssue(context, { type, sourceId, weight, destinationId: state?.destinationId ?? null }, () =>
    load(JSON.parse(open.body) as Drafts[T], open),
  );
}

/**
 * Runs work on one record. If it fails because of the record, an issue is raised and the next run tries again.
 * @throws any other error
 */
export async function recordFailureAsIssue(
  context: Loading,
  { type, sourceId, weight, destinationId }: { type: DraftType; sourceId: string; weight: number; destinationId: string | null },
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const refused = error instanceof CallFailure && ['REJECTED', 'NOT_FOUND', 'GONE', 'TOO_LARGE'].includes(error.kind);
    const unstorable = error instanceof RefusedValue;
    if (!(error instanceof RecordFailure) && !refused && !unstorable) throw error;
    const failed = error instanceof RecordFailure ? error : null;
    const code = failed?.code ?? 'LOAD_FAILED';
    const issue: NewIssue = {
      code,
      severity: 'ERROR',
      recordType: type,
      listing: listingOf(type),
      sourceId,
      about: context.scope.environment,
      message:
        failed?.message ??
        (unstorable
          ? 'The database refuses a value of the record or of the answer.'
          : `Intercom refuses it: ${(error as Error).message}`),
      hint: failed?.hint ?? 'Correct the record at the source, or its mapping, and start the run again. Or waive the issue.',
    };
    const state = { recordType: type, sourceId, state: 'FAILED' as const, destinationId, digest: null, code };
    await context.journal.commit({ states: [state], issues: [issue], weight });
  }
}
