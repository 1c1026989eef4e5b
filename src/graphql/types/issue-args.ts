import { ArgsType, Field, ID } from 'type-graphql';
import type { IssueStatus, Severity } from '../../domain/model/issue.js';
import type { CreationOrder } from '../../domain/model/page.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { CreationOrderEnum, IssueStatusEnum, RecordTypeEnum, SeverityEnum } from './enums.js';
import { PageArgs } from './page-args.js';

@ArgsType()
export class IssueArgs extends PageArgs {
  @Field(() => IssueStatusEnum, { nullable: true })
  status?: IssueStatus | null;

  @Field(() => RecordTypeEnum, { nullable: true })
  recordType?: RecordType | null;

  @Field(() => String, { nullable: true })
  code?: string | null;

  @Field(() => SeverityEnum, { nullable: true })
  severity?: Severity | null;

  @Field(() => ID, { nullable: true })
  runId?: string | null;

  @Field(() => CreationOrderEnum, { nullable: true })
  order?: CreationOrder | null;
}
