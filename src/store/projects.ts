import { In } from 'typeorm';
import { type CreationOrder, type Keyset, mapItems, type PageWindow, type Slice } from '../domain/model/page.js';
import { type Language, type Project, type ProjectStage, projectStages } from '../domain/model/project.js';
import { ProjectRow } from './entities/project-row.js';
import { entityPagesOf, type List } from './pages.js';
import type { Tx } from './transaction.js';

const toProject = ({
  id,
  organizationId,
  name,
  externalRef,
  stage,
  language,
  allowSamplesToLlm,
  timeZone,
  hypercareDays,
  archivedAt,
  createdAt,
}: ProjectRow): Project => ({
  id,
  organizationId,
  name,
  externalRef,
  stage,
  allowSamplesToLlm,
  language,
  timeZone,
  hypercareDays,
  archivedAt,
  createdAt,
});

export async function insertProject(
  tx: Tx,
  row: Pick<Project, 'organizationId' | 'name' | 'externalRef' | 'language' | 'timeZone' | 'hypercareDays' | 'allowSamplesToLlm'>,
): Promise<string> {
  const { identifiers } = await tx.manager.insert(ProjectRow, row);
  return identifiers[0]!.id as string;
}

export async function projectById(tx: Tx, id: string): Promise<Project | null> {
  const row = await tx.manager.findOneBy(ProjectRow, { id });
  return row && toProject(row);
}

/** By the project's id. */
export async function projectsById(tx: Tx, ids: readonly string[]): Promise<Map<string, Project>> {
  const rows = await tx.manager.findBy(ProjectRow, { id: In([...ids]) });
  return new Map(rows.map(row => [row.id, toProject(row)]));
}

export async function projectByExternalRef(tx: Tx, organizationId: string, externalRef: string): Promise<Project | null> {
  const row = await tx.manager.findOneBy(ProjectRow, { organizationId, externalRef });
  return row && toProject(row);
}

/** Which projects are listed, in which order. What is null does not matter. */
export interface ProjectFilter {
  stage: ProjectStage | null;
  /** Whether a run of the project is BLOCKED. */
  blocked: boolean | null;
  /** Part of the name or of the reference of the caller; upper and lower case are the same. */
  text: string | null;
  /** true: only archived projects; false: only those in use. */
  archived: boolean;
  order: CreationOrder;
}

/** The projects in reach. */
export const projectList = ({ stage, blocked, text, archived, order }: ProjectFilter): List => ({
  rows: `SELECT p.id, p.created_at AS at FROM landfall.projects p WHERE ($2::text IS NULL OR p.stage = $2)
       AND ($3::boolean IS NULL OR $3 = EXISTS (SELECT FROM landfall.runs r WHERE r.project_id = p.id AND r.state = 'BLOCKED'))
       AND ($4::text IS NULL OR strpos(lower(p.name), lower($4)) > 0 OR strpos(lower(p.external_ref), lower($4)) > 0)
       AND $5 = (p.archived_at IS NOT NULL)`,
  parameters: [stage, blocked, text, archived],
  order,
});

/** A page of projects for each parent. */
export async function pagesOfProjects(
  tx: Tx,
  list: List,
  parentIds: readonly string[],
  window: PageWindow<Keyset>,
): Promise<Slice<Project>[]> {
  return (await entityPagesOf(tx, ProjectRow, list, parentIds, window)).map(page => mapItems(page, toProject));
}

/** Moves a project forward to a stage. It never moves back. */
export async function setProjectStage(tx: Tx, id: string, to: ProjectStage): Promise<void> {
  const earlier = projectStages.slice(0, projectStages.indexOf(to));
  await tx.manager.update(ProjectRow, { id, stage: In(earlier) }, { stage: to });
}

/** Moves a project back to a stage that it has passed; one that is closed stays so. */
export async function returnToStage(tx: Tx, id: string, to: ProjectStage): Promise<void> {
  const later = projectStages.slice(projectStages.indexOf(to) + 1).filter(stage => stage !== 'CLOSED');
  await tx.manager.update(ProjectRow, { id, stage: In(later) }, { stage: to });
}

/** What people can change of a project. */
export type ProjectChanges = Partial<{
  name: string;
  externalRef: string;
  language: Language;
  timeZone: string;
  hypercareDays: number;
  allowSamplesToLlm: boolean;
}>;

export async function updateProjectRow(tx: Tx, id: string, changes: ProjectChanges): Promise<void> {
  await tx.manager.update(ProjectRow, { id }, changes);
}

/** Puts a project aside, or takes it back. */
export async function setArchived(tx: Tx, id: string, archived: boolean): Promise<void> {
  await tx.manager.update(ProjectRow, { id }, { archivedAt: archived ? () => 'clock_timestamp()' : null });
}

/** Locks a project until the end of the transaction, so that numbers in it are unique. */
export async function lockProject(tx: Tx, id: string): Promise<void> {
  await tx.manager.findOne(ProjectRow, { where: { id }, lock: { mode: 'for_no_key_update' } });
}
