import { UserError } from '../domain/model/errors.js';
import type { Project } from '../domain/model/project.js';
import { cutoverOf, saveCutover } from '../store/cutovers.js';
import { appendEvent } from '../store/project-events.js';
import { lockProject, projectById, setProjectStage } from '../store/projects.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';
import { insertBoundRun, startErrorOf } from './start-run.js';

export interface BeginCutoverInput {
  projectId: string;
  /** Now, if absent. */
  frozenAt?: Date | null;
  idempotencyKey?: string | null;
}

/**
 * Records the freeze of the source and queues the last DELTA run. It can be called again until the cutover is completed.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, CUTOVER_COMPLETED, and the codes of a DELTA run
 */
export async function beginCutover(context: OperationContext, input: BeginCutoverInput): Promise<Project> {
  requirePermission(context.principal, 'beginCutover');
  if (input.frozenAt && input.frozenAt > new Date()) {
    const message = 'Give a time that has passed: the last delta reads what was written until then.';
    throw new UserError('INVALID_INPUT', message, { path: ['input', 'frozenAt'] });
  }
  try {
    const { projectId, runId, organizationId } = await once(context, 'beginCutover', input, async tx => {
      await lockProject(tx, (await projectInReach(tx, input.projectId)).id);
      const project = await projectInReach(tx, input.projectId);
      const known = await cutoverOf(tx, project.id);
      if (known?.completedAt)
        throw new UserError('CUTOVER_COMPLETED', 'The cutover is completed.', { path: ['input', 'projectId'] });
      const runId = await insertBoundRun(tx, project, { kind: 'DELTA', environment: 'PRODUCTION' });
      const { id: projectId, organizationId } = project;
      const frozenAt = input.frozenAt ?? new Date();
      await saveCutover(tx, { projectId, organizationId, frozenAt, begunBy: context.principal.name, deltaRunId: runId });
      await setProjectStage(tx, projectId, 'CUTOVER');
      await appendEvent(tx, {
        projectId,
        runId,
        type: 'CUTOVER_BEGUN',
        message: `The cutover was begun by ${context.principal.name}. The source is frozen from ${frozenAt.toISOString()}.`,
        data: { frozenAt: frozenAt.toISOString(), runId },
      });
      return { projectId, runId, organizationId };
    });
    await context.wakeWorker({ runId, organizationId });
    return (await within(context, tx => projectById(tx, projectId)))!;
  } catch (error) {
    throw startErrorOf(error);
  }
}
