import { UserError } from '../domain/model/errors.js';
import type { Project } from '../domain/model/project.js';
import type { Purge } from '../domain/model/purge.js';
import { environments } from '../domain/model/run.js';
import { reconcile } from '../domain/verify/reconcile.js';
import { closeCutoverRow, cutoverOf } from '../store/cutovers.js';
import { appendEvent } from '../store/project-events.js';
import { lockProject, projectById, setProjectStage } from '../store/projects.js';
import { insertPurge, purgeOf } from '../store/purges.js';
import { reconciliationFacts } from '../store/reconciliations.js';
import { hasActiveRun } from '../store/runs.js';
import type { Tx } from '../store/transaction.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { anyProjectInReach } from './project-in-reach.js';

export interface CloseProjectInput {
  projectId: string;
  reason?: string | null;
  /** Whether raw data and secrets are deleted. */
  purge?: boolean | null;
  idempotencyKey?: string | null;
}

const path = ['input', 'projectId'];

/**
 * Ends hypercare and the project: no run can be started any more. The crosswalk stays. With `purge` a worker deletes the raw
 * data and the secrets, also of a project that is closed already.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, PROJECT_CLOSED, CUTOVER_NOT_READY, HYPERCARE_ACTIVE,
 *   RUN_ALREADY_ACTIVE
 */
export async function closeProject(context: OperationContext, input: CloseProjectInput): Promise<Project> {
  requirePermission(context.principal, 'closeProject');
  if (input.purge) requirePermission(context.principal, 'purgeProject');
  const check = new InputCheck();
  const reason = check.optionalText('reason', input.reason, 2_000);
  check.done();
  const { projectId, organizationId } = await once(context, 'closeProject', input, async tx => {
    const { id: projectId, organizationId } = await anyProjectInReach(tx, input.projectId);
    await lockProject(tx, projectId);
    const project = (await projectById(tx, projectId))!;
    if (project.stage !== 'CLOSED') await close(context, tx, project, reason);
    else if (!input.purge) throw new UserError('PROJECT_CLOSED', 'The project is closed already.', { path });
    if (input.purge && !(await purgeOf(tx, projectId))) await requestPurge(context, tx, project);
    return { projectId, organizationId };
  });
  // If the job is lost, a worker finds the purge at its next look.
  if (input.purge) await context.wakePurge({ projectId, organizationId });
  return (await within(context, tx => projectById(tx, projectId)))!;
}

async function close(context: OperationContext, tx: Tx, project: Project, reason: string | null): Promise<void> {
  const cutover = await cutoverOf(tx, project.id);
  if (!cutover?.completedAt) throw new UserError('CUTOVER_NOT_READY', 'Complete the cutover first.', { path });
  if (cutover.hypercareUntil! > new Date() && reason === null) {
    const message = `Hypercare ends on ${cutover.hypercareUntil!.toISOString()}. Give a reason to close the project earlier.`;
    throw new UserError('HYPERCARE_ACTIVE', message, { path: ['input', 'reason'] });
  }
  if (await hasActiveRun(tx, project.id))
    throw new UserError('RUN_ALREADY_ACTIVE', 'Wait for the runs of the project, or cancel them.', { path, retryable: true });
  await closeCutoverRow(tx, { projectId: project.id, closedBy: context.principal.name, closeReason: reason });
  await setProjectStage(tx, project.id, 'CLOSED');
  await appendEvent(tx, {
    projectId: project.id,
    type: 'PROJECT_CLOSED',
    message: `The project was closed by ${context.principal.name}${reason ? `: ${reason}` : '.'}`,
    data: { reason },
  });
}

/** The reconciliation is counted from rows that will be deleted, so it is stored now. */
async function requestPurge(context: OperationContext, tx: Tx, { id: projectId, organizationId }: Project): Promise<void> {
  const { name } = context.principal;
  const reconciliations: Purge['reconciliations'] = {};
  for (const each of environments) reconciliations[each] = reconcile(await reconciliationFacts(tx, projectId, each));
  await insertPurge(tx, { projectId, organizationId, requestedBy: name, reconciliations });
  await appendEvent(tx, {
    projectId,
    type: 'PURGE_REQUESTED',
    message: `${name} asked for the deletion of the raw data and the secrets.`,
    data: {},
  });
}
