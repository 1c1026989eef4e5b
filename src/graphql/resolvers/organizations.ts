import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { parseId } from '../../domain/model/ids.js';
import { createApiKey } from '../../operations/create-api-key.js';
import { createOrganization } from '../../operations/create-organization.js';
import { findApiKeys, listApiKeys } from '../../operations/find-api-keys.js';
import { findOrganizations } from '../../operations/find-organizations.js';
import { revokeApiKey } from '../../operations/revoke-api-key.js';
import type { GraphQLContext } from '../context.js';
import { ApiKeyType, toApiKeyType } from '../types/api-key.js';
import { ApiKeyConnection, toConnection } from '../types/connection.js';
import { CreateApiKeyInput, CreateOrganizationInput, RevokeApiKeyInput } from '../types/inputs.js';
import { OrganizationType, toOrganizationType } from '../types/organization.js';
import { ApiKeyPayload, OrganizationPayload, payload, RevokeApiKeyPayload } from '../types/payloads.js';
import { ViewerType } from '../types/viewer.js';

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  @FieldResolver(() => OrganizationType, { nullable: true, description: "Null at the top of the caller's reach." })
  async parent(@Root() { parentId }: OrganizationType, @Ctx() { reads }: GraphQLContext): Promise<OrganizationType | null> {
    const parent = parentId === null ? null : await reads.load(findOrganizations, parentId);
    return parent && toOrganizationType(parent);
  }

  @FieldResolver(() => ApiKeyConnection, { nullable: true, description: 'Its own keys, for an ADMIN alone; first: 1 to 100.' })
  async apiKeys(
    @Root() { id }: OrganizationType,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<ApiKeyConnection> {
    const organizationId = parseId(id).uuid;
    return toConnection(
      await reads.load(findApiKeys, organizationId, { first: first ?? 20, after: after ?? null }),
      toApiKeyType,
    );
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

  @Query(() => ApiKeyConnection, {
    description: 'Keys in reach, or of one organization, for an ADMIN alone; newest first; first: 1 to 100.',
  })
  async apiKeys(
    @Arg('organizationId', () => ID, { nullable: true }) organizationId: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<ApiKeyConnection> {
    return toConnection(await listApiKeys(operation, organizationId ?? null, first ?? 20, after ?? null), toApiKeyType);
  }

  @Mutation(() => RevokeApiKeyPayload, {
    description: 'Ends a key in reach for good, with all that is open under it; twice is once. Runs that it started continue.',
  })
  revokeApiKey(@Arg('input') input: RevokeApiKeyInput, @Ctx() { operation }: GraphQLContext): Promise<RevokeApiKeyPayload> {
    return payload(async () => ({ apiKey: toApiKeyType(await revokeApiKey(operation, input)) }));
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
