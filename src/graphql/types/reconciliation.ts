import { Field, Int, ObjectType } from 'type-graphql';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import { RecordTypeEnum } from './enums.js';
import { PageInfo } from './page-info.js';
import { RecordCountType } from './record-count.js';

@ObjectType('ReconciliationRow')
export class ReconciliationRowType extends RecordCountType {
  @Field()
  balanced: boolean;
}

@ObjectType('FieldFidelity', {
  description:
    'How a field arrived, over all records read back: equal, normalised by the destination in a known way, lossy as confirmed, or different.',
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

@ObjectType()
export class DifferenceEdge {
  @Field()
  cursor: string;

  @Field(() => DifferenceType)
  node: DifferenceType;
}

@ObjectType()
export class DifferenceConnection {
  @Field(() => [DifferenceEdge])
  edges: DifferenceEdge[];

  @Field(() => PageInfo)
  pageInfo: PageInfo;
}

@ObjectType('Reconciliation')
export class ReconciliationType {
  @Field({
    description: `True only if, for every type: staged = source where the source says a number, staged = loaded + skipped + failed, every failure is waived,
and everything loaded is verified with no unwaived difference. What the source itself can't give (a dead file, an expired chat) is skipped with
a code and does not unbalance. Waiving changes this, never the state of a run that has ended.`,
  })
  balanced: boolean;

  @Field(() => [ReconciliationRowType])
  rows: ReconciliationRowType[];

  /** What the other fields are resolved from. */
  about: { projectId: string; environment: Environment };
}
