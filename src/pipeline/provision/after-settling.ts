import { setTimeout as sleep } from 'node:timers/promises';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Provisioning } from './provisioning-work.js';

const attempts = 5;

/**
 * Makes an object exactly once: where an answer is lost, it looks after the settle time, for the write may land after we
 * gave up, and only then makes it again.
 */
export async function afterSettling(
  { settleMs, signal }: Pick<Provisioning, 'settleMs' | 'signal'>,
  make: () => Promise<string>,
  find: () => Promise<string | undefined>,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof CallFailure && error.isAmbiguous) || attempt >= attempts) throw error;
      await sleep(settleMs, undefined, { signal });
      const found = await find();
      if (found !== undefined) return found;
    }
  }
}
