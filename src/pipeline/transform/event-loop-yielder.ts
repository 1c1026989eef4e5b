import { setImmediate as nextTurn } from 'node:timers/promises';

const maxMs = 20;

/** Lets others have their turn once work has lasted a while: whatever comes between two calls may not be long itself. */
export function eventLoopYielder(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < maxMs) return;
    await nextTurn();
    since = performance.now();
  };
}
