import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { Connection, ConnectionSide, ConnectionStatus } from '../../domain/model/connection.js';
import { ConnectionSideEnum, ConnectionStatusEnum } from './enums.js';

@ObjectType('PlatformConnection', { description: 'Access to one platform. Its secret cannot be read.' })
export class PlatformConnectionType {
  @Field(() => ConnectionSideEnum)
  side: ConnectionSide;

  @Field()
  baseUrl: string;

  @Field(() => ConnectionStatusEnum)
  status: ConnectionStatus;

  @Field(() => String, { nullable: true, description: 'What to do if the test failed; null if it passed.' })
  detail: string | null;

  @Field(() => Date, { nullable: true })
  checkedAt: Date | null;

  @Field(() => String, { nullable: true })
  workspaceName: string | null;

  @Field(() => GraphQLJSONObject, {
    description: 'Options by name, as `setConnection` got them; `docs/reference/connection-options.md` lists them.',
  })
  options: Record<string, unknown>;
}

export function toPlatformConnectionType({
  side,
  baseUrl,
  status,
  detail,
  checkedAt,
  workspaceName,
  options,
}: Connection): PlatformConnectionType {
  return Object.assign(new PlatformConnectionType(), { side, baseUrl, status, detail, checkedAt, workspaceName, options });
}
