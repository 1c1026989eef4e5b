import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { createOrganization } from '../../operations/create-organization.js';
import { findOrganizations, listOrganizations } from '../../operations/find-organizations.js';
import { updateOrganization } from '../../operations/update-organization.js';
import type { GraphQLContext } from '../context.js';
import { type Connection, toKeysetConnection } from '../types/connection.js';
import { UpdateOrganizationInput } from '../types/credential-inputs.js';
import { CreateOrganizationInput } from '../types/inputs.js';
import { OrganizationConnection, OrganizationType, toOrganizationType } from '../types/organization.js';
import { OrganizationArgs } from '../types/organization-args.js';
import { pageOf } from '../types/page-args.js';
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

  @Mutation(() => OrganizationPayload, { description: 'Changes what is given.' })
  updateOrganization(
    @Arg('input') input: UpdateOrganizationInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<OrganizationPayload> {
    return payload(async () => ({ organization: toOrganizationType(await updateOrganization(operation, input)) }));
  }

  @Query(() => OrganizationConnection, {
    description: "The organizations that the credential reaches: the caller's own and those below it.",
  })
  async organizations(
    @Args(() => OrganizationArgs) { kind, parentId, text, order, ...page }: OrganizationArgs,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<Connection<OrganizationType>> {
    const filter = { kind: kind ?? null, parentId: parentId ?? null, text: text ?? null, order: order ?? ('NEWEST' as const) };
    return toKeysetConnection(await listOrganizations(operation, { ...pageOf(page), ...filter }), toOrganizationType);
  }
}

@Resolver(() => ProjectType)
export class ProjectOrganizationResolver {
  @FieldResolver(() => OrganizationType)
  async organization(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<OrganizationType> {
    return toOrganizationType((await reads.load(findOrganizations, project.organizationId))!);
  }
}
