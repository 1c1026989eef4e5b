import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const storage = new AsyncLocalStorage<{ readonly id: string }>();
const acceptable = /^[\w.:-]{1,100}$/;

/** Runs work under a request id: the caller's own if it is valid, otherwise a new one. */
export function withRequestId<T>(given: string | undefined, work: (requestId: string) => T): T {
  const requestId = given && acceptable.test(given) ? given : randomUUID();
  return storage.run({ id: requestId }, () => work(requestId));
}

/** The id that links an answer to its log lines; a new one if no request is being served. */
export function requestId(): string {
  return storage.getStore()?.id ?? randomUUID();
}

export function currentRequestId(): string | undefined {
  return storage.getStore()?.id;
}

/** The context of one request. The id comes from the caller: two requests can have the same one. */
export function currentRequest(): object | null {
  return storage.getStore() ?? null;
}
