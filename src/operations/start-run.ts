import { UserError } from '../domain/errors.js';
import { availableKinds, type Environment, type Run, type RunKind, writingKinds } from '../domain/run.js';
import { connectionOf } from '../store/connections.js';
import { violates } from '../store/failures.js';
import { appendEvent } from '../store/project-events.js';
import { insertRun, runById } from '../store/runs.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';

export interface StartRunInput {
  projectId: string;
  kind: RunKind;
  environment?: Environment | null;
  dryRun?: boolean | null;
  planHash?: string | null;
  idempotencyKey?: string | null;
}

/**
 * Queues a run; a worker takes it up.
 * @throws UserError ROLE_NOT_PERMITTED, ENVIRONMENT_REQUIRED, RUN_KIND_NOT_AVAILABLE, MALFORMED_ID, NOT_FOUND,
 *   SOURCE_NOT_CONNECTED, SOURCE_CONNECTION_FAILED, RUN_ALREADY_ACTIVE
 */
export async function startRun(context: OperationContext, input: StartRunInput): Promise<Run> {
  requirePermission(context.principal, 'startRun');
  const { kind, environment } = input;
  if (writingKinds.includes(kind) && !environment) {
    throw new UserError('ENVIRONMENT_REQUIRED', 'Say where it writes: SANDBOX or PRODUCTION.', {
      path: ['input', 'environment'],
    });
  }
  try {
    const { runId, organizationId } = await once(context, 'startRun', input, async tx => {
      const project = await projectInReach(tx, input.projectId);
      if (!availableKinds.includes(kind)) {
        throw new UserError(
          'RUN_KIND_NOT_AVAILABLE',
          `Start one of ${availableKinds.join(', ')}: ${kind} can not be started yet.`,
          { path: ['input', 'kind'] },
        );
      }
      const source = await connectionOf(tx, project.id, 'SOURCE');
      const path = ['input', 'projectId'];
      if (!source) throw new UserError('SOURCE_NOT_CONNECTED', 'Connect the project to its Infoset account first.', { path });
      if (source.status === 'FAILED')
        throw new UserError('SOURCE_CONNECTION_FAILED', source.detail ?? 'Set the connection again.', { path });
      const runId = await insertRun(tx, {
        projectId: project.id,
        organizationId: project.organizationId,
        kind,
        environment: environment ?? null,
      });
      await appendEvent(tx, {
        projectId: project.id,
        runId,
        type: 'RUN_STATE_CHANGED',
        message: `${kind} is QUEUED.`,
        data: { kind, state: 'QUEUED' },
      });
      return { runId, organizationId: project.organizationId };
    });
    // Once it is committed; a wake-up that is lost delays the run until a worker looks by itself.
    await context.wakeWorker({ runId, organizationId });
    return (await within(context, tx => runById(tx, runId)))!;
  } catch (error) {
    if (!violates(error, 'runs_one_reader_key')) throw error;
    throw new UserError('RUN_ALREADY_ACTIVE', 'Wait for the run that reads this source, or cancel it.', {
      path: ['input', 'projectId'],
      retryable: true,
    });
  }
}
