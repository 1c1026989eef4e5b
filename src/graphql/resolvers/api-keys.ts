import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { parseId } from '../../domain/model/ids.js';
import { createApiKey } from '../../operations/create-api-key.js';
import { findApiKeys, listApiKeys } from '../../operations/find-api-keys.js';
import { findOrganizations } from '../../operations/find-organizations.js';
import { revokeApiKey } from '../../operations/revoke-api-key.js';
import type { GraphQLContext } from '../context.js';
import { ApiKeyConnection, ApiKeyType, toApiKeyType } from '../types/api-key.js';
import { type Connection, toKeysetConnection } from '../types/connection.js';
import { CreateApiKeyInput, RevokeApiKeyInput } from '../types/inputs.js';
import { OrganizationType, toOrganizationType } from '../types/organization.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { ApiKeyPayload, payload, RevokeApiKeyPayload } from '../types/payloads.js';

@Resolver(() => ApiKeyType)
export class ApiKeyResolver {
  @FieldResolver(() => OrganizationType)
  async organization(@Root() { organizationId }: ApiKeyType, @Ctx() { reads }: GraphQLContext): Promise<OrganizationType> {
    return toOrganizationType((await reads.load(findOrganizations, organizationId))!);
  }

  @Query(() => ApiKeyConnection, {
    description: 'API keys of all organizations in reach, or of one. Only for an ADMIN. Newest first; `first` is 1 to 100.',
  })
  async apiKeys(
    @Arg('organizationId', () => ID, { nullable: true }) organizationId: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<Connection<ApiKeyType>> {
    return toKeysetConnection(await listApiKeys(operation, organizationId ?? null, pageOf(page)), toApiKeyType);
  }

  @Mutation(() => ApiKeyPayload, {
    description: 'Creates an API key for an organization in reach. The answer shows its secret once.',
  })
  createApiKey(@Arg('input') input: CreateApiKeyInput, @Ctx() { operation }: GraphQLContext): Promise<ApiKeyPayload> {
    return payload(async () => {
      const { apiKey, secret } = await createApiKey(operation, input);
      return { apiKey: toApiKeyType(apiKey), secret: secret.reveal() };
    });
  }

  @Mutation(() => RevokeApiKeyPayload, {
    description:
      'Revokes an API key for good and closes its open connections. Revoking twice changes nothing. Runs that the key started continue.',
  })
  revokeApiKey(@Arg('input') input: RevokeApiKeyInput, @Ctx() { operation }: GraphQLContext): Promise<RevokeApiKeyPayload> {
    return payload(async () => ({ apiKey: toApiKeyType(await revokeApiKey(operation, input)) }));
  }
}

@Resolver(() => OrganizationType)
export class OrganizationApiKeyResolver {
  @FieldResolver(() => ApiKeyConnection, {
    nullable: true,
    description: 'API keys of this organization itself. Only for an ADMIN. `first` is 1 to 100.',
  })
  async apiKeys(
    @Root() { id }: OrganizationType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<ApiKeyType>> {
    return toKeysetConnection(await reads.load(findApiKeys, parseId(id).uuid, pageOf(page)), toApiKeyType);
  }
}
