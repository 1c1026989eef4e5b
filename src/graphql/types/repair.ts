import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import { EnvironmentEnum, RecordTypeEnum } from './enums.js';
import { MutationInput } from './inputs.js';
import { Payload } from './payloads.js';

@InputType()
export class RepairRecordsInput extends MutationInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => EnvironmentEnum)
  environment: Environment;

  @Field(() => RecordTypeEnum, {
    nullable: true,
    description: 'COMPANY, CONTACT, DEAL, CATEGORY, ARTICLE, TICKET or CALL; all of these if absent.',
  })
  recordType?: RecordType | null;

  @Field(() => String, {
    nullable: true,
    description: 'One record, whether it was found different or not; all that were found different if absent.',
  })
  sourceId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: values that people have changed in Intercom are overwritten too, and records with such values are marked as well.',
  })
  includeHumanEdits?: boolean | null;
}

@InputType()
export class RetryIssuesInput extends MutationInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => EnvironmentEnum)
  environment: Environment;

  @Field(() => [ID], { nullable: true, description: 'These issues, 1 to 100, waived ones too. Not together with `code`.' })
  issueIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'All open or acknowledged issues with this code.' })
  code?: string | null;
}

@ObjectType()
export class RepairPayload extends Payload {
  @Field(() => Int, { nullable: true, description: 'How many records the next PRODUCTION or DELTA run writes again.' })
  count?: number;
}
