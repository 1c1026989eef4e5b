import { In } from 'typeorm';
import type { Organization, OrganizationKind } from '../domain/model/organization.js';
import { OrganizationRow } from './entities/organization-row.js';
import type { Tx } from './transaction.js';

const toOrganization = ({ id, name, kind, parentId }: OrganizationRow): Organization => ({ id, name, kind, parentId });

/** The visible organizations among these, in any order. */
export async function organizationsById(tx: Tx, ids: readonly string[]): Promise<Organization[]> {
  const rows = await tx.manager.findBy(OrganizationRow, { id: In([...ids]) });
  return rows.map(toOrganization);
}

/** @returns the id; the parent must be visible */
export async function insertOrganization(
  tx: Tx,
  row: { name: string; kind: OrganizationKind; parentId: string },
): Promise<string> {
  const { identifiers } = await tx.manager.insert(OrganizationRow, row);
  return identifiers[0]!.id as string;
}
