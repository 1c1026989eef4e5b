import { In } from 'typeorm';
import type { Organization, OrganizationKind } from '../domain/model/organization.js';
import { type CreationOrder, type Keyset, mapItems, type PageWindow, type Slice } from '../domain/model/page.js';
import { OrganizationRow } from './entities/organization-row.js';
import { entityPagesOf, type List } from './pages.js';
import type { Tx } from './transaction.js';

const toOrganization = ({ id, name, kind, parentId, createdAt }: OrganizationRow): Organization => ({
  id,
  name,
  kind,
  parentId,
  createdAt,
});

/** The visible organizations among these, in any order. */
export async function organizationsById(tx: Tx, ids: readonly string[]): Promise<Organization[]> {
  const rows = await tx.manager.findBy(OrganizationRow, { id: In([...ids]) });
  return rows.map(toOrganization);
}

/** Which organizations are listed, in which order. What is null does not matter. */
export interface OrganizationFilter {
  kind: OrganizationKind | null;
  /** The organization directly above. */
  parentId: string | null;
  /** Part of the name; upper and lower case are the same. */
  text: string | null;
  order: CreationOrder;
}

/** The organizations in reach. */
export const organizationList = ({ kind, parentId, text, order }: OrganizationFilter): List => ({
  rows: `SELECT o.id, o.created_at AS at FROM landfall.organizations o WHERE ($2::text IS NULL OR o.kind = $2)
       AND ($3::uuid IS NULL OR o.parent_id = $3) AND ($4::text IS NULL OR strpos(lower(o.name), lower($4)) > 0)`,
  parameters: [kind, parentId, text],
  order,
});

/** A page of organizations for each parent. */
export async function pagesOfOrganizations(
  tx: Tx,
  list: List,
  parentIds: readonly string[],
  window: PageWindow<Keyset>,
): Promise<Slice<Organization>[]> {
  return (await entityPagesOf(tx, OrganizationRow, list, parentIds, window)).map(page => mapItems(page, toOrganization));
}

/** @returns the id; the parent must be visible */
export async function insertOrganization(
  tx: Tx,
  row: { name: string; kind: OrganizationKind; parentId: string },
): Promise<string> {
  const { identifiers } = await tx.manager.insert(OrganizationRow, row);
  return identifiers[0]!.id as string;
}

export async function renameOrganization(tx: Tx, id: string, name: string): Promise<void> {
  await tx.manager.update(OrganizationRow, { id }, { name });
}
