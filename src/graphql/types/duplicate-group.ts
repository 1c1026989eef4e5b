import { Field, Int, ObjectType } from 'type-graphql';
import type { DuplicateOutcome, DuplicateReason, ListedGroup } from '../../domain/duplicates/duplicate-group.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { purgedConnectionType } from './connection.js';
import { DuplicateOutcomeEnum, DuplicateReasonEnum, RecordTypeEnum } from './enums.js';

@ObjectType('DuplicateRecord', { description: 'A record of a group of likely duplicates.' })
export class DuplicateRecordType {
  @Field()
  sourceId: string;

  @Field({ description: 'Its name, address and number in one line, at most 300 characters.' })
  label: string;
}

@ObjectType('DuplicateGroup', { description: 'Contacts or companies that become one, or that look like one.' })
export class DuplicateGroupType {
  @Field(() => RecordTypeEnum, { description: 'CONTACT or COMPANY.' })
  recordType: RecordType;

  @Field(() => DuplicateOutcomeEnum, { description: 'What the load does with the group.' })
  outcome: DuplicateOutcome;

  @Field(() => DuplicateReasonEnum, { description: 'What the records share.' })
  reason: DuplicateReason;

  @Field(() => Int, { description: 'The number of its records.' })
  size: number;

  @Field(() => [DuplicateRecordType], { description: 'Its first 100 records by id.' })
  records: DuplicateRecordType[];
}

export const DuplicateGroupConnection = purgedConnectionType(
  'DuplicateGroup',
  () => DuplicateGroupType,
  'Contacts first; of each type, what will be merged first.',
);

export const toDuplicateGroupType = ({ recordType, outcome, reason, size, sourceIds, labels }: ListedGroup) =>
  Object.assign(new DuplicateGroupType(), {
    recordType,
    outcome,
    reason,
    size,
    records: sourceIds.map((sourceId, index) => ({ sourceId, label: labels[index]! })),
  });
