import { type GateFacts, gateFactsOf } from '../domain/model/gates.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Page } from '../domain/model/page.js';
import type { Project } from '../domain/model/project.js';
import { storedGateFactsOf } from '../store/gate-facts.js';
import { noParent } from '../store/pages.js';
import {
  type ProjectFilter,
  pagesOfProjects,
  projectByExternalRef,
  projectById,
  projectList,
  projectsById,
} from '../store/projects.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { keysetCursor, type PageRequest, readPage } from './cursor.js';
import { filterText, isStorable } from './input-check.js';

/** @throws UserError MALFORMED_ID */
export async function findProject(context: OperationContext, id: string): Promise<Project | null> {
  const uuid = uuidOf('Project', id);
  return uuid === null ? null : within(context, tx => projectById(tx, uuid));
}

/** The projects with these uuids, in this order; null for one that the caller does not reach. */
export async function findProjects(context: OperationContext, uuids: readonly string[]): Promise<(Project | null)[]> {
  const found = await within(context, tx => projectsById(tx, uuids));
  return uuids.map(uuid => found.get(uuid) ?? null);
}

/**
 * @param organizationId if absent, the caller's own
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

/** Projects in reach. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listProjects(context: OperationContext, request: PageRequest & ProjectFilter): Promise<Page<Project>> {
  const window = readPage(request, keysetCursor);
  const text = request.text === null ? null : filterText('text', request.text);
  const list = projectList({ ...request, text });
  return (await countedPages(context, list, [noParent], tx => pagesOfProjects(tx, list, [noParent], window)))[0]!;
}

/** For each project, the facts that decide whether production can be written. */
export async function findGates(context: OperationContext, projectIds: readonly string[]): Promise<GateFacts[]> {
  const stored = await within(context, tx => storedGateFactsOf(tx, projectIds, 'PRODUCTION'));
  return stored.map(each => gateFactsOf(each, 'PRODUCTION'));
}
