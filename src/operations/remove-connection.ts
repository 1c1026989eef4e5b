import type { ConnectionSide } from '../domain/model/connection.js';
import { UserError } from '../domain/model/errors.js';
import { environmentOf } from '../domain/model/gates.js';
import type { Project } from '../domain/model/project.js';
import { connectionOf, deleteConnection } from '../store/connections.js';
import { appendEvent } from '../store/project-events.js';
import { lockProject, projectById } from '../store/projects.js';
import { hasActiveRun } from '../store/runs.js';
import type { Tx } from '../store/transaction.js';
import { deleteMembers } from '../store/workspace-members.js';
import { requirePermission } from '../tenancy/permissions.js';
import { hasUsed } from './connection-use.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';

export interface RemoveConnectionInput {
  projectId: string;
  side: ConnectionSide;
  idempotencyKey?: string | null;
}

/**
 * Deletes a connection with its secret, as long as no run has used it.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RUN_ALREADY_ACTIVE, CONNECTION_IN_USE
 */
export async function removeConnection(context: OperationContext, input: RemoveConnectionInput): Promise<Project> {
  requirePermission(context.principal, 'removeConnection');
  const { side } = input;
  const { projectId } = await once(context, 'removeConnection', input, async tx => {
    const { id: projectId } = await projectInReach(tx, input.projectId);
    // `startRun` takes the same lock, so no run starts meanwhile.
    await lockProject(tx, projectId);
    if (!(await connectionOf(tx, projectId, side)))
      throw new UserError('NOT_FOUND', 'Nothing to do: this side is not connected.', { path: ['input', 'side'] });
    await checkUnused(tx, projectId, side);
    await deleteConnection(tx, projectId, side);
    if (side !== 'SOURCE') await deleteMembers(tx, projectId, environmentOf(side));
    await appendEvent(tx, {
      projectId,
      type: 'CONNECTION_REMOVED',
      message: `${context.principal.name} removed the connection ${side} and its secret.`,
      data: { side },
    });
    return { projectId };
  });
  return (await within(context, tx => projectById(tx, projectId)))!;
}

async function checkUnused(tx: Tx, projectId: string, side: ConnectionSide): Promise<void> {
  if (await hasActiveRun(tx, projectId))
    throw new UserError('RUN_ALREADY_ACTIVE', 'Wait for the runs of the project, or cancel them.', {
      path: ['input', 'projectId'],
      retryable: true,
    });
  if (await hasUsed(tx, projectId, side))
    throw new UserError(
      'CONNECTION_IN_USE',
      'Keep the connection: what runs have read or written through it belongs to its account.',
      {
        path: ['input', 'side'],
      },
    );
}
