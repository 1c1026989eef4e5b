import { setTimeout as sleep } from 'node:timers/promises';
import { lookUntilSettled, settledAfter } from '../../domain/model/look-until-settled.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Provisioning } from './provisioning-work.js';

const attempts = 5;

/**
 * Creates an object exactly once. If an answer is lost, it searches for the object until the settle time is over, because the write
 * can take effect late, and only then creates it again.
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
      const settledAt = settledAfter(error, settleMs);
      const found = await lookUntilSettled({ settledAt, settleMs }, find, ms => sleep(ms, undefined, { signal }));
      if (found !== undefined) return found;
    }
  }
}
