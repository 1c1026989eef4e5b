import { uuidOf } from '../domain/model/ids.js';
import type { Issue } from '../domain/model/issue.js';
import type { Page } from '../domain/model/page.js';
import { type IssueFilter, issueById, issueList, pagesOfIssues } from '../store/issues.js';
import { noParent } from '../store/pages.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { keysetCursor, type PageRequest, readPage } from './cursor.js';
import { filterText } from './input-check.js';

/** A page of each project. @throws UserError INVALID_INPUT, MALFORMED_CURSOR, MALFORMED_ID */
export async function listIssues(
  context: OperationContext,
  projectIds: readonly string[],
  request: PageRequest & IssueFilter,
): Promise<Page<Issue>[]> {
  const window = readPage(request, keysetCursor);
  const list = issueList({
    ...request,
    code: request.code === null ? null : filterText('code', request.code),
    // An id that is none of a run finds nothing.
    runId: request.runId === null ? null : (uuidOf('Run', request.runId, ['runId']) ?? noParent),
  });
  return countedPages(context, list, projectIds, tx => pagesOfIssues(tx, list, projectIds, window));
}

/** @throws UserError MALFORMED_ID */
export async function findIssue(context: OperationContext, id: string): Promise<Issue | null> {
  const uuid = uuidOf('Issue', id);
  return uuid === null ? null : within(context, tx => issueById(tx, uuid));
}
