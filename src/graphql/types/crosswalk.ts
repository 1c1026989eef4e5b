import { Field, InputType, ObjectType } from 'type-graphql';
import type { CrosswalkOrigin, CrosswalkState, DestinationType } from '../../domain/model/crosswalk.js';
import { publicId } from '../../domain/model/ids.js';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import type { FoundEntry } from '../../operations/find-crosswalk.js';
import { connectionType } from './connection.js';
import { CrosswalkOriginEnum, CrosswalkStateEnum, DestinationTypeEnum, EnvironmentEnum, RecordTypeEnum } from './enums.js';
import { Node } from './node.js';

@InputType('CrosswalkLookup', {
  description:
    'Either a source key or a destination key. For a ticket, `sourceId` can also be its public number or its Infoset URL.',
})
export class CrosswalkLookupInput {
  @Field(() => RecordTypeEnum, { nullable: true })
  sourceType?: RecordType | null;

  @Field(() => String, { nullable: true })
  sourceId?: string | null;

  @Field(() => DestinationTypeEnum, { nullable: true })
  destinationType?: DestinationType | null;

  @Field(() => String, { nullable: true })
  destinationId?: string | null;
}

@ObjectType('CrosswalkEntry', { implements: Node, description: 'Maps a record of the source to its object in a workspace.' })
export class CrosswalkEntryType extends Node {
  @Field(() => EnvironmentEnum)
  environment: Environment;

  @Field(() => RecordTypeEnum)
  sourceType: RecordType;

  @Field()
  sourceId: string;

  @Field(() => DestinationTypeEnum)
  destinationType: DestinationType;

  @Field()
  destinationId: string;

  @Field(() => String, { nullable: true })
  destinationUrl: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The conversation that contains it, if it is a part, a note or a file of one.',
  })
  conversationId: string | null;

  @Field(() => String, { nullable: true })
  conversationUrl: string | null;

  @Field(() => CrosswalkOriginEnum)
  origin: CrosswalkOrigin;

  @Field(() => CrosswalkStateEnum)
  state: CrosswalkState;

  @Field()
  loadedAt: Date;

  @Field(() => Date, { nullable: true })
  verifiedAt: Date | null;

  /** Resolvers of the other fields read it. */
  projectId: string;
}

export const CrosswalkEntryConnection = connectionType(
  'CrosswalkEntry',
  () => CrosswalkEntryType,
  'By the time of the load, newest first if `order` is absent. An object that was created again has a new time.',
);

@ObjectType('CrosswalkMatch')
export class CrosswalkMatchType {
  @Field(() => RecordTypeEnum, { nullable: true })
  sourceType?: RecordType | null;

  @Field(() => String, { nullable: true })
  sourceId?: string | null;

  @Field(() => DestinationTypeEnum, { nullable: true })
  destinationType?: DestinationType | null;

  @Field(() => String, { nullable: true })
  destinationId?: string | null;

  @Field(() => [CrosswalkEntryType])
  entries: CrosswalkEntryType[];
}

export function toCrosswalkEntryType({ entry, linkTo }: FoundEntry): CrosswalkEntryType {
  const { id, ...rest } = entry;
  return Object.assign(new CrosswalkEntryType(), {
    ...rest,
    id: publicId('CrosswalkEntry', id),
    destinationUrl: rest.destinationUrl ?? linkTo(rest.destinationType, rest.destinationId),
    conversationUrl: rest.conversationId && linkTo('CONVERSATION', rest.conversationId),
  });
}
