import { Field, Int, ObjectType } from 'type-graphql';
import type { RecordCount } from '../../domain/model/record-count.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { RecordTypeEnum } from './enums.js';

@ObjectType('RecordCount')
export class RecordCountType {
  @Field(() => RecordTypeEnum)
  recordType: RecordType;

  @Field(() => Int, {
    nullable: true,
    description: `Number of records at the source: totalItems of its listings, read again after the last page until two counts agree (MESSAGE: the sum over the
log listings of the tickets, never logCount), plus staged records that the source has deleted since. Null if a listing returns no number.`,
  })
  source: number | null;

  @Field(() => Int)
  staged: number;

  @Field(() => Int)
  loaded: number;

  @Field(() => Int)
  verified: number;

  @Field(() => Int)
  skipped: number;

  @Field(() => Int)
  failed: number;
}

export function toRecordCountType(count: RecordCount): RecordCountType {
  return Object.assign(new RecordCountType(), count);
}
