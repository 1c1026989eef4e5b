import { UserError } from '../domain/model/errors.js';
import type { Project } from '../domain/model/project.js';
import { closeCutoverRow, cutoverOf } from '../store/cutovers.js';
import { appendEvent } from '../store/project-events.js';
import { lockProject, projectById, setProjectStage } from '../store/projects.js';
import { hasActiveRun } from '../store/runs.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';

export interface CloseProjectInput {
  projectId: string;
  reason?: string | null;
  idempotencyKey?: string | null;
}

/**
 * Ends hypercare and the project: no run can be started any more. The crosswalk stays.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, PROJECT_CLOSED, CUTOVER_NOT_READY, HYPERCARE_ACTIVE,
 *   RUN_ALREADY_ACTIVE
 */
export async function closeProject(context: OperationContext, input: CloseProjectInput): Promise<Project> {
  requirePermission(context.principal, 'closeProject');
  const check = new InputCheck();
  const reason = check.optionalText('reason', input.reason, 2_000);
  check.done();
  const path = ['input', 'projectId'];
  const { projectId } = await once(context, 'closeProject', input, async tx => {
    const project = await projectInReach(tx, input.projectId);
    await lockProject(tx, project.id);
    if (project.stage === 'CLOSED') throw new UserError('PROJECT_CLOSED', 'The project is closed already.', { path });
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
    return { projectId: project.id };
  });
  return (await within(context, tx => projectById(tx, projectId)))!;
}
