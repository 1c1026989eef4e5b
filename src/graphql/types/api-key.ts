import { Field, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { ApiKey, Role } from '../../domain/model/principal.js';
import { connectionType } from './connection.js';
import { RoleEnum } from './enums.js';

@ObjectType('ApiKey', { description: 'An API key without its secret.' })
export class ApiKeyType {
  @Field(() => ID)
  id: string;

  @Field()
  name: string;

  @Field(() => RoleEnum)
  role: Role;

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

export function toApiKeyType({ id, ...rest }: ApiKey): ApiKeyType {
  return Object.assign(new ApiKeyType(), rest, { id: publicId('ApiKey', id) });
}
