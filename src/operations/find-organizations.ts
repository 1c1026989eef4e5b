import type { Organization } from '../domain/model/organization.js';
import { organizationsById } from '../store/organizations.js';
import { type OperationContext, within } from './context.js';

/** The organizations with these uuids, in this order; null for one that the caller does not reach. */
export async function findOrganizations(context: OperationContext, uuids: readonly string[]): Promise<(Organization | null)[]> {
  const found = new Map((await within(context, tx => organizationsById(tx, uuids))).map(each => [each.id, each]));
  return uuids.map(uuid => found.get(uuid) ?? null);
}
