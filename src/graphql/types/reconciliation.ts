import { Field, Int, ObjectType } from 'type-graphql';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import { purgedConnectionType } from './connection.js';
import { RecordTypeEnum } from './enums.js';
import { RecordCountType } from './record-count.js';

@ObjectType('ReconciliationRow')
export class ReconciliationRowType extends RecordCountType {
  @Field(() => Int, {
    description:
      'Tickets, calls and messages that no slice of a PRODUCTION run contains yet. Until it is 0, the row is not balanced.',
  })
  outside: number;

  @Field()
  balanced: boolean;
}

@ObjectType('FieldFidelity', {
  description: 'Comparison of one field over all records that were read back.',
})
export class FieldFidelityType {
  @Field(() => RecordTypeEnum)
  recordType: RecordType;

  @Field()
  field: string;

  @Field(() => Int)
  compared: number;

  @Field(() => Int)
  equal: number;

  @Field(() => Int)
  normalised: number;

  @Field(() => Int)
  lossy: number;

  @Field(() => Int)
  different: number;
}

@ObjectType('Difference')
export class DifferenceType {
  @Field(() => RecordTypeEnum)
  recordType: RecordType;

  @Field()
  sourceId: string;

  @Field(() => String, { nullable: true })
  destinationId: string | null;

  @Field()
  field: string;

  @Field(() => String, { nullable: true })
  expected: string | null;

  @Field(() => String, { nullable: true })
  actual: string | null;
}

export const DifferenceConnection = purgedConnectionType('Difference', () => DifferenceType);

@ObjectType('Reconciliation')
export class ReconciliationType {
  @Field({
    description: `True only if, for every type: staged = source if the source returns a number, staged = loaded + skipped + failed, every failure is waived,
and every loaded record is verified without an unwaived difference. A record that the source cannot return (a dead file, an expired chat) is skipped
with a code and does not count against the balance. Waiving an issue can change this value, but never the state of a run that has ended.`,
  })
  balanced: boolean;

  @Field(() => [ReconciliationRowType])
  rows: ReconciliationRowType[];

  /** Resolvers of the other fields read it. */
  about: { projectId: string; environment: Environment };
}
