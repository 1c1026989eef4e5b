import { Field, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { Issue, IssueStatus, Severity } from '../../domain/model/issue.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { IssueStatusEnum, RecordTypeEnum, SeverityEnum } from './enums.js';
import { Node } from './node.js';

@ObjectType('Issue', { implements: Node, description: 'What is wrong with one record or listing, while the rest continues.' })
export class IssueType extends Node {
  @Field({ description: 'Stable and documented.' })
  code: string;

  @Field(() => SeverityEnum)
  severity: Severity;

  @Field(() => IssueStatusEnum)
  status: IssueStatus;

  @Field(() => RecordTypeEnum, { nullable: true })
  recordType: RecordType | null;

  @Field(() => String, { nullable: true })
  sourceId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where a person finds the record; null where the source has no such address.',
  })
  sourceUrl: string | null;

  @Field()
  message: string;

  @Field(() => String, { nullable: true })
  hint: string | null;

  @Field(() => ID, { nullable: true })
  runId: string | null;

  @Field()
  createdAt: Date;
}

export function toIssueType({ id, runId, ...rest }: Issue): IssueType {
  return Object.assign(new IssueType(), {
    ...rest,
    sourceUrl: null,
    id: publicId('Issue', id),
    runId: runId && publicId('Run', runId),
  });
}
