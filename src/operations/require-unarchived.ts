import { projectArchived } from '../domain/model/start-refusals.js';
import { projectsById } from '../store/projects.js';
import type { Tx } from '../store/transaction.js';

/** An archived project can only be read. @throws UserError PROJECT_ARCHIVED */
export async function requireUnarchived(tx: Tx, projectIds: Iterable<string>, path: readonly string[]): Promise<void> {
  const projects = await projectsById(tx, [...new Set(projectIds)]);
  if ([...projects.values()].some(({ archivedAt }) => archivedAt !== null)) throw projectArchived(path);
}
