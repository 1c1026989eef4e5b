import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Page } from '../domain/model/page.js';
import type { Webhook } from '../domain/model/webhook.js';
import { organizationsById } from '../store/organizations.js';
import { noParent } from '../store/pages.js';
import { projectById } from '../store/projects.js';
import { pagesOfWebhooks, positionsIn, webhookById, webhookList } from '../store/webhooks.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { keysetCursor, type PageRequest, readPage } from './cursor.js';

/** @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID */
export async function findWebhook(context: OperationContext, id: string): Promise<Webhook | null> {
  requirePermission(context.principal, 'webhooks');
  const uuid = uuidOf('Webhook', id);
  return uuid === null ? null : within(context, tx => webhookById(tx, uuid));
}

/**
 * Webhooks in reach, newest first; of one organization, of one project alone, or both.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_CURSOR, MALFORMED_ID, NOT_FOUND
 */
export async function listWebhooks(
  context: OperationContext,
  filter: { organizationId: string | null; projectId: string | null },
  page: PageRequest,
): Promise<Page<Webhook>> {
  requirePermission(context.principal, 'webhooks');
  const organizationId =
    filter.organizationId === null ? null : uuidOf('Organization', filter.organizationId, ['organizationId']);
  const projectId = filter.projectId === null ? null : uuidOf('Project', filter.projectId, ['projectId']);
  await within(context, async tx => {
    const isUnknown = filter.organizationId !== null && !(organizationId && (await organizationsById(tx, [organizationId]))[0]);
    if (isUnknown) throw new UserError('NOT_FOUND', 'Name an organization that exists.', { path: ['organizationId'] });
    if (filter.projectId !== null && !(projectId && (await projectById(tx, projectId))))
      throw new UserError('NOT_FOUND', 'Name a project that exists.', { path: ['projectId'] });
  });
  const window = readPage(page, keysetCursor);
  const list = webhookList(organizationId, projectId);
  return (await countedPages(context, list, [noParent], tx => pagesOfWebhooks(tx, list, [noParent], window)))[0]!;
}

/**
 * For each webhook the number of the last event of a project that it has handled: of the named project, or of its own; 0 for none.
 * @throws UserError MALFORMED_ID
 */
export async function findPositions(
  context: OperationContext,
  webhookIds: readonly string[],
  projectId: string | null,
): Promise<number[]> {
  const uuid = projectId === null ? null : (uuidOf('Project', projectId, ['projectId']) ?? noParent);
  const positions = await within(context, tx => positionsIn(tx, webhookIds, uuid));
  return webhookIds.map(id => positions.get(id) ?? 0);
}
