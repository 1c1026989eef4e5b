import type { NewIssue } from '../../domain/model/issue.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { SourceRecord } from '../../domain/ports/source.js';
import { countDetails, detailsToRead } from '../../store/child-listings.js';
import { newDetails } from '../../store/delta-listings.js';
import { changePhase } from '../../store/run-phases.js';
import { recordsByIds } from '../../store/staged-records.js';
import { markGone } from '../../store/staging.js';
import { inOrder } from './in-order.js';
import { Journal } from './journal.js';
import { type Census, concurrentCalls, issueOf, type ListingWork, refusalOf } from './listing-work.js';

const idsPerBatch = 20_000;

/** Reads each record that another listing refers to, with one call. */
export async function extractDetails(context: ListingWork): Promise<Census> {
  const { work, source, listing } = context;
  const wanted = await work.transaction(tx => countDetails(tx, work.lease, listing.of!, listing.name));
  // So that progress has a total.
  await work.fencedTransaction(tx => changePhase(tx, work.lease.runId, listing.name, { source: wanted }));
  let done = 0;
  const journal = new Journal(work, source, listing, { fraction: () => context.progress.fraction(), checkpoint: () => null });
  await inOrder(detailIds(context), concurrentCalls, async id => {
    await extractDetail(context, id, journal);
    context.progress.set(Math.min(1, ++done / Math.max(1, wanted)));
  });
  return { listed: wanted };
}

async function* detailIds({ work, listing, changedSince }: ListingWork): AsyncGenerator<string> {
  const begun = new Set<string>();
  for (;;) {
    const about = { of: listing.of!, details: listing.name, limit: idsPerBatch };
    const all = await work.transaction(tx => (changedSince ? newDetails : detailsToRead)(tx, work.lease, about));
    const ids = all.filter(id => !begun.has(id));
    if (ids.length === 0) return;
    for (const id of ids) {
      work.checkHalt();
      begun.add(id);
      yield id;
    }
  }
}

async function extractDetail({ work, source, listing }: ListingWork, id: string, journal: Journal): Promise<void> {
  const conclude = (outcome: 'LISTED' | 'SKIPPED' | 'FAILED', records: SourceRecord[], issues: NewIssue[] = []) =>
    journal.write({ records, sweep: 1, child: { parentId: id, total: records.length, outcome }, issues });
  try {
    const record = await source.one(listing, id);
    if (record) return await conclude('LISTED', [record]);
    const { projectId } = work.lease;
    if ((await work.transaction(tx => recordsByIds(tx, projectId, listing.name, [id]))).length > 0) {
      await work.fencedTransaction(tx => markGone(tx, work.lease, listing.name, [id]));
      const message = 'It was deleted at the source after it was read.';
      const deleted = issueOf(listing, 'SOURCE_DELETED', 'INFO', id, message, 'The staged record is kept.');
      return await conclude('LISTED', [], [deleted]);
    }
    const message = `The source has no ${listing.name} ${id}, though ${listing.of} refer to it.`;
    await conclude(
      'SKIPPED',
      [],
      [issueOf(listing, 'DETAIL_MISSING', 'WARNING', id, message, 'Records that refer to it are loaded without it.')],
    );
  } catch (error) {
    if (!(error instanceof CallFailure) || error.kind === 'UNAUTHORIZED' || refusalOf(listing, error)) throw error;
    const message = `${listing.name} ${id} could not be read: ${error.message}`;
    await conclude('FAILED', [], [issueOf(listing, 'DETAIL_FAILED', 'ERROR', id, message, 'Start the extraction again.')]);
  }
}
