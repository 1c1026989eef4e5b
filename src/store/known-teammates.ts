import { agentsOf } from './agents.js';
import type { LoadScope } from './load-scope.js';
import type { RunWork } from './run-work.js';

/** Whether an agent has a teammate of his own in this workspace, as far as it was seen last. */
export async function knownTeammates(
  work: RunWork,
  { projectId, environment }: LoadScope,
): Promise<(agentId: string) => boolean> {
  const agents = await work.transaction(tx => agentsOf(tx, projectId));
  const matched = new Set(
    agents
      .filter(({ status, teammates }) => status === 'MATCHED' && teammates.some(each => each.environment === environment))
      .map(({ sourceId }) => sourceId),
  );
  return id => matched.has(id);
}
