import { uuidOf } from '../domain/model/ids.js';
import { fromCursor, type Page } from '../domain/model/page.js';
import type { Project } from '../domain/model/project.js';
import { pageOfProjects, projectByExternalRef, projectById } from '../store/projects.js';
import { type OperationContext, within } from './context.js';
import { checkFirst, isStorable } from './input-check.js';

/** @throws UserError MALFORMED_ID */
export async function findProject(context: OperationContext, id: string): Promise<Project | null> {
  const uuid = uuidOf('Project', id);
  return uuid === null ? null : within(context, tx => projectById(tx, uuid));
}

/**
 * @param organizationId the caller's own where it is absent
 * @throws UserError MALFORMED_ID
 */
export async function findProjectByExternalRef(
  context: OperationContext,
  externalRef: string,
  organizationId?: string | null,
): Promise<Project | null> {
  const uuid = organizationId ? uuidOf('Organization', organizationId, ['organizationId']) : context.principal.organizationId;
  const ref = externalRef.trim();
  if (!uuid || !isStorable(ref)) return null;
  return within(context, tx => projectByExternalRef(tx, uuid, ref));
}

/**
 * Newest first.
 * @param first 1 to 100
 * @throws UserError INVALID_INPUT, MALFORMED_CURSOR
 */
export async function listProjects(context: OperationContext, first: number, after?: string | null): Promise<Page<Project>> {
  checkFirst(first);
  const keyset = after === null || after === undefined ? null : fromCursor(after);
  return within(context, tx => pageOfProjects(tx, first, keyset));
}
