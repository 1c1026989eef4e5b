import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { type Purge, purgedThings } from '../../domain/model/purge.js';

@ObjectType('PurgeCount', { description: 'How much of one kind was deleted or emptied.' })
export class PurgeCountType {
  @Field({ description: 'Like staged_records; the certificate explains each.' })
  table: string;

  @Field(() => GraphQLSafeInt, { description: 'Rows, or files for blobs.' })
  count: number;
}

@ObjectType('Purge', { description: 'The deletion of the raw data and the secrets of a closed project.' })
export class PurgeType {
  @Field({ description: 'When it was asked for.' })
  requestedAt: Date;

  @Field({ description: 'Name of the API key that asked for it.' })
  requestedBy: string;

  @Field(() => Date, { nullable: true, description: 'When it was complete and its certificate was written; null before.' })
  finishedAt: Date | null;

  @Field(() => [PurgeCountType], { description: 'What was deleted so far.' })
  counts: PurgeCountType[];
}

export const toPurgeType = ({ requestedAt, requestedBy, finishedAt, counts }: Purge): PurgeType =>
  Object.assign(new PurgeType(), {
    requestedAt,
    requestedBy,
    finishedAt,
    counts: purgedThings.map(table => ({ table, count: counts[table] ?? 0 })),
  });
