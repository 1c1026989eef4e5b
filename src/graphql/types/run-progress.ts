import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { RunState, WaitingFor } from '../../domain/model/run.js';
import type { Stall } from '../../domain/model/stall.js';
import type { RunProgress } from '../../operations/run-progress.js';
import { RunStateEnum } from './enums.js';
import { ListingCensusType, PhaseType, toListingTypes, toPhaseTypes } from './phase.js';

@ObjectType('RunStall', { description: 'Why a run does not move although it is RUNNING. It is shown within 60 seconds.' })
export class RunStallType {
  @Field(() => String, {
    description:
      'WORKER_SILENT: its worker has stopped, and another one will continue the run. SOURCE_SILENT, DESTINATION_SILENT: for 45 seconds all calls to that side have failed; they are repeated.',
  })
  cause: string;

  @Field(() => Date, { nullable: true, description: 'Since when; null if not known.' })
  since: Date | null;

  @Field({ description: 'What happens, and the last failure.' })
  message: string;
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
      'Why the run waits or is slow: SCHEDULE (its time or window has not come), CALL_BUDGET (its calls of this hour are spent), SLOT (no worker has a free slot for it or its organization), RATE_LIMIT (limit of the destination), SOURCE_LIMIT (limit of the source), BLOCKED, PAUSED or STALLED; null otherwise.',
  })
  waitingFor: WaitingFor | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the wait for SCHEDULE or CALL_BUDGET ends; null for other waits.',
  })
  waitingUntil: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When its worker last showed that it is alive, about every second; null before the first worker.',
  })
  heartbeatAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'The last usable answer of the source in this run; null if there was none.',
  })
  sourceAnsweredAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'The last usable answer of the workspace in this run; null if there was none.',
  })
  destinationAnsweredAt: Date | null;

  @Field(() => RunStallType, { nullable: true, description: 'Why it is STALLED; null if it is not.' })
  stall: Stall | null;

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
