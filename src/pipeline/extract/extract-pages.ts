import type { NewIssue } from '../../domain/model/issue.js';
import { isTooLarge, piecesOf, smallerPage } from '../../domain/ports/page-pieces.js';
import type { SourcePage } from '../../domain/ports/source.js';
import { raiseIssues } from '../../store/issues.js';
import { countSeen, markGone, missing } from '../../store/staging.js';
import { readChanges, shortlyBefore } from './changed-since.js';
import { mergedIssue, type SourceState, sourceStateOf } from './gone-records.js';
import { inOrder } from './in-order.js';
import { type Entry, Journal } from './journal.js';
import { type Census, concurrentCalls, type ListingWork, tooLargeIssue } from './listing-work.js';
import { PageProgress } from './page-progress.js';

const maxSweeps = 10;
/** One to see what is gone, one to be sure, one in case it has changed meanwhile. */
const maxDeltaSweeps = 3;
const missingBatch = 1_000;

/** Progress of a sweep over the pages. It is stored with each staged page. */
interface Sweep {
  number: number;
  pages: PageProgress;
  /** The total from page 1; null if the source reports none. */
  total: number | null;
  /** Records on page 1: the actual size of a page. */
  size: number;
  /** The requested size of a page. */
  asked: number;
  /** The number of records that are too large to read. */
  lost: number;
  /** Time of the source when the sweep began. */
  at: Date | null;
  /** Whether another process did a part of it. */
  resumed: boolean;
}

/**
 * Reads a listing by pages. Records can move from one page to another while they are read. So the records are counted after the
 * last page, and the pages are read again until nothing new appears and the counts agree.
 */
export async function extractPages(context: ListingWork): Promise<Census> {
  const { work, source, listing, phase } = context;
  let sweep = restore(phase.checkpoint, source.pageSize);
  const state = { fraction: () => context.progress.fraction(), checkpoint: () => ({ sweep: sweep.number, ...store(sweep) }) };
  const journal = new Journal(work, source, listing, state);
  for (;;) {
    const addedBefore = journal.added;
    await readSweep(context, sweep, journal);
    if (sweep.total !== null && sweep.total <= sweep.size && sweep.pages.count === 1) {
      // One page contained all records: none can be missing.
      if (await settle(context, sweep)) return { listed: sweep.total };
    } else if (context.changedSince) {
      if (await sweptForChanges(context, sweep, journal)) return { listed: sweep.total };
      if (sweep.number >= maxDeltaSweeps) return { listed: sweep.total };
    } else {
      const changed = listing.since && sweep.at ? (await source.count(listing, sweep.at)).total : null;
      if (sweep.number > 1 && changed)
        await readChanges(context, { sweep: sweep.number, since: sweep.at!, size: sweep.asked }, journal);
      const now = await source.count(listing);
      const seen = await work.transaction(tx => countSeen(tx, work.lease, { listing: listing.name, sweep: sweep.number }));
      const still =
        sweep.number === 1 && now.total !== null && now.total === seen + sweep.lost && now.total === sweep.total && changed === 0;
      // A deletion moves records to pages that were read already. If nothing is new among the changes, equal totals exclude one.
      const noneDeleted = !listing.since || now.total === sweep.total;
      const nothingNew = sweep.number > 1 && !sweep.resumed && journal.added === addedBefore && noneDeleted;
      if ((still || nothingNew) && (await settle(context, sweep))) {
        const alive = await work.transaction(tx => countSeen(tx, work.lease, { listing: listing.name, sweep: sweep.number }));
        if (now.total === null || now.total === alive + sweep.lost) return { listed: now.total };
      }
      if (sweep.number >= maxSweeps) return { listed: now.total };
    }
    sweep = begin(sweep.number + 1, sweep.asked);
  }
}

async function readSweep(context: ListingWork, sweep: Sweep, journal: Journal): Promise<void> {
  const { source, listing, work } = context;
  const write = (entry: Pick<Entry, 'records' | 'issues' | 'source'>, done?: number) => {
    const onCommit = () => {
      sweep.pages.add(done!);
      context.progress.set(sweep.number > 1 ? 1 : sweep.pages.count / Math.max(1, pagesOf(sweep) ?? sweep.pages.count + 1));
    };
    return journal.write({ ...entry, sweep: sweep.number, ...(done === undefined ? {} : { onCommit }) });
  };
  const readFirst = async () => {
    work.checkHalt();
    const page = await firstPage(context, sweep);
    const { total, at } = page ?? (await source.count(listing));
    Object.assign(sweep, { total, size: page?.records.length ?? 1, lost: page ? 0 : 1, at });
    const read = page ? { records: page.records } : { records: [], issues: [tooLargeIssue(listing, 1, null)] };
    await write({ ...read, source: total }, 1);
  };
  const read = async (number: number) => {
    work.checkHalt();
    const issues: NewIssue[] = [];
    const onTooLarge = (position: number) => issues.push(tooLargeIssue(listing, position, null));
    let count = 0;
    for await (const piece of piecesOf(source, listing, { number, size: pageSizeOf(sweep), onTooLarge })) {
      count += piece.records.length;
      await write({ records: piece.records }, piece.isWhole ? number : undefined);
      if (piece.isWhole) return count;
    }
    sweep.lost += issues.length;
    await write({ records: [], issues }, number);
    return count + issues.length;
  };
  if (!sweep.pages.has(1)) await readFirst();
  const pages = pagesOf(sweep);
  if (pages === null) {
    // The total is unknown: read to the first empty page.
    for (let number = sweep.pages.count + 1; (await read(number)) > 0; number++);
    return;
  }
  const left = Array.from({ length: pages }, (_, index) => index + 1).filter(number => !sweep.pages.has(number));
  await inOrder(left, concurrentCalls, async number => {
    await read(number);
  });
}

