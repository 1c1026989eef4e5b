import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { Blocker } from '../../domain/model/blocker.js';
import { publicId } from '../../domain/model/ids.js';
import type { RecordType } from '../../domain/model/record-type.js';
import {
  type Environment,
  isTerminal,
  type Run,
  type RunKind,
  type RunPhase,
  type RunState,
  type WaitingFor,
} from '../../domain/model/run.js';
import type { RunProgress } from '../../operations/run-progress.js';
import { BlockerType } from './blocker.js';
import { DestinationTypeEnum, EnvironmentEnum, RecordTypeEnum, RunKindEnum, RunStateEnum } from './enums.js';
import { Node } from './node.js';
import { RecordCountType, toRecordCountType } from './record-count.js';

@ObjectType('Phase', { description: 'The part of a run that is about one record type.' })
export class PhaseType {
  @Field(() => RecordTypeEnum)
  recordType: RecordType;

  @Field(() => RunStateEnum)
  state: RunState;

  @Field()
  counts: RecordCountType;

  @Field(() => Int)
  apiCalls: number;

  @Field(() => Date, { nullable: true })
  startedAt: Date | null;

  @Field(() => Date, { nullable: true })
  finishedAt: Date | null;
}

@ObjectType('ListingCensus', {
  description: 'One listing of the source, with its own census; also where no RecordType names what it holds.',
})
export class ListingCensusType {
  @Field()
  listing: string;

  @Field(() => RecordTypeEnum, { nullable: true })
  recordType: RecordType | null;

  @Field(() => RunStateEnum)
  state: RunState;

  @Field(() => Int, { nullable: true })
  source: number | null;

  @Field(() => Int)
  staged: number;

  @Field(() => Int)
  skipped: number;

  @Field(() => Int)
  failed: number;

  @Field(() => String, { nullable: true, description: 'Why it is not available at this source.' })
  unavailableReason: string | null;
}

@ObjectType('PlannedAction')
export class PlannedActionType {
  @Field()
  action: string;

  @Field(() => DestinationTypeEnum)
  destinationType: keyof typeof DestinationTypeEnum;

  @Field(() => Int)
  count: number;

  @Field()
  reason: string;
}

@ObjectType('RunProgress')
export class RunProgressType {
  @Field(() => ID)
  runId: string;

  @Field(() => RunStateEnum)
  state: RunState;

  @Field(() => Float, { description: '0 to 1, never falling.' })
  fraction: number;

  @Field(() => [PhaseType])
  phases: PhaseType[];

  @Field(() => [ListingCensusType])
  listings: ListingCensusType[];

  @Field(() => Float)
  recordsPerMinute: number;

  @Field(() => Float)
  callsPerMinute: number;

  @Field(() => Int, { nullable: true, description: 'What the destination allows now, as its headers say.' })
  callLimitPerMinute: number | null;

  @Field(() => Int, { nullable: true })
  etaSecondsP50: number | null;

  @Field(() => Int, { nullable: true })
  etaSecondsP90: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it is not faster, or not moving: SLOT (it is queued until a worker has room, for it and for its tenant), RATE_LIMIT, SOURCE_LIMIT, BLOCKED, PAUSED, STALLED, null.',
  })
  waitingFor: WaitingFor | null;

  @Field()
  at: Date;
}

@ObjectType('Run', { implements: Node, description: 'One execution of a step of the migration.' })
export class RunType extends Node {
  @Field(() => RunKindEnum)
  kind: RunKind;

  @Field(() => EnvironmentEnum, { nullable: true })
  environment: Environment | null;

  @Field(() => RunStateEnum)
  state: RunState;

  @Field()
  isTerminal: boolean;

  @Field(() => [BlockerType])
  blockedBy: Blocker[];

  @Field(() => [PlannedActionType], {
    nullable: true,
    description: 'A ROLLBACK run started with dryRun lists here what it would delete, restore and keep, and why.',
  })
  plan: PlannedActionType[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Digest of that plan; the rollback itself names it and is refused if an object in it has changed since.',
  })
  planHash: string | null;

  @Field(() => Date, { nullable: true })
  startedAt: Date | null;

  @Field(() => Date, { nullable: true })
  finishedAt: Date | null;

  /** What the other fields are resolved from. */
  run: Run;
}

export function toRunType(run: Run): RunType {
  const { id, kind, environment, state, blocker, startedAt, finishedAt } = run;
  return Object.assign(new RunType(), {
    id: publicId('Run', id),
    kind,
    environment,
    state,
    isTerminal: isTerminal(state),
    blockedBy: blocker ? [blocker] : [],
    plan: null,
    planHash: null,
    startedAt,
    finishedAt,
    run,
  });
}

/** @param loads whether the counters are of what is loaded */
export function toPhaseTypes(phases: readonly RunPhase[], loads: boolean): PhaseType[] {
  return phases.flatMap(({ recordType, state, source, staged, skipped, failed, apiCalls, startedAt, finishedAt }) => {
    if (!recordType) return [];
    const count = loads ? { staged: staged + skipped + failed, loaded: staged, verified: 0 } : { staged, loaded: 0, verified: 0 };
    const counts = toRecordCountType({ recordType, source, skipped, failed, ...count });
    return [Object.assign(new PhaseType(), { recordType, state, counts, apiCalls, startedAt, finishedAt })];
  });
}

export function toListingTypes(phases: readonly RunPhase[]): ListingCensusType[] {
  return phases.map(({ name, recordType, state, source, staged, skipped, failed, reason }) =>
    Object.assign(new ListingCensusType(), {
      listing: name,
      recordType,
      state,
      source,
      staged,
      skipped,
      failed,
      unavailableReason: reason,
    }),
  );
}

export function toRunProgressType(progress: RunProgress): RunProgressType {
  const { runId, loading, reading, loads, ...rest } = progress;
  return Object.assign(new RunProgressType(), {
    ...rest,
    runId: publicId('Run', runId),
    phases: toPhaseTypes(loading, loads),
    listings: toListingTypes(reading),
  });
}
