import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Issue, IssueStatus } from '../domain/model/issue.js';
import type { NewProjectEvent } from '../domain/model/project-event.js';
import { appendEvents } from '../store/append-events.js';
import { changeStatuses, issueById, issuesById, lockIssues, type StatusChange } from '../store/issues.js';
import type { Tx } from '../store/transaction.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { type Attempt, attemptEach, checkItems, onceForEach, thenEach, valuesOf } from './once-for-each.js';
import { requireUnarchived } from './require-unarchived.js';

/** The status that an issue gets. */
export interface IssueUpdate {
  issueId: string;
  status: IssueStatus;
  note?: string | null;
}

export interface UpdateIssueInput extends IssueUpdate {
  idempotencyKey?: string | null;
}

export interface UpdateIssuesInput {
  items: readonly IssueUpdate[];
  idempotencyKey?: string | null;
}

const path = ['input', 'issueId'];

/** @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND */
export async function updateIssue(context: OperationContext, input: UpdateIssueInput): Promise<Issue> {
  requirePermission(context.principal, 'updateIssue');
  const update = checkUpdate(input);
  const { issueId } = await once(context, 'updateIssue', input, async tx => {
    const issue = update.uuid === null ? null : (await lockIssues(tx, [update.uuid])).get(update.uuid);
    if (issue) await requireUnarchived(tx, [issue.projectId], path);
    const change = changeOf(context.principal.name, update, issue);
    await saveChanges(tx, [change], context.principal.name);
    return { issueId: change.issue.id };
  });
  return (await within(context, tx => issueById(tx, issueId)))!;
}

/**
 * `updateIssue` for up to 100 issues; each item has its own result.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT
 */
export async function updateIssues(context: OperationContext, input: UpdateIssuesInput): Promise<Attempt<Issue>[]> {
  requirePermission(context.principal, 'updateIssue');
  checkItems(input.items);
  const results = await onceForEach(context, 'updateIssues', { ...input }, async tx => {
    const seen = new Set<string>();
    const updates = attemptEach(input.items, item => {
      const update = checkUpdate(item);
      if (update.uuid !== null && seen.has(update.uuid)) throw new UserError('INVALID_INPUT', 'Give each issue once.', { path });
      if (update.uuid !== null) seen.add(update.uuid);
      return update;
    });
    const issues = await lockIssues(tx, [...seen]);
    const projectIds = [...issues.values()].map(({ projectId }) => projectId);
    await requireUnarchived(tx, projectIds, ['input', 'items']);
    const changes = thenEach(updates, update =>
      changeOf(context.principal.name, update, update.uuid === null ? null : issues.get(update.uuid)),
    );
    await saveChanges(tx, valuesOf(changes), context.principal.name);
    return thenEach(changes, ({ issue }) => ({ issueId: issue.id }));
  });
  const ids = valuesOf(results).map(({ issueId }) => issueId);
  const found = await within(context, tx => issuesById(tx, ids));
  return thenEach(results, ({ issueId }) => found.get(issueId)!);
}

interface CheckedUpdate {
  /** Null for an id of something else. */
  uuid: string | null;
  status: IssueStatus;
  note: string | null;
}

/** @throws UserError INVALID_INPUT, MALFORMED_ID */
function checkUpdate({ issueId, status, note }: IssueUpdate): CheckedUpdate {
  const check = new InputCheck();
  const checked = check.optionalText('note', note, 2_000);
  check.done();
  return { uuid: uuidOf('Issue', issueId, path), status, note: checked };
}

interface Change {
  issue: Issue;
  change: StatusChange;
  event: NewProjectEvent;
}

/** @throws UserError NOT_FOUND */
function changeOf(by: string, { status, note }: CheckedUpdate, issue: Issue | null | undefined): Change {
  if (!issue) throw new UserError('NOT_FOUND', 'Name an issue that exists.', { path });
  return {
    issue,
    change: { issueId: issue.id, status, note },
    event: {
      projectId: issue.projectId,
      type: 'ISSUE_UPDATED',
      message: `${by} set ${issue.code} to ${status}${note ? `: ${note}` : '.'}`,
      data: { issueId: issue.id, code: issue.code, status, note },
    },
  };
}

/** An issue that already has the status, without a note about it, stays as it is. */
async function saveChanges(tx: Tx, changes: readonly Change[], by: string): Promise<void> {
  const some = changes.filter(({ issue, change }) => issue.status !== change.status || change.note !== null);
  await changeStatuses(
    tx,
    some.map(({ change }) => change),
    by,
  );
  await appendEvents(
    tx,
    some.map(({ event }) => event),
  );
}