/**
 * If page 1 is too large, all pages are requested with a smaller size: it is unknown whether the source would have cut a page
 * of the usual size, and so where the next one would begin.
 * @returns null if its only record is too large
 */
async function firstPage({ source, listing }: ListingWork, sweep: Sweep): Promise<SourcePage | null> {
  for (;;) {
    try {
      return await source.page(listing, 1, { size: sweep.asked });
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      if (sweep.asked === 1) return null;
      sweep.asked = smallerPage(sweep.asked);
    }
  }
}

/**
 * The requested size, or the size that the source cut it to. The smaller pages of a page that is too large must contain the
 * same records.
 */
const pageSizeOf = ({ asked, size }: Sweep) => (size > 0 && size < asked && asked % size === 0 ? size : asked);

/**
 * Checks staged records that this sweep did not find: by id if possible; otherwise they are gone if two sweeps in a row did not
 * find them.
 * @returns false if another sweep must decide
 */
async function settle(context: ListingWork, sweep: Sweep): Promise<boolean> {
  const { work, listing } = context;
  let undecided = false;
  for (let after = ''; ; ) {
    const batch = await work.transaction(tx =>
      missing(tx, work.lease, { listing: listing.name, sweep: sweep.number }, after, missingBatch),
    );
    if (batch.length === 0) return !undecided;
    if (!(await settleBatch(context, sweep, batch))) undecided = true;
    after = batch.at(-1)!.sourceId;
  }
}

async function settleBatch(
  { work, source, listing }: ListingWork,
  sweep: Sweep,
  unseen: readonly { sourceId: string; sinceSweep: number }[],
): Promise<boolean> {
  const gone: string[] = [];
  const merged: NewIssue[] = [];
  let undecided = false;
  for (const { sourceId, sinceSweep } of unseen) {
    work.checkHalt();
    const state: SourceState = listing.byId
      ? await sourceStateOf(source, listing, sourceId)
      : { is: sinceSweep < sweep.number - 1 ? 'GONE' : 'THERE' };
    if (state.is === 'THERE') undecided = true;
    else gone.push(sourceId);
    if (state.is === 'MERGED') merged.push(mergedIssue(listing, sourceId, state.into));
  }
  await work.fencedTransaction(async tx => {
    await markGone(tx, work.lease, listing.name, gone);
    await raiseIssues(tx, work.lease, merged);
  });
  return !undecided;
}

/**
 * Of a delta: one sweep for what is gone, and after it what has changed since the last reading, because records can move while the
 * pages are read. Nothing is counted by calls of its own.
 */
async function sweptForChanges(context: ListingWork, sweep: Sweep, journal: Journal): Promise<boolean> {
  const { work, listing } = context;
  const { number, at, asked: size } = sweep;
  if (listing.since && at)
    await readChanges(context, { sweep: number, since: shortlyBefore(context.changedSince!, at), size }, journal);
  const count = () => work.transaction(tx => countSeen(tx, work.lease, { listing: listing.name, sweep: sweep.number }));
  const isWhole = async () => {
    if (sweep.total === null) return true;
    const found = (await count()) + sweep.lost;
    if (found < sweep.total) return false;
    // Records that were created while the pages were read count too.
    sweep.total = found;
    return true;
  };
  return (await isWhole()) && (await settle(context, sweep)) && (await isWhole());
}

function pagesOf({ total, size }: Sweep): number | null {
  if (size === 0) return 1;
  return total === null ? null : Math.ceil(total / size);
}

function begin(number: number, asked: number): Sweep {
  return { number, pages: new PageProgress(), total: null, size: 0, asked, lost: 0, at: null, resumed: false };
}

function store({ pages, total, size, asked, lost, at }: Sweep): Record<string, unknown> {
  return { pages: pages.toJSON(), total, size, asked, lost, at: at?.toISOString() ?? null };
}

function restore(checkpoint: Record<string, unknown>, usualSize: number): Sweep {
  const { sweep, pages, total, size, asked, lost, at } = checkpoint as {
    sweep?: number;
    pages?: object;
    total?: number | null;
    size?: number;
    asked?: number;
    lost?: number;
    at?: string | null;
  };
  if (!sweep) return begin(1, usualSize);
  return {
    number: sweep,
    pages: new PageProgress(pages),
    total: total ?? null,
    size: size ?? 0,
    asked: asked ?? usualSize,
    lost: lost ?? 0,
    at: at ? new Date(at) : null,
    resumed: true,
  };
}
