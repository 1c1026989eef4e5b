import { Field, Int, ObjectType } from 'type-graphql';
import type { FieldOutcome } from '../../domain/verify/verification.js';
import { enumType } from './enums.js';

export const FieldOutcomeEnum = enumType('FieldOutcome', ['EQUAL', 'NORMALISED', 'LOSSY', 'DIFFERENT']);

@ObjectType('FieldVerification')
export class FieldVerificationType {
  @Field()
  field: string;

  @Field(() => FieldOutcomeEnum)
  outcome: Uppercase<FieldOutcome>;

  @Field(() => Int)
  count: number;

  @Field(() => String, { nullable: true })
  rule: string | null;

  @Field(() => String, { nullable: true })
  expected: string | null;

  @Field(() => String, { nullable: true })
  actual: string | null;
}

@ObjectType('RecordVerification')
export class RecordVerificationType {
  @Field(() => String, { nullable: true })
  destinationId: string | null;

  @Field(() => String, { nullable: true })
  sourceDigest: string | null;

  @Field(() => String, { nullable: true })
  draftDigest: string | null;

  @Field(() => String, { nullable: true })
  imageDigest: string | null;

  @Field()
  verifiedAt: Date;

  @Field()
  isCurrent: boolean;

  @Field(() => [FieldVerificationType])
  fields: FieldVerificationType[];
}
