import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { createOrganization } from '../../operations/create-organization.js';
import { findOrganizations } from '../../operations/find-organizations.js';
import type { GraphQLContext } from '../context.js';
import { CreateOrganizationInput } from '../types/inputs.js';
import { OrganizationType, toOrganizationType } from '../types/organization.js';
import { OrganizationPayload, payload } from '../types/payloads.js';
import { ProjectType } from '../types/project.js';

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @FieldResolver(() => OrganizationType, {
    nullable: true,
    description: 'The organization above it; null if the caller does not reach it.',
  })
  async parent(@Root() { parentId }: OrganizationType, @Ctx() { reads }: GraphQLContext): Promise<OrganizationType | null> {
    const parent = parentId === null ? null : await reads.load(findOrganizations, parentId);
    return parent && toOrganizationType(parent);
  }

  @Mutation(() => OrganizationPayload, { description: 'Creates an organization below one that the caller reaches.' })
  createOrganization(
    @Arg('input') input: CreateOrganizationInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<OrganizationPayload> {
    return payload(async () => ({ organization: toOrganizationType(await createOrganization(operation, input)) }));
  }
}

@Resolver(() => ProjectType)
export class ProjectOrganizationResolver {
  @FieldResolver(() => OrganizationType)
  async organization(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<OrganizationType> {
    return toOrganizationType((await reads.load(findOrganizations, project.organizationId))!);
  }
}
