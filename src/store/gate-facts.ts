import { teammatesWith } from '../domain/model/agent.js';
import { type GateFacts, sideOf } from '../domain/model/gates.js';
import type { Environment } from '../domain/model/run.js';
import { countOpenAgents } from './agents.js';
import { connectionsOf } from './connections.js';
import { confirmedMappings, mappingsOf } from './mappings.js';
import { newestRuns } from './runs.js';
import type { Tx } from './transaction.js';
import { teammatesOfProjects } from './workspace-members.js';

/** What decides whether something may be written to a workspace of the project. */
export async function gateFacts(tx: Tx, projectId: string, environment: Environment): Promise<GateFacts> {
  return (await gateFactsOf(tx, [projectId], environment))[0]!;
}

/** The same for many projects, in the order asked, by as many statements as for one. */
export async function gateFactsOf(tx: Tx, projectIds: readonly string[], environment: Environment): Promise<GateFacts[]> {
  const allConnections = Map.groupBy(await connectionsOf(tx, projectIds), connection => connection.projectId);
  const confirmed = await confirmedMappings(tx, projectIds);
  const newest = await mappingsOf(tx, projectIds, null);
  const teammates = await teammatesOfProjects(tx, projectIds);
  const provisionings = await newestRuns(tx, projectIds, 'PROVISIONING', { environment, state: 'SUCCEEDED' });
  const agentsOpen = await countOpenAgents(tx, teammates, environment);
  return projectIds.map(projectId => {
    const connections = allConnections.get(projectId) ?? [];
    const connection = connections.find(({ side }) => side === sideOf(environment));
    const mapping = confirmed.get(projectId);
    const provisioning = provisionings.get(projectId);
    const placeholder = connection?.options.placeholderTeammateEmail;
    const inWorkspace = teammates.get(projectId)!.filter(each => each.environment === environment);
    return {
      connections,
      mappingConfirmed: mapping !== undefined,
      draftExists: newest.get(projectId)?.status === 'DRAFT',
      agentsOpen: agentsOpen.get(projectId) ?? 0,
      placeholderExists: typeof placeholder === 'string' && teammatesWith(placeholder, inWorkspace).length > 0,
      provisioned:
        provisioning !== undefined &&
        mapping !== undefined &&
        provisioning.mappingVersionId === mapping.id &&
        provisioning.workspaceId === connection?.workspaceId,
    };
  });
}
