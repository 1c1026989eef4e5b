import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { createApiKey } from '../../operations/create-api-key.js';
import { createOrganization } from '../../operations/create-organization.js';
import { findOrganizations } from '../../operations/find-organizations.js';
import type { GraphQLContext } from '../context.js';
import { ApiKeyType, toApiKeyType } from '../types/api-key.js';
import { CreateApiKeyInput, CreateOrganizationInput } from '../types/inputs.js';
import { OrganizationType, toOrganizationType } from '../types/organization.js';
import { ApiKeyPayload, OrganizationPayload, payload } from '../types/payloads.js';
import { ViewerType } from '../types/viewer.js';

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @FieldResolver(() => OrganizationType, { nullable: true, description: "Null at the top of the caller's reach." })
  async parent(@Root() { parentId }: OrganizationType, @Ctx() { reads }: GraphQLContext): Promise<OrganizationType | null> {
    const parent = parentId === null ? null : await reads.load(findOrganizations, parentId);
    return parent && toOrganizationType(parent);
  }

  @Mutation(() => OrganizationPayload, { description: 'Adds an organization to the tree below the caller.' })
  createOrganization(
    @Arg('input') input: CreateOrganizationInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<OrganizationPayload> {
    return payload(async () => ({ organization: toOrganizationType(await createOrganization(operation, input)) }));
  }
}

@Resolver(() => ApiKeyType)
export class ApiKeyResolver {
  @FieldResolver(() => OrganizationType)
  async organization(@Root() { organizationId }: ApiKeyType, @Ctx() { reads }: GraphQLContext): Promise<OrganizationType> {
    return toOrganizationType((await reads.load(findOrganizations, organizationId))!);
  }

  @Mutation(() => ApiKeyPayload, { description: 'Makes an API key of an organization in reach; its secret is shown once.' })
  createApiKey(@Arg('input') input: CreateApiKeyInput, @Ctx() { operation }: GraphQLContext): Promise<ApiKeyPayload> {
    return payload(async () => {
      const { apiKey, secret } = await createApiKey(operation, input);
      return { apiKey: toApiKeyType(apiKey), secret: secret.reveal() };
    });
  }
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'Who calls.' })
  viewer(@Ctx() { operation }: GraphQLContext): Pick<ViewerType, 'name' | 'role'> {
    const { name, role } = operation.principal;
    return { name, role };
  }

  @FieldResolver(() => OrganizationType)
  async organization(@Ctx() { operation, reads }: GraphQLContext): Promise<OrganizationType> {
    return toOrganizationType((await reads.load(findOrganizations, operation.principal.organizationId))!);
  }
}
