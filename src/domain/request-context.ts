import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const storage = new AsyncLocalStorage<string>();
const acceptable = /^[\w.:-]{1,100}$/;

/** Runs work under a request id: the caller's own where it is one, else a new one. */
export function withRequestId<T>(given: string | undefined, work: (requestId: string) => T): T {
  const requestId = given && acceptable.test(given) ? given : randomUUID();
  return storage.run(requestId, () => work(requestId));
}

/** The id that ties an answer to its log lines; a new one where no request is being served. */
export function requestId(): string {
  return storage.getStore() ?? randomUUID();
}

export function currentRequestId(): string | undefined {
  return storage.getStore();
}
