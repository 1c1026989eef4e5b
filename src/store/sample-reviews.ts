import { mapItems, type PageWindow, type Slice } from '../domain/model/page.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { ReviewLine, SampleReview } from '../domain/sample/review.js';
import { keptJson } from '../domain/text/kept-text.js';
import { RunRow } from './entities/run-row.js';
import { type List, pagesOf } from './pages.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** Replaces the reviews of the previous run. @param digest of the reviews; a sign-off is bound to it */
export async function saveReviews(tx: Tx, lease: RunLease, reviews: readonly SampleReview[], digest: string): Promise<void> {
  await tx.manager.query('DELETE FROM landfall.sample_reviews WHERE project_id = $1', [lease.projectId]);
  await tx.manager.query(
    `INSERT INTO landfall.sample_reviews (project_id, organization_id, record_type, source_id, reason, destination_id, comparison)
     SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`,
    [
      lease.projectId,
      lease.organizationId,
      reviews.map(each => each.recordType),
      reviews.map(each => each.sourceId),
      reviews.map(each => each.reason),
      reviews.map(each => each.destinationId),
      reviews.map(each => keptJson(each.lines)),
    ],
  );
  await tx.manager.update(RunRow, lease.runId, { sampleDigest: digest });
}

/** A sampled record and its position in the list, from 1. */
export interface ListedReview {
  position: number;
  review: SampleReview;
}

/** The reviews of a project, by type and id. */
export const reviewList = (recordType: RecordType | null): List => ({
  rows: `SELECT row_number() OVER (ORDER BY r.record_type, length(r.source_id), r.source_id)::int AS position,
         r.record_type AS "recordType", r.source_id AS "sourceId", r.destination_id AS "destinationId", r.reason, r.comparison
       FROM landfall.sample_reviews r WHERE r.project_id = parent.id AND ($2::text IS NULL OR r.record_type = $2)`,
  parameters: [recordType],
  order: 'POSITION',
});

/** A page of the reviews of each project. */
export async function pagesOfReviews(
  tx: Tx,
  list: List,
  projectIds: readonly string[],
  window: PageWindow<number>,
): Promise<Slice<ListedReview>[]> {
  const pages = await pagesOf<Omit<SampleReview, 'lines'> & { position: number; comparison: string }>(
    tx,
    list,
    projectIds,
    window,
  );
  return pages.map(page =>
    mapItems(page, ({ position, comparison, ...review }) => ({
      position,
      review: { ...review, lines: JSON.parse(comparison) as ReviewLine[] },
    })),
  );
}
