import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { AgentStatus } from '../../domain/model/agent.js';
import type { Environment } from '../../domain/model/run.js';
import { teammateCursor } from '../../operations/cursor.js';
import { listAgents, listTeammates } from '../../operations/find-agents.js';
import { resolveAgent } from '../../operations/resolve-agent.js';
import type { GraphQLContext } from '../context.js';
import { AgentConnection, AgentType, TeammateConnection, TeammateType, toAgentType } from '../types/agent.js';
import { type Connection, toConnection, toKeysetConnection } from '../types/connection.js';
import { AgentStatusEnum, EnvironmentEnum } from '../types/enums.js';
import { ResolveAgentInput } from '../types/mapping-inputs.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { AgentPayload, payload } from '../types/payloads.js';
import { ProjectType } from '../types/project.js';

/** Whoever holds a link to a project needs names, but no addresses of people. */
const mayReadAddresses = ({ operation }: GraphQLContext) => operation.principal.kind !== 'SHARE_TOKEN';

@Resolver(() => AgentType)
export class AgentAddressResolver {
  @FieldResolver(() => String, { nullable: true })
  email(@Root() agent: AgentType, @Ctx() context: GraphQLContext): string | null {
    return mayReadAddresses(context) ? agent.email : null;
  }

  @FieldResolver(() => String, { nullable: true })
  teammateEmail(@Root() agent: AgentType, @Ctx() context: GraphQLContext): string | null {
    return mayReadAddresses(context) ? agent.teammateEmail : null;
  }
}

@Resolver(() => TeammateType)
export class TeammateAddressResolver {
  @FieldResolver(() => String)
  email(@Root() teammate: TeammateType, @Ctx() context: GraphQLContext): string {
    return mayReadAddresses(context) ? teammate.email : '';
  }
}

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

  @FieldResolver(() => TeammateConnection, { description: 'Teammates who can be credited for agents.' })
  async teammates(
    @Root() { project }: ProjectType,
    @Arg('environment', () => EnvironmentEnum, { nullable: true, description: 'Only of this workspace; if absent, of both.' })
    environment: Environment | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<TeammateType>> {
    const teammates = await reads.load(listTeammates, project.id, { ...pageOf(page), environment: environment ?? null });
    return toConnection(
      teammates,
      ({ position }) => teammateCursor.write(position),
      each => Object.assign(new TeammateType(), each),
    );
  }

  @Mutation(() => AgentPayload, {
    description: 'Chooses the teammate who is credited for an agent, or the placeholder. The choice can be changed.',
  })
  resolveAgent(@Arg('input') input: ResolveAgentInput, @Ctx() { operation }: GraphQLContext): Promise<AgentPayload> {
    return payload(async () => ({ agent: toAgentType(await resolveAgent(operation, input)) }));
  }
}
