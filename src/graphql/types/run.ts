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
import { connectionType } from './connection.js';
import { DestinationTypeEnum, EnvironmentEnum, RecordTypeEnum, RunKindEnum, RunStateEnum } from './enums.js';
import { Node } from './node.js';
import { RecordCountType, toRecordCountType } from './record-count.js';

@ObjectType('Phase', { description: 'The part of a run that handles one record type.' })
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
  description: 'Counts of one listing of the source. Some listings have no RecordType.',
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

  @Field(() => String, { nullable: true, description: 'Why the listing is not available at this source; null if it is.' })
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

  @Field(() => Float, { description: 'Progress from 0 to 1; it never falls.' })
  fraction: number;

  @Field(() => [PhaseType])
  phases: PhaseType[];

  @Field(() => [ListingCensusType])
  listings: ListingCensusType[];

  @Field(() => Float)
  recordsPerMinute: number;

  @Field(() => Float)
  callsPerMinute: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Calls per minute that the destination allows, from its headers; null if not known.',
  })
  callLimitPerMinute: number | null;

  @Field(() => Int, { nullable: true })
  etaSecondsP50: number | null;

  @Field(() => Int, { nullable: true })
  etaSecondsP90: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why the run waits or is slow: SLOT (no worker has a free slot for it or its organization), RATE_LIMIT (limit of the destination), SOURCE_LIMIT (limit of the source), BLOCKED, PAUSED or STALLED; null otherwise.',
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
    description:
      'Plan of a ROLLBACK run with `dryRun`: the objects that it would delete, restore and keep, and why. Null for other runs.',
  })
  plan: PlannedActionType[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Digest of the plan. The rollback itself names it, and is refused if an object of the plan has changed since. Null for other runs.',
  })
  planHash: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Digest of what a SANDBOX run read back. A sign-off is bound to it. Null for other runs, and until it ends.',
  })
  sampleDigest: string | null;

  @Field(() => Date, { nullable: true })
  startedAt: Date | null;

  @Field(() => Date, { nullable: true })
  finishedAt: Date | null;

  /** Resolvers of the other fields read it. */
  run: Run;
}

export const RunConnection = connectionType('Run', () => RunType, 'Newest first.');

export function toRunType(run: Run): RunType {
  const { id, kind, environment, state, blocker, sampleDigest, startedAt, finishedAt } = run;
  return Object.assign(new RunType(), {
    id: publicId('Run', id),
    kind,
    environment,
    state,
    isTerminal: isTerminal(state),
    blockedBy: blocker ? [blocker] : [],
    plan: null,
    planHash: null,
    sampleDigest,
    startedAt,
    finishedAt,
    run,
  });
}

/** @param loads whether the counters count loaded records */
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
  const { runId, phases, loads, ...rest } = progress;
  return Object.assign(new RunProgressType(), {
    ...rest,
    runId: publicId('Run', runId),
    phases: toPhaseTypes(phases, loads),
    listings: toListingTypes(phases),
  });
}
