import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Page } from '../domain/model/page.js';
import type { ApiKey } from '../domain/model/principal.js';
import { apiKeysInReach, apiKeysOfOrganization } from '../store/api-keys.js';
import { organizationsById } from '../store/organizations.js';
import { type List, noParent, pagesOf } from '../store/pages.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { keysetCursor, type PageRequest, readPage } from './cursor.js';

/**
 * Keys in reach, newest first, including revoked and expired ones; or the keys of one organization.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_CURSOR, MALFORMED_ID, NOT_FOUND
 */
export async function listApiKeys(
  context: OperationContext,
  organizationId: string | null,
  page: PageRequest,
): Promise<Page<ApiKey>> {
  requirePermission(context.principal, 'apiKeys');
  if (organizationId === null) return (await readKeys(context, apiKeysInReach, [noParent], page))[0]!;
  const path = ['organizationId'];
  const uuid = uuidOf('Organization', organizationId, path);
  const notFound = new UserError('NOT_FOUND', 'Name an organization that exists.', { path });
  if (!uuid) throw notFound;
  const [organization] = await within(context, tx => organizationsById(tx, [uuid]));
  if (!organization) throw notFound;
  return (await readKeys(context, apiKeysOfOrganization, [uuid], page))[0]!;
}

/**
 * A page of keys for each organization.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_CURSOR
 */
export async function findApiKeys(
  context: OperationContext,
  organizationIds: readonly string[],
  page: PageRequest,
): Promise<Page<ApiKey>[]> {
  requirePermission(context.principal, 'apiKeys');
  return readKeys(context, apiKeysOfOrganization, organizationIds, page);
}

function readKeys(
  context: OperationContext,
  list: List,
  parentIds: readonly string[],
  page: PageRequest,
): Promise<Page<ApiKey>[]> {
  const window = readPage(page, keysetCursor);
  return countedPages(context, list, parentIds, tx => pagesOf<ApiKey>(tx, list, parentIds, window));
}
