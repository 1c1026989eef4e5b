import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { StepComparison } from '../../domain/discovery/comparison.js';
import type { Grade } from '../../domain/discovery/complexity.js';
import { constraintCodes } from '../../domain/discovery/constraint.js';
import { discoveredCounts } from '../../domain/discovery/counts.js';
import type { Quote } from '../../domain/discovery/quote.js';
import type { Weeks } from '../../domain/discovery/weeks.js';
import type { Discovery } from '../../domain/model/discovery.js';
import type { Severity } from '../../domain/model/issue.js';
import type { RecordCount } from '../../domain/model/record-count.js';
import type { RecordType } from '../../domain/model/record-type.js';
import type { RunKind } from '../../domain/model/run.js';
import { GradeEnum, QuoteStatusEnum, RecordTypeEnum, RunKindEnum, SeverityEnum } from './enums.js';
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

@ObjectType('Constraint', { description: 'What limits the migration, or must be prepared by people.' })
export class ConstraintType {
  @Field({ description: `Stable code, one of ${constraintCodes.join(', ')}.` })
  code: string;

  @Field(() => SeverityEnum, {
    description: 'ERROR: the load is blocked until it is fixed. WARNING: people must prepare or decide something. INFO: to know.',
  })
  severity: Severity;

  @Field({ description: 'The constraint, with its numbers.' })
  message: string;

  @Field(() => String, { nullable: true, description: 'What to do; null if there is nothing to do.' })
  recommendation: string | null;
}

@ObjectType('ComplexityFactor', { description: 'A reason why the migration is easy or hard.' })
export class ComplexityFactorType {
  @Field({ description: 'One of OBJECT_COMPATIBILITY, FIELD_MAPPING, TIMELINE, API_CONSTRAINTS and VOLUME.' })
  name: string;

  @Field(() => GradeEnum, { description: 'Grade of this factor.' })
  grade: Grade;

  @Field({ description: 'The numbers that led to the grade.' })
  reason: string;
}

@ObjectType('Complexity', { description: 'How hard the migration is.' })
export class ComplexityType {
  @Field(() => GradeEnum, { description: 'The mean of the factors, at most one grade better than the worst of them.' })
  grade: Grade;

  @Field(() => [ComplexityFactorType], { description: 'The five factors.' })
  factors: ComplexityFactorType[];
}

@ObjectType('Weeks', {
  description: 'Weeks from the discovery to the end of hypercare: by complexity and volume, and the running time above a day.',
})
export class WeeksType {
  @Field(() => Int, { description: 'Fewest weeks.' })
  min: number;

  @Field(() => Int, { description: 'Most weeks.' })
  max: number;
}

@ObjectType('Quote', { description: 'The price of the migration by the price table of the installation. A record has no fee.' })
export class QuoteType {
  @Field(() => QuoteStatusEnum, { description: 'Whether there is a price.' })
  status: Quote['status'];

  @Field(() => String, { nullable: true, description: 'Decimal text, such as `4900.00`; null without a price.' })
  amount: string | null;

  @Field(() => String, { nullable: true, description: 'Code of ISO 4217; null without a price.' })
  currency: string | null;

  @Field({ description: 'How the amount is made up, or why there is none.' })
  reason: string;
}

@ObjectType('EstimateComparison', {
  description:
    'The cost of the first extraction or load that ended SUCCEEDED or INCOMPLETE, with the runs before it, and what the discovery alone estimates.',
})
export class EstimateComparisonType {
  @Field(() => RunKindEnum, { description: 'EXTRACTION or PRODUCTION.' })
  kind: RunKind;

  @Field(() => Int, { description: 'Calls that were estimated.' })
  estimatedCalls: number;

  @Field(() => Int, { description: 'Calls that were made.' })
  actualCalls: number;

  @Field(() => Int, { description: 'Seconds that were estimated with a probability of 50 %.' })
  estimatedSecondsP50: number;

  @Field(() => Int, { description: 'Seconds that were estimated with a probability of 90 %.' })
  estimatedSecondsP90: number;

  @Field(() => Int, { description: 'Seconds from start to end, with pauses.' })
  actualSeconds: number;

  @Field(() => Float, { description: 'Measured calls a second.' })
  callsPerSecond: number;

  @Field(() => Float, { nullable: true, description: 'Measured calls a record; null if no record was read or loaded.' })
  callsPerRecord: number | null;
}

@ObjectType('Estimate', {
  description:
    'Calls and time of extraction and load, from the counts, the calls that each record costs, and the rates of both sides: as runs have measured them, before that as stated or assumed.',
})
export class EstimateType {
  @Field(() => Int, { description: 'Calls to both platforms.' })
  apiCalls: number;

  @Field(() => Int, { description: 'Average rate over both platforms.' })
  callsPerMinute: number;

  @Field(() => Int, { description: 'Seconds that it takes with a probability of 50 %, without pauses for reviews.' })
  secondsP50: number;

  @Field(() => Int, { description: 'Seconds that it takes with a probability of 90 %, without pauses for reviews.' })
  secondsP90: number;

  @Field(() => WeeksType, { description: 'How many weeks the migration takes.' })
  weeks: Weeks;

  @Field(() => QuoteType, { description: 'The price of the migration.' })
  quote: Quote;

  @Field(() => [EstimateComparisonType], { description: 'Of extraction and load, as soon as each has ended.' })
  comparisons: StepComparison[];
}

@ObjectType('Discovery', { description: 'Result of the newest DISCOVERY run.' })
export class DiscoveryType {
  @Field()
  plan: SourcePlanType;

  @Field(() => [ResourceAvailabilityType])
  resources: ResourceAvailabilityType[];

  @Field()
  retention: RetentionAuditType;

  @Field()
  discoveredAt: Date;

  /** Resolvers of the other fields read it. */
  about: { projectId: string; counts: Discovery['counts'] };
}

const date = (text: string | null) => (text === null ? null : new Date(text));

export function toDiscoveryType(
  projectId: string,
  { plan, counts, resources, retention, discoveredAt }: Discovery,
): DiscoveryType {
  return Object.assign(new DiscoveryType(), {
    plan,
    resources,
    retention: { ...retention, oldestChatAt: date(retention.oldestChatAt), deadline: date(retention.deadline) },
    discoveredAt: new Date(discoveredAt),
    about: { projectId, counts },
  });
}

const nothing = { staged: 0, loaded: 0, verified: 0, skipped: 0, failed: 0 };

export const toDiscoveredCounts = (counted: Discovery['counts'], read: readonly RecordCount[]): RecordCountType[] =>
  discoveredCounts(counted, read).map(count => toRecordCountType({ ...nothing, ...count }));
