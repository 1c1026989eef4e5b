import { UserError } from '../domain/model/errors.js';
import type { Language, Project } from '../domain/model/project.js';
import { appendEvent } from '../store/project-events.js';
import { lockProject, type ProjectChanges, projectById, updateProjectRow } from '../store/projects.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { externalRefTaken } from './external-ref-taken.js';
import { checkHypercareDays } from './hypercare-days-check.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';
import { checkTimeZone } from './time-zone-check.js';

/** What is absent or null stays as it is. */
export interface UpdateProjectInput {
  projectId: string;
  name?: string | null;
  externalRef?: string | null;
  language?: Language | null;
  /** IANA or Windows name, of dates of the source without an offset. */
  timeZone?: string | null;
  /** 0 to 90. */
  hypercareDays?: number | null;
  allowSamplesToLlm?: boolean | null;
  idempotencyKey?: string | null;
}

/**
 * Changes what is given. Documents that exist change when a run or a mapping writes them again.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, PROJECT_CLOSED, PROJECT_PURGED, EXTERNAL_REF_TAKEN
 */
export async function updateProject(context: OperationContext, input: UpdateProjectInput): Promise<Project> {
  requirePermission(context.principal, 'updateProject');
  const check = new InputCheck();
  const { language, allowSamplesToLlm } = input;
  const name = check.optionalText('name', input.name);
  const externalRef = check.optionalText('externalRef', input.externalRef);
  const timeZone = checkTimeZone(check, input.timeZone);
  const hypercareDays = checkHypercareDays(check, input.hypercareDays);
  check.done();
  try {
    const { projectId } = await once(context, 'updateProject', { ...input }, async tx => {
      const { id: projectId } = await projectInReach(tx, input.projectId);
      await lockProject(tx, projectId);
      const project = (await projectById(tx, projectId))!;
      if (project.stage === 'CLOSED')
        throw new UserError('PROJECT_CLOSED', 'The project is closed: it and its documents stay as they are.', {
          path: ['input', 'projectId'],
        });
      const changes = changesOf(project, { name, externalRef, language, timeZone, hypercareDays, allowSamplesToLlm });
      if (Object.keys(changes).length > 0) {
        await updateProjectRow(tx, projectId, changes);
        await appendEvent(tx, {
          projectId,
          type: 'PROJECT_UPDATED',
          message: `${context.principal.name} changed ${Object.keys(changes).join(', ')} of the project.`,
          data: changes,
        });
      }
      return { projectId };
    });
    return (await within(context, tx => projectById(tx, projectId)))!;
  } catch (error) {
    throw externalRefTaken(error);
  }
}

/** What is given and differs. */
function changesOf(
  project: Project,
  given: { [Name in keyof ProjectChanges]: ProjectChanges[Name] | null | undefined },
): ProjectChanges {
  const names = Object.keys(given) as (keyof ProjectChanges)[];
  const changed = names.filter(name => given[name] !== null && given[name] !== undefined && given[name] !== project[name]);
  return Object.fromEntries(changed.map(name => [name, given[name]]));
}
