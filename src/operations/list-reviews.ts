import type { Page } from '../domain/model/page.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { SampleReview } from '../domain/sample/review.js';
import { pagesOfReviews } from '../store/sample-reviews.js';
import { type OperationContext, within } from './context.js';
import { type PageRequest, readPage, reviewCursor } from './cursor.js';

/** A sampled record and its position in the list. */
export interface ListedReview {
  position: number;
  review: SampleReview;
}

/** A page of each project. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listReviews(
  context: OperationContext,
  projectIds: readonly string[],
  { recordType, ...page }: PageRequest & { recordType: RecordType | null },
): Promise<Page<ListedReview>[]> {
  const { first, after } = readPage(page, reviewCursor);
  const from = after ?? 0;
  const pages = await within(context, tx => pagesOfReviews(tx, projectIds, recordType, first, from));
  return pages.map(({ items, hasNextPage }) => ({
    items: items.map((review, index) => ({ position: from + index + 1, review })),
    hasNextPage,
    hasPreviousPage: from > 0,
  }));
}
