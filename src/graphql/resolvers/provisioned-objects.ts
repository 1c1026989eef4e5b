import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Environment } from '../../domain/model/run.js';
import { listProvisionedObjects } from '../../operations/find-provisioned-objects.js';
import type { GraphQLContext } from '../context.js';
import { EnvironmentEnum } from '../types/enums.js';
import { ProjectType } from '../types/project.js';
import { ProvisionedObjectType } from '../types/provisioned-object.js';

@Resolver(() => ProjectType)
export class ProvisionedObjectResolver {
  @FieldResolver(() => [ProvisionedObjectType], {
    description: 'Objects that a PROVISIONING run found or created in a workspace.',
  })
  provisionedObjects(
    @Root() { project }: ProjectType,
    @Arg('environment', () => EnvironmentEnum, { defaultValue: 'PRODUCTION' }) environment: Environment,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<ProvisionedObjectType[]> {
    return reads.load(listProvisionedObjects, project.id, environment);
  }
}
