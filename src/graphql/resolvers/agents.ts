import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { AgentStatus } from '../../domain/model/agent.js';
import { listAgents } from '../../operations/find-agents.js';
import { resolveAgent } from '../../operations/resolve-agent.js';
import type { GraphQLContext } from '../context.js';
import { AgentConnection, type AgentType, toAgentType } from '../types/agent.js';
import { type Connection, toKeysetConnection } from '../types/connection.js';
import { AgentStatusEnum } from '../types/enums.js';
import { ResolveAgentInput } from '../types/mapping-inputs.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { AgentPayload, payload } from '../types/payloads.js';
import { ProjectType } from '../types/project.js';

@Resolver(() => ProjectType)
export class AgentResolver {
  @FieldResolver(() => AgentConnection)
  async agents(
    @Root() { project }: ProjectType,
    @Arg('status', () => AgentStatusEnum, { nullable: true }) status: AgentStatus | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<AgentType>> {
    return toKeysetConnection(await reads.load(listAgents, project.id, { ...pageOf(page), status: status ?? null }), toAgentType);
  }

  @Mutation(() => AgentPayload, {
    description: 'Chooses the teammate who is credited for an agent, or the placeholder. The choice can be changed.',
  })
  resolveAgent(@Arg('input') input: ResolveAgentInput, @Ctx() { operation }: GraphQLContext): Promise<AgentPayload> {
    return payload(async () => ({ agent: toAgentType(await resolveAgent(operation, input)) }));
  }
}
