import type { RecordType } from '../domain/model/record-type.js';
import type { ReviewLine, SampleReview } from '../domain/sample/review.js';
import { keptJson } from '../domain/text/kept-text.js';
import { RunRow } from './entities/run-row.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** Replaces what the run before has shown. @param digest of the reviews; a sign-off is bound to it */
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

/** A page of each project, by type and id. @param after how many come before it */
export async function pagesOfReviews(
  tx: Tx,
  projectIds: readonly string[],
  recordType: RecordType | null,
  first: number,
  after: number,
): Promise<{ items: SampleReview[]; hasNextPage: boolean }[]> {
  const rows = await tx.manager.query<(Omit<SampleReview, 'lines'> & { projectId: string; comparison: string })[]>(
    `SELECT p.id AS "projectId", page.* FROM unnest($1::uuid[]) AS p (id) CROSS JOIN LATERAL (
       SELECT r.record_type AS "recordType", r.source_id AS "sourceId", r.destination_id AS "destinationId", r.reason, r.comparison
       FROM landfall.sample_reviews r WHERE r.project_id = p.id AND ($2::text IS NULL OR r.record_type = $2)
       ORDER BY r.record_type, length(r.source_id), r.source_id LIMIT $3 OFFSET $4
     ) page`,
    [projectIds, recordType, first + 1, after],
  );
  const byProject = Map.groupBy(rows, row => row.projectId);
  return projectIds.map(id => {
    const items = (byProject.get(id) ?? []).map(({ projectId: _, comparison, ...review }) => ({
      ...review,
      lines: JSON.parse(comparison) as ReviewLine[],
    }));
    return { items: items.slice(0, first), hasNextPage: items.length > first };
  });
}
