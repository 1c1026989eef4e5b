import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Issue, IssueStatus } from '../domain/model/issue.js';
import { issueById, projectOfIssue, setIssueStatus } from '../store/issues.js';
import { appendEvent } from '../store/project-events.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';

export interface UpdateIssueInput {
  issueId: string;
  status: IssueStatus;
  note?: string | null;
  idempotencyKey?: string | null;
}

/** @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND */
export async function updateIssue(context: OperationContext, input: UpdateIssueInput): Promise<Issue> {
  requirePermission(context.principal, 'updateIssue');
  const check = new InputCheck();
  const note = check.optionalText('note', input.note, 2_000);
  check.done();
  const path = ['input', 'issueId'];
  const uuid = uuidOf('Issue', input.issueId, path);
  const { issueId } = await once(context, 'updateIssue', input, async tx => {
    const issue = uuid && (await issueById(tx, uuid));
    if (!issue) throw new UserError('NOT_FOUND', 'Name an issue that exists.', { path });
    await setIssueStatus(tx, issue.id, input.status);
    await appendEvent(tx, {
      projectId: (await projectOfIssue(tx, issue.id))!,
      type: 'ISSUE_UPDATED',
      message: `${context.principal.name} set ${issue.code} to ${input.status}${note ? `: ${note}` : '.'}`,
      data: { issueId: issue.id, code: issue.code, status: input.status, note },
    });
    return { issueId: issue.id };
  });
  return (await within(context, tx => issueById(tx, issueId)))!;
}
