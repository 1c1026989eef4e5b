import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { findConnections } from '../../operations/find-connections.js';
import { removeConnection } from '../../operations/remove-connection.js';
import { setConnection } from '../../operations/set-connection.js';
import type { GraphQLContext } from '../context.js';
import { RemoveConnectionInput, SetConnectionInput } from '../types/inputs.js';
import { ConnectionPayload, ProjectPayload, payload } from '../types/payloads.js';
import { PlatformConnectionType, toPlatformConnectionType } from '../types/platform-connection.js';
import { ProjectType, toProjectType } from '../types/project.js';

@Resolver(() => ProjectType)
export class ConnectionResolver {
  @FieldResolver(() => [PlatformConnectionType])
  async connections(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<PlatformConnectionType[]> {
    return (await reads.load(findConnections, project.id)).map(toPlatformConnectionType);
  }

  @Mutation(() => ConnectionPayload, { description: 'Stores credentials, write-only and encrypted, and tests them immediately.' })
  setConnection(@Arg('input') input: SetConnectionInput, @Ctx() { operation }: GraphQLContext): Promise<ConnectionPayload> {
    return payload(async () => ({ connection: toPlatformConnectionType(await setConnection(operation, input)) }));
  }

  @Mutation(() => ProjectPayload, {
    description:
      'Deletes a connection and its secret, as long as nothing was read or written through it. Refused while a run of the project is not over.',
  })
  removeConnection(@Arg('input') input: RemoveConnectionInput, @Ctx() { operation }: GraphQLContext): Promise<ProjectPayload> {
    return payload(async () => ({ project: toProjectType(await removeConnection(operation, input)) }));
  }
}
