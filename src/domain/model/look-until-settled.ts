import type { CallFailure } from '../ports/call-failure.js';

/**
 * Looks for the effect of a write whose answer was lost: immediately, and then after longer and longer pauses. Its absence counts only
 * after the settle time, because a write can take effect late.
 * @param settledAt performance.now() from which on an absence counts
 * @param find the result; `isProof` says whether an absence found now counts
 * @param wait waits for milliseconds
 */
export async function lookUntilSettled<T>(
  { settledAt, settleMs }: { settledAt: number; settleMs: number },
  find: (isProof: boolean) => Promise<T | undefined>,
  wait: (ms: number) => Promise<unknown>,
): Promise<T | undefined> {
  // Four looks: each costs a call.
  for (let pauseMs = settleMs / 16; ; pauseMs *= 4) {
    const isProof = performance.now() >= settledAt;
    const found = await find(isProof);
    if (found !== undefined || isProof) return found;
    await wait(Math.max(1, Math.min(pauseMs, settledAt - performance.now())));
  }
}

/**
 * When the absence of a failed write counts. After a time-out it is known when the request was sent. After any other failure only
 * that it was sent before the failure.
 */
export const settledAfter = ({ details }: CallFailure, settleMs: number): number =>
  (details.sentAt ?? performance.now()) + settleMs;
