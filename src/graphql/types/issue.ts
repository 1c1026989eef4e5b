import { Field, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { Issue, IssueStatus, Severity } from '../../domain/model/issue.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { connectionType } from './connection.js';
import { IssueStatusEnum, RecordTypeEnum, SeverityEnum } from './enums.js';
import { Node } from './node.js';

@ObjectType('Issue', {
  implements: Node,
  description: 'A problem of one record, listing or workspace. The run continues with the other records.',
})
export class IssueType extends Node {
  @Field({ description: 'Stable code; `docs/reference/issues.md` lists all codes.' })
  code: string;

  @Field(() => SeverityEnum)
  severity: Severity;

  @Field(() => IssueStatusEnum)
  status: IssueStatus;

  @Field(() => RecordTypeEnum, { nullable: true })
  recordType: RecordType | null;

  @Field(() => String, { nullable: true })
  sourceId: string | null;

  @Field()
  message: string;

  @Field(() => String, { nullable: true })
  hint: string | null;

  @Field(() => ID, { nullable: true })
  runId: string | null;

  @Field()
  createdAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the key that changed the status last; null if Landfall did, or if the status never changed.',
  })
  statusChangedBy: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the status changed last; null if it never did. Every change by a person is an event ISSUE_UPDATED.',
  })
  statusChangedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'What was written about this change.' })
  statusNote: string | null;

  /** Resolvers of the other fields read it. */
  issue: Issue;
}

export const IssueConnection = connectionType('Issue', () => IssueType, 'Issues, newest first if `order` is absent.');

export function toIssueType(issue: Issue): IssueType {
  const { id, runId, projectId: _, ...rest } = issue;
  return Object.assign(new IssueType(), {
    ...rest,
    id: publicId('Issue', id),
    runId: runId && publicId('Run', runId),
    issue,
  });
}
