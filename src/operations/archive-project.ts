import { UserError } from '../domain/model/errors.js';
import type { Project } from '../domain/model/project.js';
import { appendEvent } from '../store/project-events.js';
import { lockProject, projectById, setArchived } from '../store/projects.js';
import { hasActiveRun } from '../store/runs.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { reachableProject } from './project-in-reach.js';

export interface ArchiveProjectInput {
  projectId: string;
  idempotencyKey?: string | null;
}

/**
 * Archives a project: lists show it only on request, and it can only be read. A repetition changes nothing.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RUN_ALREADY_ACTIVE
 */
export const archiveProject = (context: OperationContext, input: ArchiveProjectInput): Promise<Project> =>
  setAside(context, 'archiveProject', input, true);

/** Restores a project as it was. @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND */
export const unarchiveProject = (context: OperationContext, input: ArchiveProjectInput): Promise<Project> =>
  setAside(context, 'unarchiveProject', input, false);

async function setAside(
  context: OperationContext,
  mutation: 'archiveProject' | 'unarchiveProject',
  input: ArchiveProjectInput,
  aside: boolean,
): Promise<Project> {
  requirePermission(context.principal, mutation);
  const path = ['input', 'projectId'];
  const { projectId } = await once(context, mutation, input, async tx => {
    const { id: projectId } = await reachableProject(tx, input.projectId);
    await lockProject(tx, projectId);
    const { archivedAt } = (await projectById(tx, projectId))!;
    if ((archivedAt !== null) === aside) return { projectId };
    if (aside && (await hasActiveRun(tx, projectId)))
      throw new UserError('RUN_ALREADY_ACTIVE', 'Wait for the runs of the project, or cancel them.', { path, retryable: true });
    await setArchived(tx, projectId, aside);
    await appendEvent(tx, {
      projectId,
      type: aside ? 'PROJECT_ARCHIVED' : 'PROJECT_UNARCHIVED',
      message: `${context.principal.name} ${aside ? 'archived the project' : 'took the project back from the archive'}.`,
      data: {},
    });
    return { projectId };
  });
  return (await within(context, tx => projectById(tx, projectId)))!;
}
