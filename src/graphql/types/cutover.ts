import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { HandedOver, ReadinessGap } from '../../domain/model/cutover.js';
import { publicId } from '../../domain/model/ids.js';
import type { RecordType } from '../../domain/model/record-type.js';
import type { FoundCutover } from '../../operations/find-cutovers.js';
import { RecordTypeEnum } from './enums.js';
import { MutationInput } from './inputs.js';

@ObjectType('ReadinessGap', { description: 'What must happen before a cutover can be completed.' })
export class ReadinessGapType {
  @Field({ description: 'One of CUTOVER_NOT_BEGUN, FINAL_DELTA_NOT_DONE, NOT_BALANCED.' })
  code: string;

  @Field({ description: 'The step that is left.' })
  message: string;
}

@ObjectType('HandedOver', { description: 'What was handed over of a record type.' })
export class HandedOverType {
  @Field(() => RecordTypeEnum)
  recordType: RecordType;

  @Field(() => Int, { nullable: true })
  source: number | null;

  @Field(() => Int)
  loaded: number;

  @Field(() => Int)
  verified: number;

  @Field(() => Int)
  skipped: number;

  @Field(() => Int)
  failed: number;
}

@ObjectType('Cutover', { description: 'The move to the new workspace: freeze, last delta, handover, hypercare and end.' })
export class CutoverType {
  @Field({ description: 'From this time on nobody works in Infoset.' })
  frozenAt: Date;

  @Field({ description: 'When it was begun.' })
  begunAt: Date;

  @Field({ description: 'Name of the API key that began it.' })
  begunBy: string;

  @Field(() => ID, { description: 'Id of the last DELTA run.' })
  deltaRunId: string;

  @Field({ description: 'Whether it can be completed now.' })
  isReady: boolean;

  @Field(() => [ReadinessGapType], { description: 'What must happen first; empty once it is completed.' })
  gaps: ReadinessGap[];

  @Field(() => Date, { nullable: true, description: 'When the workspace was handed over; null before.' })
  completedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Name of the API key that completed it.' })
  completedBy: string | null;

  @Field(() => String, { nullable: true, description: 'What that person wrote.' })
  note: string | null;

  @Field(() => [HandedOverType], { nullable: true, description: 'What was handed over; null before.' })
  figures: HandedOver[] | null;

  @Field(() => Date, { nullable: true, description: 'End of hypercare; null before it begins.' })
  hypercareUntil: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the project was closed; null before.' })
  closedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Name of the API key that closed it.' })
  closedBy: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was closed before the end of hypercare.' })
  closeReason: string | null;
}

export const toCutoverType = ({ cutover, gaps }: FoundCutover): CutoverType =>
  Object.assign(new CutoverType(), {
    ...cutover,
    deltaRunId: publicId('Run', cutover.deltaRunId),
    isReady: cutover.completedAt === null && gaps.length === 0,
    gaps,
  });

@InputType()
export class BeginCutoverInput extends MutationInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => Date, { nullable: true, description: 'From when on nobody works in Infoset; now if absent.' })
  frozenAt?: Date | null;
}

@InputType()
export class CompleteCutoverInput extends MutationInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => Int, { nullable: true, description: 'Days of hypercare: 0 to 90. If absent, those of the project.' })
  hypercareDays?: number | null;

  @Field(() => String, { nullable: true, description: 'At most 2,000 characters.' })
  note?: string | null;
}

@InputType()
export class CloseProjectInput extends MutationInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => String, { nullable: true, description: 'Required before the end of hypercare. At most 2,000 characters.' })
  reason?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True deletes raw records, stored files, secrets of connections and sample values for good; only for an ADMIN, also of a closed project. Crosswalk, reconciliation, documents and events stay. `Project.purge` follows it; a certificate is written at its end.',
  })
  purge?: boolean | null;
}
