import { type Fields, recordOf } from '../../domain/model/record-fields.js';
import { isTooLarge } from '../../domain/ports/page-pieces.js';
import type { Source, SourceListing, SourceRecord } from '../../domain/ports/source.js';
import { idOf, mergedInto } from '../../sources/shapes.js';
import { inFencedBatches } from '../../store/fenced-batches.js';
import { type GoneRecord, newlyMerged, replacementsOf, unreportedGone } from '../../store/gone-records.js';
import { raiseIssues } from '../../store/issues.js';
import type { RunWork } from '../../store/run-work.js';
import { issueOf } from './listing-work.js';

const batchSize = 200;

/** The state of a record that is not listed any more: it exists, it was deleted, or it was merged into another. */
export type SourceState = { is: 'THERE' } | { is: 'GONE' } | { is: 'MERGED'; into: string; record: SourceRecord };

/** Reads a record by its id. A deleted record is a 404; a merged record answers with the record it was merged into, or names it. */
export async function sourceStateOf(source: Source, listing: SourceListing, id: string): Promise<SourceState> {
  try {
    const record = await source.one(listing, id);
    if (!record) return { is: 'GONE' };
    const into = survivorNamed(recordOf(record.raw), id);
    return into === null ? { is: 'THERE' } : { is: 'MERGED', into, record };
  } catch (error) {
    // It exists, but has become too large to read.
    if (isTooLarge(error)) return { is: 'THERE' };
    throw error;
  }
}

/** The source merges these without a trace: records that referred to one then refer to the one it was merged into. */
const isPerson = ({ recordType }: SourceListing) => recordType === 'CONTACT' || recordType === 'COMPANY';

function survivorNamed(fields: Fields, asked: string): string | null {
  const named = mergedInto(fields);
  if (named !== '' && named !== asked) return named;
  const answered = idOf(fields);
  return answered !== '' && answered !== asked ? answered : null;
}

/** Reports what the source has deleted or merged, for each record that is gone. Nothing is deleted from the workspace for it. */
export async function reportGone(work: RunWork, listings: readonly SourceListing[]): Promise<void> {
  const paged = listings.filter(({ shape }) => shape === 'PAGES');
  const byName = new Map(paged.map(listing => [listing.name, listing]));
  for (;;) {
    work.checkHalt();
    const found = await work.transaction(async tx => {
      const gone = await unreportedGone(tx, work.lease.projectId, [...byName.keys()], batchSize);
      const issues = [];
      for (const record of gone) {
        const listing = byName.get(record.listing)!;
        const replacements = isPerson(listing) ? await replacementsOf(tx, work.lease, listing.name, record.sourceId) : [];
        issues.push(issueFor(listing, record, replacements.length === 1 ? replacements[0]!.id : null));
      }
      return issues;
    });
    if (found.length > 0) await work.fencedTransaction(tx => raiseIssues(tx, work.lease, found));
    if (found.length < batchSize) break;
  }
  // A category below another refers to its own listing too.
  for (const listing of paged.filter(({ recordType }) => recordType === 'TICKET')) {
    await inFencedBatches<{ sourceId: string; survivor: string }>(
      work,
      (tx, limit, last) => newlyMerged(tx, work.lease.projectId, listing.name, { after: last?.sourceId ?? '', limit }),
      (tx, merged) =>
        raiseIssues(
          tx,
          work.lease,
          merged.map(({ sourceId, survivor }) => mergedIssue(listing, sourceId, survivor)),
        ),
    );
  }
}

/** @param replacement the one record that all records refer to now that referred to it before */
function issueFor(listing: SourceListing, { sourceId, raw }: GoneRecord, replacement: string | null) {
  const survivor = survivorNamed(recordOf(raw), sourceId) ?? replacement;
  if (survivor !== null) return mergedIssue(listing, sourceId, survivor);
  const hint = 'The staged record is kept, and what was loaded stays in Intercom. Delete it there by hand if it must go.';
  return issueOf(listing, 'SOURCE_DELETED', 'INFO', sourceId, 'It was deleted at the source after it was read.', hint);
}

export const mergedIssue = (listing: SourceListing, sourceId: string, survivor: string) =>
  issueOf(
    listing,
    'SOURCE_MERGED',
    'INFO',
    sourceId,
    `It was merged into ${survivor} of ${listing.name} at the source after it was read.`,
    'What was loaded of both stays in Intercom. Merge them there by hand if they must be one.',
  );
