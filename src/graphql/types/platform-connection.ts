import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { Connection, ConnectionSide, ConnectionStatus } from '../../domain/model/connection.js';
import { publicId } from '../../domain/model/ids.js';
import { ConnectionSideEnum, ConnectionStatusEnum } from './enums.js';
import { Node } from './node.js';

@ObjectType('PlatformConnection', { implements: Node, description: 'Access to one platform. Its secret cannot be read.' })
export class PlatformConnectionType extends Node {
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

export function toPlatformConnectionType(connection: Connection): PlatformConnectionType {
  const { id, side, baseUrl, status, detail, checkedAt, workspaceName, options } = connection;
  const fields = { side, baseUrl, status, detail, checkedAt, workspaceName, options };
  return Object.assign(new PlatformConnectionType(), { ...fields, id: publicId('PlatformConnection', id) });
}
