import { UserError } from '../domain/model/errors.js';
import type { Language, Project } from '../domain/model/project.js';
import { appendEvent } from '../store/project-events.js';
import { lockProject, projectById, setProjectLanguage } from '../store/projects.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';

export interface UpdateProjectInput {
  projectId: string;
  language: Language;
  idempotencyKey?: string | null;
}

/**
 * Changes the language of documents. Those that exist change when a run or a mapping writes them again.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, PROJECT_CLOSED, PROJECT_PURGED
 */
export async function updateProject(context: OperationContext, input: UpdateProjectInput): Promise<Project> {
  requirePermission(context.principal, 'updateProject');
  const { language } = input;
  const { projectId } = await once(context, 'updateProject', { ...input }, async tx => {
    const { id: projectId } = await projectInReach(tx, input.projectId);
    await lockProject(tx, projectId);
    const project = (await projectById(tx, projectId))!;
    if (project.stage === 'CLOSED')
      throw new UserError('PROJECT_CLOSED', 'The project is closed: its documents stay as they are.', {
        path: ['input', 'projectId'],
      });
    if (project.language !== language) {
      await setProjectLanguage(tx, projectId, language);
      await appendEvent(tx, {
        projectId,
        type: 'PROJECT_UPDATED',
        message: `The language of documents is ${language}, set by ${context.principal.name}.`,
        data: { language },
      });
    }
    return { projectId };
  });
  return (await within(context, tx => projectById(tx, projectId)))!;
}
