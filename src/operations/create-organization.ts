import { UserError } from '../domain/model/errors.js';
import { kindsBelow, type Organization, type OrganizationKind } from '../domain/model/organization.js';
import { insertOrganization, organizationsById } from '../store/organizations.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { organizationInReach } from './organization-in-reach.js';

export interface CreateOrganizationInput {
  name: string;
  kind: OrganizationKind;
  parentId?: string | null;
  idempotencyKey?: string | null;
}

/** @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, ORGANIZATION_KIND_NOT_ALLOWED */
export async function createOrganization(context: OperationContext, input: CreateOrganizationInput): Promise<Organization> {
  requirePermission(context.principal, 'createOrganization');
  const check = new InputCheck();
  const name = check.text('name', input.name);
  check.done();
  const { organizationId } = await once(context, 'createOrganization', input, async tx => {
    const parent = await organizationInReach(context, tx, input.parentId, 'parentId');
    if (!kindsBelow[parent.kind].includes(input.kind)) {
      const message = `Choose another kind or parent: below ${parent.kind} there can be ${kindsBelow[parent.kind].join(', ') || 'nothing'}.`;
      throw new UserError('ORGANIZATION_KIND_NOT_ALLOWED', message, { path: ['input', 'kind'] });
    }
    return { organizationId: await insertOrganization(tx, { name, kind: input.kind, parentId: parent.id }) };
  });
  const [organization] = await within(context, tx => organizationsById(tx, [organizationId]));
  return organization!;
}
