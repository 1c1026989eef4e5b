import { teammatesWith } from '../domain/agent.js';
import { type GateFacts, sideOf } from '../domain/gates.js';
import type { Environment } from '../domain/run.js';
import { countOpenAgents } from './agents.js';
import { connectionsOf } from './connections.js';
import { confirmedMapping, mappingOf } from './mappings.js';
import { newestRun } from './runs.js';
import type { Tx } from './transaction.js';
import { teammatesOf } from './workspace-members.js';

/** What decides whether something may be written to a workspace of the project. */
export async function gateFacts(tx: Tx, projectId: string, environment: Environment): Promise<GateFacts> {
  const connections = await connectionsOf(tx, [projectId]);
  const connection = connections.find(({ side }) => side === sideOf(environment));
  const mapping = await confirmedMapping(tx, projectId);
  const placeholder = connection?.options.placeholderTeammateEmail;
  const teammates = (await teammatesOf(tx, projectId)).filter(each => each.environment === environment);
  const provisioning = await newestRun(tx, projectId, 'PROVISIONING', { environment, state: 'SUCCEEDED' });
  return {
    connections,
    mappingConfirmed: mapping !== null,
    draftExists: (await mappingOf(tx, projectId, null))?.status === 'DRAFT',
    agentsOpen: await countOpenAgents(tx, projectId, environment),
    placeholderExists: typeof placeholder === 'string' && teammatesWith(placeholder, teammates).length > 0,
    provisioned:
      provisioning !== null &&
      mapping !== null &&
      provisioning.mappingVersionId === mapping.id &&
      provisioning.workspaceId === connection?.workspaceId,
  };
}
