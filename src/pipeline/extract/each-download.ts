import { FileHost, type Missed } from './file-host.js';
import { inOrder } from './in-order.js';
import { concurrentCalls } from './listing-work.js';

export interface Downloads<T> {
  items: AsyncIterable<T>;
  hostOf: (item: T) => string;
  /** Downloads and stores one, or its definite failure. @param mayWait for the rate limit of its host */
  ask: (item: T, mayWait: boolean) => Promise<Missed | null>;
  /** One of this host that was downloaded in an earlier run. */
  witnessOf: (host: string) => T | undefined;
  /** Whether the host of a downloaded one still answers. */
  isThere: (witness: T) => Promise<boolean>;
  /** Stores that one is not available. */
  giveUp: (item: T, missed: Missed, isHostDown: boolean) => Promise<void>;
}

/** Postponed at a time: they are held in memory. */
const maxLeft = 10_000;

interface Left<T> {
  item: T;
  /** null if it was not requested yet. */
  missed: Missed | null;
}

/**
 * Downloads each of many files, and distinguishes an unavailable file from a host that is down:
 *
 * - An answer is definite, even a refusal. After a broken connection, a time-out, a 5xx or a page instead of a file, the
 *   file is postponed and requested again after all others.
 * - A file that fails again is unavailable. Another extraction would not change that, and the rest of the account need not
 *   wait for it.
 * - If its host is down, its files stay open and the phase is incomplete: an outage must not make ten thousand files
 *   unavailable. They are not all requested, because each would take a time-out.
 * - If the rate limit of a host is reached, its files let all others go first.
 */
export async function eachDownload<T>(context: Downloads<T>): Promise<void> {
  const hosts = new Map<string, FileHost<T>>();
  const hostBy = (item: T): FileHost<T> => {
    const name = context.hostOf(item);
    if (!hosts.has(name)) hosts.set(name, new FileHost(context.isThere, () => context.witnessOf(name)));
    return hosts.get(name)!;
  };
  const items = context.items[Symbol.asyncIterator]();
  for (let hasMore = true; hasMore; ) {
    const left: Left<T>[] = [];
    const batch = async function* () {
      while (left.length < maxLeft) {
        const next = await items.next();
        if (next.done) {
          hasMore = false;
          return;
        }
        yield next.value;
      }
    };
    await inOrder(batch(), concurrentCalls, async item => {
      const host = hostBy(item);
      const missed = (await host.isDown()) ? null : host.record(item, await context.ask(item, false), false);
      if (missed !== 'ANSWERED') left.push({ item, missed });
    });
    await askAgain(context, left, hostBy);
  }
}

async function askAgain<T>(context: Downloads<T>, left: readonly Left<T>[], hostBy: (item: T) => FileHost<T>): Promise<void> {
  for (const host of new Set(left.map(({ item }) => hostBy(item)))) host.tryAgain();
  const open: Left<T>[] = [];
  await inOrder(
    left.toSorted((a, b) => turnOf(a) - turnOf(b)),
    concurrentCalls,
    async entry => {
      const { item } = entry;
      const host = hostBy(item);
      const missed = (await host.isDown()) ? entry.missed : host.record(item, await context.ask(item, true), true);
      if (missed !== 'ANSWERED') open.push({ item, missed });
    },
  );
  for (const { item, missed } of open) {
    const host = hostBy(item);
    await context.giveUp(item, missed ?? host.last!, await host.isDownAfterAll());
  }
}

/**
 * Items that were not requested yet go first, because they can show that their host is available. Items that wait for a rate
 * limit go last.
 */
const turnOf = ({ missed }: Left<unknown>) => (missed === null ? 0 : missed.failure.kind === 'RATE_LIMITED' ? 2 : 1);
