import type { Agent } from '../domain/model/agent.js';
import { UserError } from '../domain/model/errors.js';
import { agentsById, answerAgents, lockAgents } from '../store/agents.js';
import { appendEvents } from '../store/append-events.js';
import { teammatesOfProjects } from '../store/workspace-members.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { type Attempt, attemptEach, checkItems, onceForEach, thenEach, valuesOf } from './once-for-each.js';
import { requireUnarchived } from './require-unarchived.js';
import { type AgentChoice, answerOf, checkChoice } from './resolve-agent.js';

export interface ResolveAgentsInput {
  items: readonly AgentChoice[];
  idempotencyKey?: string | null;
}

/**
 * `resolveAgent` for up to 100 agents; each item has its own result.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT
 */
export async function resolveAgents(context: OperationContext, input: ResolveAgentsInput): Promise<Attempt<Agent>[]> {
  requirePermission(context.principal, 'resolveAgent');
  checkItems(input.items);
  const results = await onceForEach(context, 'resolveAgents', { ...input }, async tx => {
    const seen = new Set<string>();
    const choices = attemptEach(input.items, item => {
      const choice = checkChoice(item);
      if (choice.uuid === null) return choice;
      if (seen.has(choice.uuid)) throw new UserError('INVALID_INPUT', 'Give each agent once.', { path: ['input', 'agentId'] });
      seen.add(choice.uuid);
      return choice;
    });
    const agents = await lockAgents(
      tx,
      valuesOf(choices).flatMap(({ uuid }) => uuid ?? []),
    );
    const projectIds = [...new Set([...agents.values()].map(({ projectId }) => projectId))];
    await requireUnarchived(tx, projectIds, ['input', 'items']);
    const teammates = await teammatesOfProjects(tx, projectIds);
    const answers = thenEach(choices, choice => {
      const agent = choice.uuid === null ? null : agents.get(choice.uuid);
      return answerOf(choice, agent, agent ? teammates.get(agent.projectId)! : []);
    });
    const valid = valuesOf(answers);
    await answerAgents(
      tx,
      valid.map(({ answer }) => answer),
    );
    await appendEvents(
      tx,
      valid.map(({ event }) => event),
    );
    return thenEach(answers, ({ answer: { agentId } }) => ({ agentId }));
  });
  const found = await within(context, tx =>
    agentsById(
      tx,
      valuesOf(results).map(({ agentId }) => agentId),
    ),
  );
  return thenEach(results, ({ agentId }) => found.get(agentId)!);
}
