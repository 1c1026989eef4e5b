import type { Organization } from '../domain/model/organization.js';
import { organizationsById, renameOrganization } from '../store/organizations.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { organizationInReach } from './organization-in-reach.js';

/** What is absent or null stays as it is. */
export interface UpdateOrganizationInput {
  organizationId: string;
  name?: string | null;
  idempotencyKey?: string | null;
}

/** @throws UserError ROLE_NOT_PERMITTED, SCOPE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND */
export async function updateOrganization(context: OperationContext, input: UpdateOrganizationInput): Promise<Organization> {
  requirePermission(context.principal, 'updateOrganization');
  const check = new InputCheck();
  const name = check.optionalText('name', input.name);
  check.done();
  const { organizationId } = await once(context, 'updateOrganization', { ...input }, async tx => {
    const organization = await organizationInReach(context, tx, input.organizationId, 'organizationId');
    if (name !== null && name !== organization.name) await renameOrganization(tx, organization.id, name);
    return { organizationId: organization.id };
  });
  const [organization] = await within(context, tx => organizationsById(tx, [organizationId]));
  return organization!;
}
