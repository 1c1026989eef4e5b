import { lookUntilSettled, settledAfter } from '../../../domain/model/look-until-settled.js';
import { CallFailure } from '../../../domain/ports/call-failure.js';
import type { IntentKey } from '../../../store/load-intents.js';
import type { Loading } from './loading.js';

const attempts = 8;

/**
 * Sends a write exactly once; its intent must be committed. If the outcome is unknown, here or from an earlier worker, the
 * write is searched for, immediately and until the settle time is over, because it can take effect late. It is sent again
 * only if it is absent then.
 * @param find the result of the write. With `isProof`, undefined must mean that it is certainly absent
 * @throws CallFailure a definite refusal, or the last failure if no attempt is left
 */
export async function writeOnce<T>(
  context: Loading,
  intent: IntentKey,
  write: () => Promise<T>,
  find: (isProof: boolean) => Promise<T | undefined>,
): Promise<T> {
  const { settleMs, earlier } = context;
  const look = (settledAt: number) => lookUntilSettled({ settledAt, settleMs }, find, ms => context.slots.park(ms));
  if (earlier.delete(intent)) {
    const found = await look(earlier.settledAt);
    if (found !== undefined) return found;
  }
  for (let attempt = 1; ; attempt++) {
    let settledAt: number;
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof CallFailure && error.isAmbiguous) || attempt >= attempts) throw error;
      settledAt = settledAfter(error, settleMs);
    }
    const found = await look(settledAt);
    if (found !== undefined) return found;
  }
}

/** Sends a write that can be repeated safely: it needs no settle time. */
export async function writeAgain<T>(context: Loading, write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof CallFailure && error.isAmbiguous) || attempt >= attempts) throw error;
      await context.slots.park(Math.min(context.settleMs, 200 * 2 ** attempt));
    }
  }
}

/** Updates a known object. If a person has deleted it, it is created again. */
export async function unlessGone<T>(known: string | null, save: (id: string | null) => Promise<T>): Promise<T> {
  try {
    return await save(known);
  } catch (error) {
    if (known === null || !(error instanceof CallFailure && error.kind === 'NOT_FOUND')) throw error;
    return save(null);
  }
}
