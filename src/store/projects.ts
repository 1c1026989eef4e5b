import type { Keyset, Page } from '../domain/page.js';
import type { Project, ProjectStage } from '../domain/project.js';
import { ProjectRow } from './entities/project-row.js';
import type { Tx } from './transaction.js';

const toProject = ({ id, organizationId, name, externalRef, stage, createdAt }: ProjectRow): Project => ({
  id,
  organizationId,
  name,
  externalRef,
  stage,
  createdAt,
});

export async function insertProject(
  tx: Tx,
  row: { organizationId: string; name: string; externalRef: string | null },
): Promise<string> {
  const { identifiers } = await tx.manager.insert(ProjectRow, row);
  return identifiers[0]!.id as string;
}

export async function projectById(tx: Tx, id: string): Promise<Project | null> {
  const row = await tx.manager.findOneBy(ProjectRow, { id });
  return row && toProject(row);
}

export async function projectByExternalRef(tx: Tx, organizationId: string, externalRef: string): Promise<Project | null> {
  const row = await tx.manager.findOneBy(ProjectRow, { organizationId, externalRef });
  return row && toProject(row);
}

/** Newest first. */
export async function pageOfProjects(tx: Tx, first: number, after: Keyset | null): Promise<Page<Project>> {
  const query = tx.manager.createQueryBuilder(ProjectRow, 'project');
  if (after) query.where('(project.created_at, project.id) < (:at, :id)', { at: after.at, id: after.id });
  const rows = await query
    .orderBy('project.createdAt', 'DESC')
    .addOrderBy('project.id', 'DESC')
    .limit(first + 1)
    .getMany();
  // Something stands before a cursor: at least the row that it names.
  return { items: rows.slice(0, first).map(toProject), hasNextPage: rows.length > first, hasPreviousPage: after !== null };
}

/** Moves a project on from one stage to the next; one that is elsewhere stays there. */
export async function setProjectStage(tx: Tx, id: string, from: ProjectStage, to: ProjectStage): Promise<void> {
  await tx.manager.update(ProjectRow, { id, stage: from }, { stage: to });
}
