import { FileHost, type Missed } from './file-host.js';
import { inOrder } from './in-order.js';
import { concurrentCalls } from './listing-work.js';

export interface Downloads<T> {
  items: AsyncIterable<T>;
  hostOf: (item: T) => string;
  /** Gets one and keeps it, or what else is certain of it. @param mayWait for the limit of its host */
  ask: (item: T, mayWait: boolean) => Promise<Missed | null>;
  /** One of this host that came in an earlier run. */
  witnessOf: (host: string) => T | undefined;
  /** Whether the host of one that was answered before still answers. */
  isThere: (witness: T) => Promise<boolean>;
  /** Keeps that one could not be had. */
  giveUp: (item: T, missed: Missed, isHostDown: boolean) => Promise<void>;
}

/** Set aside at once: they are held in memory. */
const maxLeft = 10_000;

interface Left<T> {
  item: T;
  /** null where it was not asked for. */
  missed: Missed | null;
}

/**
 * Gets each of many files, and tells a file that can't be had from a host that is down:
 *
 * - What is answered, and be it by a refusal, is certain at once. What breaks off, is too late, is a 5xx or a page instead
 *   of a file is set aside, and asked for once more when all others were: much time has passed then, as a rule.
 * - A file that fails again is given up as unavailable: no further extraction would change that, and the rest of the account
 *   need not wait for it.
 * - Unless its host is down: then its files are left open, and the phase stays incomplete, for an outage must not make ten
 *   thousand files unavailable. Nor is each of them asked for, which would take a time-out each.
 * - Where the limit of a host is spent, its files let all others go first.
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

/** Those that nobody has asked for may still prove that their host is there; anyone who waits for a limit goes last. */
const turnOf = ({ missed }: Left<unknown>) => (missed === null ? 0 : missed.failure.kind === 'RATE_LIMITED' ? 2 : 1);
