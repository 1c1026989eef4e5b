import { CallFailure } from '../../../domain/ports/call-failure.js';
import type { IntentKey } from '../../../store/load-intents.js';
import { intentName, type Loading } from './loading.js';

const attempts = 8;

/**
 * Sends a write whose intent is committed, exactly once: where its outcome is open, here or from an earlier worker, it is
 * looked for after the settle time, for it may land after we gave up; only where it is not there it is sent again.
 * @param find what the write brought about; undefined where it certainly is not there
 * @throws CallFailure a definite refusal, or the last one where no attempt is left
 */
export async function writeOnce<T>(
  context: Loading,
  intent: IntentKey,
  write: () => Promise<T>,
  find: () => Promise<T | undefined>,
): Promise<T> {
  if (context.unsettled.delete(intentName(intent))) {
    const found = await find();
    if (found !== undefined) return found;
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof CallFailure && error.isAmbiguous) || attempt >= attempts) throw error;
    }
    await context.slots.park(context.settleMs);
    const found = await find();
    if (found !== undefined) return found;
  }
}

/** Sends a write that may be sent any number of times. */
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

/** Changes what is known; where a person has deleted it meanwhile, it is made anew. */
export async function unlessGone<T>(known: string | null, save: (id: string | null) => Promise<T>): Promise<T> {
  try {
    return await save(known);
  } catch (error) {
    if (known === null || !(error instanceof CallFailure && error.kind === 'NOT_FOUND')) throw error;
    return save(null);
  }
}
