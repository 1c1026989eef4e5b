import { defaultHypercareDays } from '../domain/model/cutover.js';
import type { Language, Project } from '../domain/model/project.js';
import { appendEvent } from '../store/project-events.js';
import { insertProject, projectById } from '../store/projects.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { externalRefTaken } from './external-ref-taken.js';
import { checkHypercareDays } from './hypercare-days-check.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { organizationInReach } from './organization-in-reach.js';
import { checkTimeZone } from './time-zone-check.js';

export interface CreateProjectInput {
  name: string;
  externalRef?: string | null;
  organizationId?: string | null;
  allowSamplesToLlm?: boolean | null;
  /** EN, if absent. */
  language?: Language | null;
  /** IANA or Windows name, of dates of the source without an offset. */
  timeZone?: string | null;
  /** 0 to 90; 7 if absent. */
  hypercareDays?: number | null;
  idempotencyKey?: string | null;
}

/** @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, EXTERNAL_REF_TAKEN */
export async function createProject(context: OperationContext, input: CreateProjectInput): Promise<Project> {
  requirePermission(context.principal, 'createProject');
  const check = new InputCheck();
  const name = check.text('name', input.name);
  const externalRef = check.optionalText('externalRef', input.externalRef);
  const language = input.language ?? 'EN';
  const timeZone = checkTimeZone(check, input.timeZone);
  const hypercareDays = checkHypercareDays(check, input.hypercareDays) ?? defaultHypercareDays;
  check.done();
  try {
    const { projectId } = await once(context, 'createProject', input, async tx => {
      const organization = await organizationInReach(context, tx, input.organizationId, 'organizationId');
      const allowSamplesToLlm = input.allowSamplesToLlm ?? false;
      const projectId = await insertProject(tx, {
        organizationId: organization.id,
        name,
        externalRef,
        language,
        timeZone,
        hypercareDays,
        allowSamplesToLlm,
      });
      await appendEvent(tx, {
        projectId,
        type: 'PROJECT_CREATED',
        message: `Project “${name}” was created.`,
        data: { name, externalRef },
      });
      return { projectId };
    });
    return (await within(context, tx => projectById(tx, projectId)))!;
  } catch (error) {
    throw externalRefTaken(error);
  }
}
