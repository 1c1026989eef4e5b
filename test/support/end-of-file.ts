import { afterAll } from 'vitest';

const waiting: (() => Promise<unknown>)[] = [];

/**
 * Closes something at the end of the test file, in reverse order. Vitest does not run an `afterAll` that is registered in the middle
 * of a hook.
 */
export function atEndOfFile(close: () => Promise<unknown>): void {
  waiting.push(close);
}

/** For the setup file: registers the end of each test file. */
export function closeAtEndOfFile(): void {
  afterAll(async () => {
    for (const close of waiting.splice(0).reverse()) await close();
  });
}
