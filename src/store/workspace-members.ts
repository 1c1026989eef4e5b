import { In } from 'typeorm';
import type { Teammate } from '../domain/model/agent.js';
import type { PageWindow, Slice } from '../domain/model/page.js';
import type { Environment } from '../domain/model/run.js';
import type { NamedObject, SenderAddress } from '../domain/ports/destination.js';
import { isUsableId, keptText } from '../domain/text/kept-text.js';
import { WorkspaceMemberRow } from './entities/workspace-member-row.js';
import { type List, pagesOf } from './pages.js';
import type { Tx } from './transaction.js';

/** Replaces the stored members of a workspace. */
export async function saveMembers(
  tx: Tx,
  { projectId, organizationId, environment }: { projectId: string; organizationId: string; environment: Environment },
  {
    teammates,
    teams,
    addresses,
  }: { teammates: readonly Omit<Teammate, 'environment'>[]; teams: readonly NamedObject[]; addresses: readonly SenderAddress[] },
): Promise<void> {
  await tx.manager.delete(WorkspaceMemberRow, { projectId, environment });
  const about = { projectId, organizationId, environment };
  const members = [
    ...teammates.map(({ teammateId, name, email }) => ({
      ...about,
      kind: 'TEAMMATE' as const,
      destinationId: teammateId,
      name,
      email,
    })),
    ...teams.map(({ id, name }) => ({ ...about, kind: 'TEAM' as const, destinationId: id, name })),
    ...addresses.map(({ id, address, brand }) => ({
      ...about,
      kind: 'ADDRESS' as const,
      destinationId: id,
      name: brand ?? '',
      email: address,
    })),
  ];
  // Members whose id cannot be used cannot be matched.
  const usable = members.filter(({ destinationId }) => isUsableId(destinationId));
  const rows = usable.map(each => ({
    ...each,
    name: keptText(each.name),
    email: 'email' in each ? keptText(each.email) : null,
  }));
  const distinct = new Map(rows.map(row => [`${row.kind} ${row.destinationId}`, row]));
  if (distinct.size > 0) await tx.manager.insert(WorkspaceMemberRow, [...distinct.values()]);
}

/** Forgets the members of a workspace that is no longer connected. */
export async function deleteMembers(tx: Tx, projectId: string, environment: Environment): Promise<void> {
  await tx.manager.delete(WorkspaceMemberRow, { projectId, environment });
}

/** Of all workspaces of the project. */
export async function teammatesOf(tx: Tx, projectId: string): Promise<Teammate[]> {
  return (await teammatesOfProjects(tx, [projectId])).get(projectId)!;
}

/** Of all workspaces of each project, by its id. */
export async function teammatesOfProjects(tx: Tx, projectIds: readonly string[]): Promise<Map<string, Teammate[]>> {
  const teammates = new Map<string, Teammate[]>(projectIds.map(id => [id, []]));
  const rows = await tx.manager.find(WorkspaceMemberRow, {
    where: { projectId: In([...projectIds]), kind: 'TEAMMATE' },
    order: { destinationId: 'ASC' },
  });
  for (const { projectId, environment, destinationId, name, email } of rows) {
    teammates.get(projectId)!.push({ environment, teammateId: destinationId, name, email: email ?? '' });
  }
  return teammates;
}

/** The teammates of the workspaces of a project, by name; of one workspace, or all. */
export const teammateList = (environment: Environment | null): List => ({
  rows: `SELECT m.environment, m.destination_id AS "teammateId", m.name, coalesce(m.email, '') AS email,
       row_number() OVER (ORDER BY m.environment, lower(m.name), m.destination_id)::int AS position
     FROM landfall.workspace_members m WHERE m.project_id = parent.id AND m.kind = 'TEAMMATE' AND ($2::text IS NULL OR m.environment = $2)`,
  parameters: [environment],
  order: 'POSITION',
});

/** A page of the teammates of each project. */
export const pagesOfTeammates = (
  tx: Tx,
  list: List,
  projectIds: readonly string[],
  window: PageWindow<number>,
): Promise<Slice<Teammate & { position: number }>[]> => pagesOf(tx, list, projectIds, window);

export async function addressesOf(
  tx: Tx,
  projectId: string,
  environment: Environment,
): Promise<{ address: string; brand: string }[]> {
  const rows = await tx.manager.find(WorkspaceMemberRow, {
    where: { projectId, environment, kind: 'ADDRESS' },
    order: { email: 'ASC' },
  });
  return rows.map(({ email, name }) => ({ address: email ?? '', brand: name }));
}

export async function workspaceTeams(tx: Tx, projectId: string): Promise<(NamedObject & { environment: Environment })[]> {
  const rows = await tx.manager.find(WorkspaceMemberRow, { where: { projectId, kind: 'TEAM' } });
  return rows.map(({ environment, destinationId, name }) => ({ environment, id: destinationId, name }));
}
