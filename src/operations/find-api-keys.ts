import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Page } from '../domain/model/page.js';
import type { ApiKey } from '../domain/model/principal.js';
import { pageOfApiKeys, pagesOfApiKeys } from '../store/api-keys.js';
import { organizationsById } from '../store/organizations.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
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
  const { first, after } = readPage(page, keysetCursor);
  if (organizationId === null) return within(context, tx => pageOfApiKeys(tx, first, after));
  const path = ['organizationId'];
  const uuid = uuidOf('Organization', organizationId, path);
  const notFound = new UserError('NOT_FOUND', 'Name an organization that exists.', { path });
  if (!uuid) throw notFound;
  return within(context, async tx => {
    const [organization] = await organizationsById(tx, [uuid]);
    if (!organization) throw notFound;
    return (await pagesOfApiKeys(tx, [uuid], first, after))[0]!;
  });
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
  const { first, after } = readPage(page, keysetCursor);
  return within(context, tx => pagesOfApiKeys(tx, organizationIds, first, after));
}
