import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Organization } from '../domain/model/organization.js';
import { organizationsById } from '../store/organizations.js';
import type { Tx } from '../store/transaction.js';
import type { OperationContext } from './context.js';

/**
 * The organization that the input of a mutation names; by default the caller's own.
 * @throws UserError MALFORMED_ID, NOT_FOUND
 */
export async function organizationInReach(
  { principal }: OperationContext,
  tx: Tx,
  id: string | null | undefined,
  field: string,
): Promise<Organization> {
  const path = ['input', field];
  const uuid = id === null || id === undefined ? principal.organizationId : uuidOf('Organization', id, path);
  const [organization] = uuid ? await organizationsById(tx, [uuid]) : [];
  if (!organization) throw new UserError('NOT_FOUND', 'Name an organization that exists.', { path });
  return organization;
}
