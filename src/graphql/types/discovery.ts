import { Field, Int, ObjectType } from 'type-graphql';
import type { Discovery } from '../../domain/model/discovery.js';
import type { RecordType } from '../../domain/model/record-type.js';
import type { RecordCount } from '../../operations/count-records.js';
import { RecordTypeEnum } from './enums.js';
import { RecordCountType, toRecordCountType } from './record-count.js';

@ObjectType('SourcePlan', {
  description: "Plan of the account, from the source or from the connection's options.",
})
export class SourcePlanType {
  @Field()
  code: string;

  @Field(() => Int, { nullable: true })
  chatHistoryRetentionDays: number | null;

  @Field(() => Int, { nullable: true })
  mailAccountLimit: number | null;

  @Field(() => Int, { nullable: true })
  chatWidgetLimit: number | null;

  @Field(() => Boolean, { nullable: true })
  recordingDownload: boolean | null;
}

@ObjectType('ResourceAvailability')
export class ResourceAvailabilityType {
  @Field()
  resource: string;

  @Field(() => RecordTypeEnum, { nullable: true })
  recordType: RecordType | null;

  @Field()
  available: boolean;

  @Field(() => String, { nullable: true, description: 'Why it is not available; null if it is.' })
  reason: string | null;

  @Field(() => Int, { nullable: true, description: 'Number of records that it returns; null if it does not return one.' })
  count: number | null;
}

@ObjectType('RetentionAudit', { description: 'Chats that the source deletes, and when.' })
export class RetentionAuditType {
  @Field(() => Int, {
    nullable: true,
    description: 'Days for which the source keeps chats; null if it keeps them for good, or if this is not known.',
  })
  windowDays: number | null;

  @Field(() => Date, { nullable: true, description: 'When the oldest ticket began whose chats can still be deleted.' })
  oldestChatAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the first of those chats is deleted. If the deletion is under way: now.',
  })
  deadline: Date | null;

  @Field(() => Int, { nullable: true, description: 'Whole days until the deadline, by the clock of the source.' })
  daysRemaining: number | null;

  @Field(() => Int, { nullable: true, description: 'Tickets of the channel chat that were updated within the window.' })
  atRisk: number | null;

  @Field(() => Int, { nullable: true })
  alreadyPurged: number | null;
}

@ObjectType('Discovery', { description: 'Result of the newest DISCOVERY run.' })
export class DiscoveryType {
  @Field()
  plan: SourcePlanType;

  @Field(() => [RecordCountType])
  counts: RecordCountType[];

  @Field(() => [ResourceAvailabilityType])
  resources: ResourceAvailabilityType[];

  @Field()
  retention: RetentionAuditType;

  @Field()
  discoveredAt: Date;
}

const date = (text: string | null) => (text === null ? null : new Date(text));

export function toDiscoveryType(
  { plan, counts, resources, retention, discoveredAt }: Discovery,
  staged: readonly RecordCount[],
): DiscoveryType {
  const nothing = { staged: 0, loaded: 0, verified: 0, skipped: 0, failed: 0 };
  return Object.assign(new DiscoveryType(), {
    plan,
    counts: counts.map(count =>
      toRecordCountType({ ...nothing, ...staged.find(each => each.recordType === count.recordType), ...count }),
    ),
    resources,
    retention: { ...retention, oldestChatAt: date(retention.oldestChatAt), deadline: date(retention.deadline) },
    discoveredAt: new Date(discoveredAt),
  });
}
