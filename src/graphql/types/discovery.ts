import { Field, Int, ObjectType } from 'type-graphql';
import type { Discovery } from '../../domain/model/discovery.js';
import type { RecordType } from '../../domain/model/record-type.js';
import type { RecordCount } from '../../operations/find-project-facts.js';
import { RecordTypeEnum } from './enums.js';
import { RecordCountType, toRecordCountType } from './record-count.js';

@ObjectType('SourcePlan', {
  description: "The account's plan; code is UNKNOWN where neither the source nor the connection's options state it.",
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

  @Field(() => String, { nullable: true, description: 'Why it is not available.' })
  reason: string | null;

  @Field(() => Int, { nullable: true, description: 'How many records it says it has.' })
  count: number | null;
}

@ObjectType('RetentionAudit', { description: 'What the source deletes, and when.' })
export class RetentionAuditType {
  @Field(() => Int, {
    nullable: true,
    description: 'Days for which chats are kept; null where they are kept for good, or where nobody says.',
  })
  windowDays: number | null;

  @Field(() => Date, { nullable: true, description: 'When the oldest ticket began whose chats may still be deleted.' })
  oldestChatAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the first of those chats is deleted; now, where it is under way.' })
  deadline: Date | null;

  @Field(() => Int, { nullable: true, description: "Whole days from the source's clock to the deadline." })
  daysRemaining: number | null;

  @Field(() => Int, { nullable: true, description: 'Tickets with channel chat that were updated inside the window.' })
  atRisk: number | null;

  @Field(() => Int, { nullable: true })
  alreadyPurged: number | null;
}

@ObjectType('Discovery', { description: 'What the newest DISCOVERY run found at the source.' })
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
