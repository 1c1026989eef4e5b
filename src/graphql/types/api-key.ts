import { Field, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { ApiKey, Role } from '../../domain/model/principal.js';
import { RoleEnum } from './enums.js';

@ObjectType('ApiKey', { description: 'An API key without its secret.' })
export class ApiKeyType {
  @Field(() => ID)
  id: string;

  @Field()
  name: string;

  @Field(() => RoleEnum)
  role: Role;

  @Field({ description: 'The first characters of the secret, to tell keys apart.' })
  prefix: string;

  @Field()
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'From then on the key is unknown, and what is open under it ends.' })
  expiresAt: Date | null;

  @Field(() => Date, { nullable: true })
  revokedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'At most a minute old; null where it never was used.' })
  lastUsedAt: Date | null;

  organizationId: string;
}

export function toApiKeyType({ id, ...rest }: ApiKey): ApiKeyType {
  return Object.assign(new ApiKeyType(), rest, { id: publicId('ApiKey', id) });
}
