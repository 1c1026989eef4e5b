import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Project } from '../domain/model/project.js';
import type { Run } from '../domain/model/run.js';
import { projectArchived } from '../domain/model/start-refusals.js';
import { projectById } from '../store/projects.js';
import { lockRun } from '../store/runs.js';
import type { Tx } from '../store/transaction.js';
import { requireUnpurged } from './require-unpurged.js';

/** A project that can be changed, and whose data is there. @throws UserError MALFORMED_ID, NOT_FOUND, PROJECT_ARCHIVED, PROJECT_PURGED */
export async function projectInReach(tx: Tx, id: string): Promise<Project> {
  const project = await anyProjectInReach(tx, id);
  await requireUnpurged(tx, project.id, ['input', 'projectId']);
  return project;
}

/** A project that can be changed, purged ones too. @throws UserError MALFORMED_ID, NOT_FOUND, PROJECT_ARCHIVED */
export async function anyProjectInReach(tx: Tx, id: string): Promise<Project> {
  const project = await reachableProject(tx, id);
  if (project.archivedAt !== null) throw projectArchived(['input', 'projectId']);
  return project;
}

/** A project, purged and archived ones too. @throws UserError MALFORMED_ID, NOT_FOUND */
export async function reachableProject(tx: Tx, id: string): Promise<Project> {
  const path = ['input', 'projectId'];
  const uuid = uuidOf('Project', id, path);
  const project = uuid && (await projectById(tx, uuid));
  if (!project) throw new UserError('NOT_FOUND', 'Name a project that exists.', { path });
  return project;
}

/** A run, locked until the transaction ends. @throws UserError MALFORMED_ID, NOT_FOUND */
export async function runInReach(tx: Tx, id: string): Promise<Run> {
  const path = ['input', 'runId'];
  const uuid = uuidOf('Run', id, path);
  const run = uuid && (await lockRun(tx, uuid));
  if (!run) throw new UserError('NOT_FOUND', 'Name a run that exists.', { path });
  return run;
}
