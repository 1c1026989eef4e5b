import { Field, Int, ObjectType } from 'type-graphql';
import type { RecordType } from '../../domain/model/record-type.js';
import type { RecordCount } from '../../operations/find-project-facts.js';
import { RecordTypeEnum } from './enums.js';

@ObjectType('RecordCount')
export class RecordCountType {
  @Field(() => RecordTypeEnum)
  recordType: RecordType;

  @Field(() => Int, {
    nullable: true,
    description: `What the source's listings said (totalItems, counted again after the last page until two counts agree; MESSAGE: the sum over the tickets' log
listings, never logCount), plus what we hold that it has since deleted or let expire; null where it does not say.`,
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
