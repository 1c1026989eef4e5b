import { type Agent, type Teammate, teammatesWith } from '../domain/model/agent.js';
import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { NewProjectEvent } from '../domain/model/project-event.js';
import { type AgentAnswer, agentById, answerAgents } from '../store/agents.js';
import { appendEvent } from '../store/project-events.js';
import { teammatesOf } from '../store/workspace-members.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { requireUnarchived } from './require-unarchived.js';

/** Whom an agent is credited as. */
export interface AgentChoice {
  agentId: string;
  teammateEmail?: string | null;
  usePlaceholder?: boolean | null;
}

export interface ResolveAgentInput extends AgentChoice {
  idempotencyKey?: string | null;
}

/**
 * Chooses the teammate who is credited for an agent, or the placeholder. The choice can be changed.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, TEAMMATE_NOT_FOUND
 */
export async function resolveAgent(context: OperationContext, input: ResolveAgentInput): Promise<Agent> {
  requirePermission(context.principal, 'resolveAgent');
  const choice = checkChoice(input);
  const { agentId } = await once(context, 'resolveAgent', input, async tx => {
    const agent = choice.uuid === null ? null : await agentById(tx, choice.uuid);
    if (agent) await requireUnarchived(tx, [agent.projectId], path);
    const { answer, event } = answerOf(choice, agent, agent ? await teammatesOf(tx, agent.projectId) : []);
    await answerAgents(tx, [answer]);
    await appendEvent(tx, event);
    return { agentId: answer.agentId };
  });
  return (await within(context, tx => agentById(tx, agentId)))!;
}

const path = ['input', 'agentId'];

/** A choice whose texts are checked. */
export interface CheckedChoice {
  /** Null for an id of something else. */
  uuid: string | null;
  teammateEmail: string | null;
}

/** @throws UserError INVALID_INPUT, MALFORMED_ID */
export function checkChoice(choice: AgentChoice): CheckedChoice {
  const check = new InputCheck();
  const teammateEmail = check.optionalText('teammateEmail', choice.teammateEmail, 320);
  const usePlaceholder = choice.usePlaceholder === true;
  if ((teammateEmail !== null) === usePlaceholder) check.add('teammateEmail', 'Give either teammateEmail or usePlaceholder.');
  check.done();
  return { uuid: uuidOf('Agent', choice.agentId, path), teammateEmail };
}

/**
 * What is stored and reported of a choice.
 * @param teammates of the project of the agent
 * @throws UserError NOT_FOUND, TEAMMATE_NOT_FOUND
 */
export function answerOf(
  { teammateEmail }: CheckedChoice,
  agent: Agent | null | undefined,
  teammates: readonly Teammate[],
): { answer: AgentAnswer; event: NewProjectEvent } {
  if (!agent) throw new UserError('NOT_FOUND', 'Name an agent that exists.', { path });
  const email = teammatesWith(teammateEmail, teammates)[0]?.email ?? null;
  if (teammateEmail !== null && email === null) {
    throw new UserError(
      'TEAMMATE_NOT_FOUND',
      'Name a teammate of a connected workspace. After inviting a new teammate, set the connection again.',
      { path: ['input', 'teammateEmail'] },
    );
  }
  return {
    answer: { agentId: agent.id, status: email === null ? 'PLACEHOLDER' : 'MATCHED', teammateEmail: email },
    event: {
      projectId: agent.projectId,
      type: 'AGENT_RESOLVED',
      message: `${agent.name} is credited as ${email ?? 'the placeholder'}.`,
      data: { agentId: agent.id, sourceId: agent.sourceId, teammateEmail: email },
    },
  };
}
