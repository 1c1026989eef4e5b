import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Environment } from '../../domain/model/run.js';
import { findChecklists } from '../../operations/find-checklists.js';
import { listProvisionedObjects } from '../../operations/find-provisioned-objects.js';
import type { GraphQLContext } from '../context.js';
import { ChecklistItemType } from '../types/checklist.js';
import { EnvironmentEnum } from '../types/enums.js';
import { ProjectType } from '../types/project.js';
import { ProvisionedObjectType } from '../types/provisioned-object.js';

@Resolver(() => ProjectType)
export class ProvisionedObjectResolver {
  @FieldResolver(() => [ChecklistItemType], {
    description:
      'What only people can do in a workspace before a load, each item with its state: from what the last PROVISIONING run saw, and from what is stored now.',
  })
  provisioningChecklist(
    @Root() { project }: ProjectType,
    @Arg('environment', () => EnvironmentEnum, { defaultValue: 'PRODUCTION' }) environment: Environment,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<ChecklistItemType[]> {
    return reads.load(findChecklists, project.id, environment);
  }

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
