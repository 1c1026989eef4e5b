import { Field, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { ShareToken } from '../../domain/model/share-token.js';
import { connectionType } from './connection.js';
import { Payload } from './payloads.js';

@ObjectType('ShareToken', { description: 'A credential that only reads one project, without its text.' })
export class ShareTokenType {
  @Field(() => ID)
  id: string;

  @Field({ description: 'Who it is for.' })
  name: string;

  @Field({ description: 'First characters of the token, to distinguish tokens.' })
  prefix: string;

  @Field()
  createdAt: Date;

  @Field({ description: 'When the token becomes invalid and its open connections close.' })
  expiresAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was revoked; null if it was not.' })
  revokedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was last used, at most a minute late; null if it was never used.' })
  lastUsedAt: Date | null;
}

export const ShareTokenConnection = connectionType(
  'ShareToken',
  () => ShareTokenType,
  'Newest first; includes revoked and expired tokens.',
);

export function toShareTokenType({ id, projectId: _, ...rest }: ShareToken): ShareTokenType {
  return Object.assign(new ShareTokenType(), rest, { id: publicId('ShareToken', id) });
}

@ObjectType()
export class ShareTokenPayload extends Payload {
  @Field(() => ShareTokenType, { nullable: true, description: 'The token after the call; null if it failed.' })
  shareToken?: ShareTokenType;

  @Field(() => String, {
    nullable: true,
    description: 'The Bearer token. Only this answer shows it, and the answer to a repetition with the same idempotencyKey.',
  })
  token?: string;
}

@ObjectType()
export class RevokeShareTokenPayload extends Payload {
  @Field(() => ShareTokenType, { nullable: true, description: 'The token after the call; null if it failed.' })
  shareToken?: ShareTokenType;
}
