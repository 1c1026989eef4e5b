import { Field, Int, ObjectType } from 'type-graphql';
import { MappingStatusEnum } from './enums.js';
import { Node } from './node.js';

@ObjectType('MappingVersion', { implements: Node, description: 'One version of the mapping of fields.' })
export class MappingVersionType extends Node {
  @Field(() => Int)
  version: number;

  @Field(() => MappingStatusEnum)
  status: keyof typeof MappingStatusEnum;

  @Field({ description: 'Digest of everything in it; a run is pinned to it.' })
  hash: string;

  @Field(() => String, { nullable: true })
  confirmedBy: string | null;

  @Field(() => Date, { nullable: true })
  confirmedAt: Date | null;
}
