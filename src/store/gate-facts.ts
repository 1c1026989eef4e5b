import type { StoredGateFacts } from '../domain/model/gates.js';
import type { Environment } from '../domain/model/run.js';
import { openAgentsOf, projectsWithAgents } from './agents.js';
import { connectionsOf } from './connections.js';
import { confirmedMappings, mappingsOf } from './mappings.js';
import { newestRuns } from './runs.js';
import { newestSignOffs } from './sign-offs.js';
import type { Tx } from './transaction.js';
import { teammatesOfProjects } from './workspace-members.js';

/** What is stored about the gates of a workspace. */
export async function storedGateFacts(tx: Tx, projectId: string, environment: Environment): Promise<StoredGateFacts> {
  return (await storedGateFactsOf(tx, [projectId], environment))[0]!;
}

/** The same for many projects, in the given order, with as many statements as for one. */
export async function storedGateFactsOf(
  tx: Tx,
  projectIds: readonly string[],
  environment: Environment,
): Promise<StoredGateFacts[]> {
  const connections = Map.groupBy(await connectionsOf(tx, projectIds), connection => connection.projectId);
  const confirmed = await confirmedMappings(tx, projectIds);
  const newest = await mappingsOf(tx, projectIds, null);
  const teammates = await teammatesOfProjects(tx, projectIds);
  const provisionings = await newestRuns(tx, projectIds, 'PROVISIONING', { environment, state: 'SUCCEEDED' });
  const signOffs = await newestSignOffs(tx, projectIds);
  const sandboxes = await newestRuns(tx, projectIds, 'SANDBOX');
  const agents = await openAgentsOf(tx, projectIds);
  const withAgents = await projectsWithAgents(tx, projectIds);
  return projectIds.map(projectId => ({
    connections: connections.get(projectId) ?? [],
    confirmedMapping: confirmed.get(projectId) ?? null,
    newestMapping: newest.get(projectId) ?? null,
    provisioning: provisionings.get(projectId) ?? null,
    signOff: signOffs.get(projectId) ?? null,
    newestSandbox: sandboxes.get(projectId) ?? null,
    agents: agents.get(projectId) ?? [],
    agentsKnown: withAgents.has(projectId),
    teammates: teammates.get(projectId)!,
  }));
}
