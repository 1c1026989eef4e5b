import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { IssueRetry } from '../domain/model/load-plan.js';
import type { Environment, Run } from '../domain/model/run.js';
import { countRetried, retriedCodes, rewriteRetried } from '../store/issue-retries.js';
import { lockProject } from '../store/projects.js';
import { runById } from '../store/runs.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';
import { insertBoundRun, startErrorOf } from './start-run.js';

export interface RetryIssuesInput {
  projectId: string;
  environment: Environment;
  issueIds?: readonly string[] | null;
  code?: string | null;
  idempotencyKey?: string | null;
}

const maxIssues = 100;

/**
 * Queues a PRODUCTION or SANDBOX run that loads only the records of these issues.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, and those of `startRun`
 */
export async function retryIssues(context: OperationContext, input: RetryIssuesInput): Promise<Run> {
  requirePermission(context.principal, 'startRun');
  const { environment } = input;
  const retry = checkRetry(input);
  try {
    const { runId, organizationId } = await once(context, 'retryIssues', { ...input }, async tx => {
      await lockProject(tx, (await projectInReach(tx, input.projectId)).id);
      const project = await projectInReach(tx, input.projectId);
      const scope = { projectId: project.id, environment };
      const { named, retriable } = await countRetried(tx, scope, retry);
      const path = ['input', retry.code === null ? 'issueIds' : 'code'];
      if (named === 0 || named < (retry.issueIds?.length ?? 0))
        throw new UserError('NOT_FOUND', 'Name issues of this project; with a code, one of which an issue is open.', { path });
      if (retriable < named) throw notRetriable(path);
      await rewriteRetried(tx, scope, retry);
      const runId = await insertBoundRun(tx, project, { kind: environment, environment }, retry);
      return { runId, organizationId: project.organizationId };
    });
    // After the commit. If the wake-up is lost, the next sweep of a worker finds the run.
    await context.wakeWorker({ runId, organizationId });
    return (await within(context, tx => runById(tx, runId)))!;
  } catch (error) {
    throw startErrorOf(error);
  }
}

const notRetriable = (path: string[]) =>
  new UserError('INVALID_INPUT', `Name issues of this environment that a load can end: ${retriedCodes.join(', ')}.`, { path });

/** @throws UserError INVALID_INPUT, MALFORMED_ID, NOT_FOUND */
function checkRetry({ issueIds = null, code = null }: RetryIssuesInput): IssueRetry {
  if ((issueIds === null) === (code === null))
    throw new UserError('INVALID_INPUT', 'Give issueIds or code: one of both.', { path: ['input', 'issueIds'] });
  if (code !== null && !retriedCodes.includes(code)) throw notRetriable(['input', 'code']);
  if (issueIds === null) return { issueIds, code };
  const path = ['input', 'issueIds'];
  if (issueIds.length === 0 || issueIds.length > maxIssues)
    throw new UserError('INVALID_INPUT', `Give 1 to ${maxIssues} issues.`, { path });
  const uuids = issueIds.map(id => uuidOf('Issue', id, path));
  if (uuids.includes(null)) throw new UserError('NOT_FOUND', 'Name issues that exist.', { path });
  return { issueIds: [...new Set(uuids as string[])], code };
}
