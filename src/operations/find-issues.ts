import { uuidOf } from '../domain/model/ids.js';
import type { Issue, IssueStatus } from '../domain/model/issue.js';
import type { Page } from '../domain/model/page.js';
import { issueById, pagesOfIssues } from '../store/issues.js';
import { type OperationContext, within } from './context.js';
import { keysetCursor, type PageRequest, readPage } from './cursor.js';

/** A page of each project, newest first. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listIssues(
  context: OperationContext,
  projectIds: readonly string[],
  { status, ...page }: PageRequest & { status: IssueStatus | null },
): Promise<Page<Issue>[]> {
  const { first, after } = readPage(page, keysetCursor);
  return within(context, tx => pagesOfIssues(tx, projectIds, status, first, after));
}

/** @throws UserError MALFORMED_ID */
export async function findIssue(context: OperationContext, id: string): Promise<Issue | null> {
  const uuid = uuidOf('Issue', id);
  return uuid === null ? null : within(context, tx => issueById(tx, uuid));
}
