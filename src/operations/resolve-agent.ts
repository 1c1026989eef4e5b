import { type Agent, teammatesWith } from '../domain/model/agent.js';
import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import { agentById, answerAgent } from '../store/agents.js';
import { appendEvent } from '../store/project-events.js';
import { teammatesOf } from '../store/workspace-members.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';

export interface ResolveAgentInput {
  agentId: string;
  teammateEmail?: string | null;
  usePlaceholder?: boolean | null;
  idempotencyKey?: string | null;
}

/**
 * Chooses the teammate who is credited for an agent, or the placeholder. The choice can be changed.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, TEAMMATE_NOT_FOUND
 */
export async function resolveAgent(context: OperationContext, input: ResolveAgentInput): Promise<Agent> {
  requirePermission(context.principal, 'resolveAgent');
  const check = new InputCheck();
  const teammateEmail = check.optionalText('teammateEmail', input.teammateEmail, 320);
  const usePlaceholder = input.usePlaceholder === true;
  if ((teammateEmail !== null) === usePlaceholder) check.add('teammateEmail', 'Give either teammateEmail or usePlaceholder.');
  check.done();
  const path = ['input', 'agentId'];
  const uuid = uuidOf('Agent', input.agentId, path);
  const { agentId } = await once(context, 'resolveAgent', input, async tx => {
    const agent = uuid && (await agentById(tx, uuid));
    if (!agent) throw new UserError('NOT_FOUND', 'Name an agent that exists.', { path });
    const [teammate] = teammatesWith(teammateEmail, await teammatesOf(tx, agent.projectId));
    if (teammateEmail !== null && !teammate) {
      throw new UserError(
        'TEAMMATE_NOT_FOUND',
        'Name a teammate of a connected workspace. After inviting a new teammate, set the connection again.',
        {
          path: ['input', 'teammateEmail'],
        },
      );
    }
    await answerAgent(
      tx,
      agent.id,
      teammate ? { status: 'MATCHED', teammateEmail: teammate.email } : { status: 'PLACEHOLDER', teammateEmail: null },
    );
    await appendEvent(tx, {
      projectId: agent.projectId,
      type: 'AGENT_RESOLVED',
      message: `${agent.name} is credited as ${teammate ? teammate.email : 'the placeholder'}.`,
      data: { agentId: agent.id, sourceId: agent.sourceId, teammateEmail: teammate?.email ?? null },
    });
    return { agentId: agent.id };
  });
  return (await within(context, tx => agentById(tx, agentId)))!;
}
