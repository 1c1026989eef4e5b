import { uuidOf } from '../domain/model/ids.js';
import type { Organization } from '../domain/model/organization.js';
import type { Page } from '../domain/model/page.js';
import { type OrganizationFilter, organizationList, organizationsById, pagesOfOrganizations } from '../store/organizations.js';
import { noParent } from '../store/pages.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { keysetCursor, type PageRequest, readPage } from './cursor.js';
import { filterText } from './input-check.js';

/** The organizations with these uuids, in this order; null for one that the caller does not reach. */
export async function findOrganizations(context: OperationContext, uuids: readonly string[]): Promise<(Organization | null)[]> {
  const found = new Map((await within(context, tx => organizationsById(tx, uuids))).map(each => [each.id, each]));
  return uuids.map(uuid => found.get(uuid) ?? null);
}

/** Organizations in reach. @throws UserError INVALID_INPUT, MALFORMED_CURSOR, MALFORMED_ID */
export async function listOrganizations(
  context: OperationContext,
  request: PageRequest & OrganizationFilter,
): Promise<Page<Organization>> {
  const window = readPage(request, keysetCursor);
  const text = request.text === null ? null : filterText('text', request.text);
  // An id of another kind is the parent of nothing.
  const parentId = request.parentId && (uuidOf('Organization', request.parentId, ['parentId']) ?? noParent);
  const list = organizationList({ ...request, text, parentId });
  return (await countedPages(context, list, [noParent], tx => pagesOfOrganizations(tx, list, [noParent], window)))[0]!;
}
