import type { Page } from '../domain/model/page.js';
import type { RecordType } from '../domain/model/record-type.js';
import { type ListedReview, pagesOfReviews, reviewList } from '../store/sample-reviews.js';
import type { OperationContext } from './context.js';
import { countedPages } from './counted-pages.js';
import { type PageRequest, readPage, reviewCursor } from './cursor.js';

/** A page of each project. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listReviews(
  context: OperationContext,
  projectIds: readonly string[],
  { recordType, ...page }: PageRequest & { recordType: RecordType | null },
): Promise<Page<ListedReview>[]> {
  const window = readPage(page, reviewCursor);
  const list = reviewList(recordType);
  return countedPages(context, list, projectIds, tx => pagesOfReviews(tx, list, projectIds, window));
}
