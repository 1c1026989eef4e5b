import { Field, ObjectType } from 'type-graphql';
import type { RecordType } from '../../domain/model/record-type.js';
import { purgedConnectionType } from './connection.js';
import { RecordTypeEnum } from './enums.js';

@ObjectType('ReviewLine', { description: 'One field or message on both sides.' })
export class ReviewLineType {
  @Field({ description: 'Path of the field at the source, or the message.' })
  field: string;

  @Field(() => String, { nullable: true, description: 'The value at the source, at most 2,000 characters.' })
  source: string | null;

  @Field(() => String, { nullable: true, description: 'The value as it was read back from Intercom, at most 2,000 characters.' })
  destination: string | null;
}

@ObjectType('SampleReview', { description: 'A sampled conversation, contact or article, to be compared by people.' })
export class SampleReviewType {
  @Field(() => RecordTypeEnum)
  recordType: RecordType;

  @Field()
  sourceId: string;

  @Field()
  destinationId: string;

  @Field({ description: 'Why the record is in the sample.' })
  reason: string;

  @Field(() => [ReviewLineType], { description: 'Its fields, then its messages in order.' })
  lines: ReviewLineType[];
}

export const SampleReviewConnection = purgedConnectionType('SampleReview', () => SampleReviewType, 'By type and id.');
