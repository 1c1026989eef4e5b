import { gateFactsOf } from '../domain/model/gates.js';
import type { Project } from '../domain/model/project.js';
import type { Environment, Run } from '../domain/model/run.js';
import type { StartFacts } from '../domain/model/start-refusals.js';
import { cutoversOf } from './cutovers.js';
import { storedGateFactsOf } from './gate-facts.js';
import { newestRuns } from './runs.js';
import type { Tx } from './transaction.js';

/** What decides for each project whether a run may start in an environment; as many statements as for one. */
export async function startFactsOf(tx: Tx, projects: readonly Project[], environment: Environment): Promise<StartFacts[]> {
  const ids = projects.map(({ id }) => id);
  const gates = (await storedGateFactsOf(tx, ids, environment)).map(stored => gateFactsOf(stored, environment));
  const cutovers = await cutoversOf(tx, ids);
  const succeeded = await newestRuns(tx, ids, 'PRODUCTION', { environment: 'PRODUCTION', state: 'SUCCEEDED' });
  const incomplete = await newestRuns(tx, ids, 'PRODUCTION', { environment: 'PRODUCTION', state: 'INCOMPLETE' });
  const loaded = await projectsWithLoad(tx, ids, environment);
  const workspaces = gates.flatMap(({ connections }) => connections.flatMap(({ workspaceId }) => workspaceId ?? []));
  const activeRuns = await activeRunsIn(tx, ids, workspaces);
  return projects.map(({ id, stage, archivedAt }, index) => ({
    stage,
    archived: archivedAt !== null,
    handedOver: Boolean(cutovers.get(id)?.completedAt),
    gates: gates[index]!,
    productionEnded: succeeded.has(id) || incomplete.has(id),
    loaded: loaded.has(id),
    activeRuns,
  }));
}

async function projectsWithLoad(tx: Tx, projectIds: readonly string[], environment: Environment): Promise<Set<string>> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT p.id FROM unnest($1::uuid[]) AS p (id)
     WHERE EXISTS (SELECT FROM landfall.load_states s WHERE s.project_id = p.id AND s.environment = $2 AND s.state = 'DONE')`,
    [projectIds, environment],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Runs that are not over: of these projects, or bound to these workspaces. */
const activeRunsIn = (
  tx: Tx,
  projectIds: readonly string[],
  workspaceIds: readonly string[],
): Promise<Pick<Run, 'projectId' | 'kind' | 'workspaceId'>[]> =>
  tx.manager.query(
    `SELECT project_id AS "projectId", kind, workspace_id AS "workspaceId" FROM landfall.runs
     WHERE state IN ('QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED') AND (project_id = ANY($1) OR workspace_id = ANY($2))`,
    [projectIds, workspaceIds],
  );
