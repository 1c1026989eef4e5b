import { Field, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { ApiKey, Role, Scope } from '../../domain/model/principal.js';
import { connectionType } from './connection.js';
import { RoleEnum, ScopeEnum } from './enums.js';

@ObjectType('ApiKey', { description: 'An API key without its secret.' })
export class ApiKeyType {
  @Field(() => ID)
  id: string;

  @Field()
  name: string;

  @Field(() => RoleEnum)
  role: Role;

  @Field(() => [ScopeEnum], {
    nullable: true,
    description: 'What the key may do of what its role may do; null for all of it.',
  })
  scopes: readonly Scope[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'The only projects that the key sees; null for all that its organization reaches.',
  })
  projectIds: readonly string[] | null;

  @Field({ description: 'First characters of the secret, to distinguish keys.' })
  prefix: string;

  @Field()
  createdAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When the key becomes invalid and its open connections close; null for never.',
  })
  expiresAt: Date | null;

  @Field(() => Date, { nullable: true })
  revokedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was last used, at most a minute late; null if it was never used.' })
  lastUsedAt: Date | null;

  organizationId: string;
}

export const ApiKeyConnection = connectionType('ApiKey', () => ApiKeyType, 'Newest first; includes revoked and expired keys.');

export function toApiKeyType({ id, projectIds, ...rest }: ApiKey): ApiKeyType {
  const ids = { id: publicId('ApiKey', id), projectIds: projectIds?.map(each => publicId('Project', each)) ?? null };
  return Object.assign(new ApiKeyType(), rest, ids);
}
