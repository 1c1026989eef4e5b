import { channel } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallFailure } from '../domain/ports/call-failure.js';

/** The kind of each failure after which a call is repeated is published here. Without a listener it costs nothing. */
export const retryChannel = 'landfall.retry';
const retries = channel(retryChannel);

const firstPauseMs = 200;
const maxPauseMs = 10_000;

/** Waits before the next attempt: longer each time, with jitter. */
export function pauseAfter(attempt: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min(maxPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
  return sleep(ms, undefined, { signal });
}

/**
 * Repeats a call that failed.
 * @param maxAttempts attempts that may fail. RATE_LIMITED does not count: the rate budget waits before the next attempt
 * @param canRepeat whether the call may be repeated after this failure
 * @throws CallFailure of the last attempt, or of the first that must not be repeated
 */
export async function retry<T>(
  call: () => Promise<T>,
  { maxAttempts, signal, canRepeat }: { maxAttempts: number; signal: AbortSignal; canRepeat: (failure: CallFailure) => boolean },
): Promise<T> {
  for (let failed = 0; ; ) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof CallFailure && canRepeat(error))) throw error;
      if (error.kind !== 'RATE_LIMITED' && ++failed >= maxAttempts) throw error;
      retries.publish(error.kind);
      if (error.kind === 'RATE_LIMITED') continue;
      await pauseAfter(failed, signal);
    }
  }
}

/** A read may be repeated after any failure that can pass. */
export const canRepeatRead = (failure: CallFailure) => failure.isTransient;

/** A write may be repeated only after a failure that proves that nothing happened. */
export const canRepeatWrite = ({ kind }: CallFailure) => kind === 'RATE_LIMITED' || kind === 'UNREACHABLE';
