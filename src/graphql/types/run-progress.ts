import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { RunState, WaitingFor } from '../../domain/model/run.js';
import type { RunProgress } from '../../operations/run-progress.js';
import { RunStateEnum } from './enums.js';
import { ListingCensusType, PhaseType, toListingTypes, toPhaseTypes } from './phase.js';

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
      'Why the run waits or is slow: SCHEDULE (its time or window has not come), CALL_BUDGET (its calls of this hour are spent), SLOT (no worker has a free slot for it or its organization), RATE_LIMIT (limit of the destination), SOURCE_LIMIT (limit of the source), BLOCKED, PAUSED or STALLED; null otherwise.',
  })
  waitingFor: WaitingFor | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the wait for SCHEDULE or CALL_BUDGET ends; null for other waits.',
  })
  waitingUntil: Date | null;

  @Field()
  at: Date;
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
