import type { NewIssue } from '../../domain/model/issue.js';
import { expiringChannel } from '../../domain/model/record-types.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { type PieceRequest, piecesOf } from '../../domain/ports/page-pieces.js';
import type { Source, SourceRecord } from '../../domain/ports/source.js';
import { childTotal, parentsToList } from '../../store/child-listings.js';
import { changedParents, knownChildTotal } from '../../store/delta-listings.js';
import { raiseIssues } from '../../store/issues.js';
import { countStaged, firstParent } from '../../store/staged-records.js';
import { countSeenOf, holdsEarlier, markChildrenOfGone, markUnseenGone } from '../../store/staging.js';
import { inOrder } from './in-order.js';
import { type Entry, Journal } from './journal.js';
import { type Census, concurrentCalls, issueOf, type ListingWork, tooLargeIssue } from './listing-work.js';

const parentsPerBatch = 20_000;
const maxSweeps = 5;
/** Maximum size of a page. An interrupted listing continues after its full pages. */
const fullPage = 100;

/** Reads the children of each record of another listing: one call per page, the most urgent parents first. */
export async function extractChildren(context: ListingWork): Promise<Census> {
  const { work, source, listing } = context;
  const parents = await work.transaction(tx => countStaged(tx, work.lease.projectId, listing.of!));
  let done = 0;
  const journal = new Journal(work, source, listing, { fraction: () => context.progress.fraction(), checkpoint: () => null });
  const hasParents = !context.changedSince || (await changedIds(context, 1)).length > 0;
  const first =
    listing.observed || !hasParents
      ? undefined
      : await work.transaction(tx => firstParent(tx, work.lease.projectId, listing.of!));
  // If a listing is only assumed, the first call shows whether it exists. Otherwise a 404 would be reported for each parent.
  if (first !== undefined) for await (const _ of piecesOf(source, listing, firstRequest(source, first))) break;
  const heldBefore = await work.transaction(tx => holdsEarlier(tx, work.lease, listing.name));
  await inOrder(parentIds(context), concurrentCalls, async parentId => {
    await extractChildrenOf(context, parentId, journal);
    // Records of an earlier run that are not listed any more were deleted or have expired.
    if (heldBefore) await work.fencedTransaction(tx => markUnseenGone(tx, work.lease, listing.name, parentId));
    context.progress.set(Math.min(1, ++done / Math.max(1, parents.staged - parents.gone)));
  });
  await markChildrenOfGone(work, { parents: listing.of!, children: listing.name });
  const listed = await work.transaction(tx =>
    context.changedSince
      ? knownChildTotal(tx, work.lease, { parents: listing.of!, children: listing.name })
      : childTotal(tx, work.lease, listing.name),
  );
  return { listed };
}

const firstRequest = ({ pageSize: size }: Source, parentId: string): PieceRequest => ({
  number: 1,
  size,
  parentId,
  onTooLarge: () => {},
});

const changedIds = ({ work, listing }: ListingWork, limit: number) =>
  work.transaction(tx => changedParents(tx, work.lease, { parents: listing.of!, children: listing.name, limit }));

async function* parentIds(context: ListingWork): AsyncGenerator<string> {
  const { work, listing, urgentSince } = context;
  const begun = new Set<string>();
  for (;;) {
    // Parents in progress are not marked yet, so they occur again at the start of the next batch.
    const about = {
      parents: listing.of!,
      children: listing.name,
      since: urgentSince,
      urgentChannel: expiringChannel,
      limit: parentsPerBatch,
    };
    const all = context.changedSince
      ? await changedIds(context, parentsPerBatch)
      : await work.transaction(tx => parentsToList(tx, work.lease, about));
    const ids = all.filter(id => !begun.has(id));
    if (ids.length === 0) return;
    for (const id of ids) {
      work.checkHalt();
      begun.add(id);
      yield id;
    }
  }
}

async function extractChildrenOf(context: ListingWork, parentId: string, journal: Journal): Promise<void> {
  const { work, source, listing, phase } = context;
  const finish = (entry: Pick<Entry, 'records' | 'sweep'>, total: number | null) =>
    journal.write({ ...entry, child: { parentId, total, outcome: 'LISTED' } });
  // An interrupted parent continues after its full pages. A new phase has none.
  const seenBefore = phase.staged === 0 ? 0 : await work.transaction(tx => countSeenOf(tx, work.lease, listing.name, parentId));
  let number = Math.floor(seenBefore / fullPage) + 1;
  let total: number | null = null;
  try {
    for (let sweep = 1; ; ) {
      const page = await readPage(context, { number, size: source.pageSize, parentId }, records =>
        journal.write({ records, sweep }),
      );
      total = page.total;
      const last = isLast(page, number);
      const entry = { records: page.unwritten, sweep };
      if (!last) {
        await journal.write(entry);
        work.checkHalt();
        number++;
        continue;
      }
      // One page that contains all records: the usual case, one call and one commit.
      if (number === 1 && total === page.count) return await finish(entry, total);
      await journal.write(entry);
      const seen = await work.transaction(tx => countSeenOf(tx, work.lease, listing.name, parentId));
      if (total === null || seen >= total || sweep >= maxSweeps) return await finish({ records: [], sweep }, total);
      // A record moved between two pages: start again from the first.
      sweep++;
      number = 1;
    }
  } catch (error) {
    if (!(error instanceof CallFailure) || error.kind === 'UNAUTHORIZED' || error.kind === 'FORBIDDEN') throw error;
    const gone = error.kind === 'NOT_FOUND' || error.kind === 'GONE';
    const issue = gone
      ? issueOf(
          listing,
          'PARENT_GONE',
          'WARNING',
          parentId,
          `The source lists nothing for ${listing.of} ${parentId} any more.`,
          'It was deleted during the extraction.',
        )
      : issueOf(
          listing,
          'DETAIL_FAILED',
          'ERROR',
          parentId,
          `Nothing could be listed for ${listing.of} ${parentId}: ${error.message}`,
          'Start the extraction again.',
        );
    await journal.write({
      records: [],
      sweep: 1,
      child: { parentId, total: null, outcome: gone ? 'SKIPPED' : 'FAILED' },
      issues: [issue],
    });
  }
}

interface PageRead {
  total: number | null;
  /** The number of records. */
  count: number;
  /** Records that are not written yet: all, unless the page was read in pieces. */
  unwritten: SourceRecord[];
}

async function readPage(
  { work, source, listing }: ListingWork,
  request: Pick<PieceRequest, 'number' | 'size'> & { parentId: string },
  write: (records: SourceRecord[]) => Promise<void>,
): Promise<PageRead> {
  const { parentId } = request;
  const lost: NewIssue[] = [];
  const onTooLarge = (position: number) => lost.push(tooLargeIssue(listing, position, parentId));
  const read: PageRead = { total: null, count: 0, unwritten: [] };
  for await (const { total, records, isWhole } of piecesOf(source, listing, { ...request, onTooLarge })) {
    if (isWhole) return { total, count: records.length, unwritten: records };
    await write(records);
    read.total = total;
    read.count += records.length;
  }
  if (lost.length > 0) await work.fencedTransaction(tx => raiseIssues(tx, work.lease, lost));
  return { ...read, count: read.count + lost.length };
}

function isLast({ total, count }: PageRead, number: number): boolean {
  if (count === 0) return true;
  // A page can be smaller than requested. Only the first one shows the size.
  if (total !== null && number === 1) return total <= count;
  return count < fullPage;
}
