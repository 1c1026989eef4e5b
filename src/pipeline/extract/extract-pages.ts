import { raiseIssues } from '../../store/issues.js';
import { changePhase } from '../../store/run-phases.js';
import { countSeen, countStaged, markGone, missing } from '../../store/staged-records.js';
import { inOrder } from './in-order.js';
import { Journal } from './journal.js';
import { type Census, callsAtOnce, issueOf, type ListingWork } from './listing-work.js';
import { PageProgress } from './page-progress.js';

const mostSweeps = 10;
const mostMissing = 1_000;

/** Where a sweep over the pages stands; stored with each page that is staged. */
interface Sweep {
  number: number;
  pages: PageProgress;
  /** What page 1 said; null where the source does not say. */
  total: number | null;
  /** Records on page 1: the size of a page, whatever was asked for. */
  size: number;
  /** The source's clock when the sweep began. */
  at: Date | null;
  /** Whether another process has done a part of it. */
  resumed: boolean;
}

/**
 * Reads a listing by pages. Pages are numbered over a set that changes while it is read, so records can slip from one page
 * to another unseen: after the last page the census is taken again, and the pages are swept again until nothing new comes
 * and the numbers agree.
 */
export async function extractPages(x: ListingWork): Promise<Census> {
  const { work, source, listing, phase } = x;
  let sweep = restore(phase.checkpoint);
  const state = { fraction: () => x.progress.fraction(), checkpoint: () => ({ sweep: sweep.number, ...store(sweep) }) };
  const journal = new Journal(work, source, listing, state);
  for (;;) {
    const addedBefore = journal.added;
    await readSweep(x, sweep, journal);
    if (sweep.total !== null && sweep.total <= sweep.size && sweep.pages.count === 1) {
      // One answer held everything: nothing can have slipped.
      if (await settle(x, sweep)) return await census(x, sweep.total);
    } else {
      const now = await source.count(listing);
      const changed = listing.since && sweep.at ? (await source.count(listing, sweep.at)).total : null;
      const seen = await work.read(tx => countSeen(tx, work.lease, { listing: listing.name, sweep: sweep.number }));
      const still = sweep.number === 1 && now.total !== null && now.total === seen && now.total === sweep.total && changed === 0;
      const nothingNew = sweep.number > 1 && !sweep.resumed && journal.added === addedBefore;
      if ((still || nothingNew) && (await settle(x, sweep))) {
        const alive = await work.read(tx => countSeen(tx, work.lease, { listing: listing.name, sweep: sweep.number }));
        if (now.total === null || now.total === alive) return await census(x, now.total);
      }
      if (sweep.number >= mostSweeps) return await census(x, now.total);
    }
    sweep = begin(sweep.number + 1);
  }
}

async function readSweep(x: ListingWork, sweep: Sweep, journal: Journal): Promise<void> {
  const { source, listing, work } = x;
  const read = async (number: number) => {
    work.checkHalt();
    const page = await source.page(listing, number);
    if (number === 1) Object.assign(sweep, { total: page.total, size: page.records.length, at: page.at });
    await journal.write({
      records: page.records,
      sweep: sweep.number,
      onCommit: () => {
        sweep.pages.add(number);
        x.progress.set(sweep.number > 1 ? 1 : sweep.pages.count / Math.max(1, pagesOf(sweep) ?? sweep.pages.count + 1));
      },
    });
    return page.records.length;
  };
  if (!sweep.pages.has(1)) await read(1);
  const pages = pagesOf(sweep);
  if (pages === null) {
    // Nobody says how many there are: on to the first empty page.
    for (let number = sweep.pages.count + 1; (await read(number)) > 0; number++);
    return;
  }
  const left = Array.from({ length: pages }, (_, index) => index + 1).filter(number => !sweep.pages.has(number));
  await inOrder(left, callsAtOnce, async number => {
    await read(number);
  });
}

/**
 * Finds out about records that we hold and this sweep did not meet: asked for by id where that is possible, else gone once
 * two sweeps in a row have not met them.
 * @returns false where another sweep must decide
 */
async function settle({ work, source, listing }: ListingWork, sweep: Sweep): Promise<boolean> {
  const unseen = await work.read(tx => missing(tx, work.lease, { listing: listing.name, sweep: sweep.number }, mostMissing));
  if (unseen.length === 0) return true;
  if (unseen.length === mostMissing) return false;
  const gone: string[] = [];
  let undecided = false;
  for (const { sourceId, sinceSweep } of unseen) {
    work.checkHalt();
    const isGone = listing.byId ? (await source.one(listing, sourceId)) === null : sinceSweep < sweep.number - 1;
    if (isGone) gone.push(sourceId);
    else undecided = true;
  }
  await work.write(async tx => {
    await markGone(tx, work.lease, listing.name, gone);
    const hint = 'What was read of it stays staged.';
    await raiseIssues(
      tx,
      work.lease,
      gone.map(id => issueOf(listing, 'SOURCE_DELETED', 'INFO', id, 'The source has deleted it since it was read.', hint)),
    );
  });
  return !undecided;
}

async function census({ work, listing }: ListingWork, total: number | null): Promise<Census> {
  const { gone } = await work.read(tx => countStaged(tx, work.lease.projectId, listing.name));
  await work.write(tx => changePhase(tx, work.lease.runId, listing.name, { checkpoint: {} }));
  return { source: total === null ? null : total + gone };
}

function pagesOf({ total, size }: Sweep): number | null {
  if (size === 0) return 1;
  return total === null ? null : Math.ceil(total / size);
}

function begin(number: number): Sweep {
  return { number, pages: new PageProgress(), total: null, size: 0, at: null, resumed: false };
}

function store({ pages, total, size, at }: Sweep): Record<string, unknown> {
  return { pages: pages.toJSON(), total, size, at: at?.toISOString() ?? null };
}

function restore(checkpoint: Record<string, unknown>): Sweep {
  const { sweep, pages, total, size, at } = checkpoint as {
    sweep?: number;
    pages?: object;
    total?: number | null;
    size?: number;
    at?: string | null;
  };
  if (!sweep) return begin(1);
  return {
    number: sweep,
    pages: new PageProgress(pages),
    total: total ?? null,
    size: size ?? 0,
    at: at ? new Date(at) : null,
    resumed: true,
  };
}
