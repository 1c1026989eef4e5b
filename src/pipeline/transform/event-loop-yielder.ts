import { setImmediate as nextTurn } from 'node:timers/promises';

const maxMs = 20;

/** Yields to the event loop when work has lasted a while. */
export function eventLoopYielder(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < maxMs) return;
    await nextTurn();
    since = performance.now();
  };
}
