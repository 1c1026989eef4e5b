import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { RecordType } from '../../domain/model/record-type.js';
import type { RunPhase, RunState } from '../../domain/model/run.js';
import { RecordTypeEnum, RunStateEnum } from './enums.js';
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

  @Field(() => Float, {
    nullable: true,
    description:
      'Calls of this run for each of its records, with those of reading back; null without records, or if another phase makes their calls.',
  })
  callsPerRecord: number | null;

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

/** @param loads whether the counters count loaded records */
export function toPhaseTypes(phases: readonly RunPhase[], loads: boolean): PhaseType[] {
  return phases.flatMap(({ recordType, state, source, staged, skipped, failed, apiCalls, startedAt, finishedAt }) => {
    if (!recordType) return [];
    const count = loads ? { staged: staged + skipped + failed, loaded: staged, verified: 0 } : { staged, loaded: 0, verified: 0 };
    const counts = toRecordCountType({ recordType, source, skipped, failed, ...count });
    const callsPerRecord = staged > 0 && apiCalls > 0 ? apiCalls / staged : null;
    return [Object.assign(new PhaseType(), { recordType, state, counts, apiCalls, callsPerRecord, startedAt, finishedAt })];
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
