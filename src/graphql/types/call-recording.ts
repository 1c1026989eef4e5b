import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ReattachmentStatus, RecordingAvailability } from '../../domain/model/call-recording.js';
import { publicId } from '../../domain/model/ids.js';
import type { FoundRecording } from '../../operations/find-call-recordings.js';
import { connectionType } from './connection.js';
import { ReattachmentStatusEnum, RecordingAvailabilityEnum } from './enums.js';
import { MutationInput } from './inputs.js';
import { Node } from './node.js';
import { Payload } from './payloads.js';

@ObjectType('CallRecording', { implements: Node, description: 'The recording of a call, and the state of its attachment.' })
export class CallRecordingType extends Node {
  @Field()
  sourceCallId: string;

  @Field(() => String, { nullable: true })
  ticketId: string | null;

  @Field(() => String, { nullable: true })
  conversationId: string | null;

  @Field(() => String, { nullable: true })
  conversationUrl: string | null;

  @Field(() => String, { nullable: true })
  agentName: string | null;

  @Field(() => String, { nullable: true })
  contactName: string | null;

  @Field(() => String, { nullable: true, description: "The customer's number, as the source stores it." })
  phone: string | null;

  @Field(() => Date, { nullable: true })
  startedAt: Date | null;

  @Field(() => Int, { nullable: true })
  durationSeconds: number | null;

  @Field(() => RecordingAvailabilityEnum)
  availability: RecordingAvailability;

  @Field(() => GraphQLSafeInt, { nullable: true })
  byteSize: number | null;

  @Field(() => String, { nullable: true })
  sha256: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Link to the bytes. It is valid for 15 minutes, needs no key and accepts Range. Null for a VIEWER.',
  })
  downloadUrl: string | null;

  @Field(() => ReattachmentStatusEnum, { description: 'State of the work. A claim that has expired is PENDING again.' })
  status: ReattachmentStatus;

  @Field(() => String, { nullable: true, description: 'Name of the key that claimed or closed it.' })
  claimedBy: string | null;

  @Field(() => Date, { nullable: true })
  claimExpiresAt: Date | null;

  @Field(() => Date, { nullable: true })
  closedAt: Date | null;

  @Field(() => String, { nullable: true })
  note: string | null;

  /** The resolver of `project` reads it. */
  projectId: string;
}

export const CallRecordingConnection = connectionType('CallRecording', () => CallRecordingType, 'Newest call first.');

@ObjectType()
export class CallRecordingPayload extends Payload {
  @Field(() => CallRecordingType, { nullable: true })
  callRecording?: CallRecordingType;
}

@InputType()
export class CallRecordingFilter {
  @Field(() => String, { nullable: true })
  sourceCallId?: string | null;

  @Field(() => String, { nullable: true })
  conversationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Telephone number in any format, with or without country code; at least four digits.',
  })
  phone?: string | null;

  @Field(() => Date, { nullable: true, description: 'Calls that began at this time or later.' })
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Calls that began at this time or earlier.' })
  to?: Date | null;

  @Field(() => ReattachmentStatusEnum, { nullable: true })
  status?: ReattachmentStatus | null;

  @Field(() => RecordingAvailabilityEnum, { nullable: true })
  availability?: RecordingAvailability | null;
}

@InputType()
export class CallRecordingActionInput extends MutationInput {
  @Field(() => ID)
  callRecordingId: string;
}

@InputType()
export class CloseCallRecordingInput extends MutationInput {
  @Field(() => ID)
  callRecordingId: string;

  @Field(() => ReattachmentStatusEnum, { description: 'One of ATTACHED, NOT_POSSIBLE.' })
  status: ReattachmentStatus;

  @Field(() => String, { nullable: true })
  note?: string | null;
}

export function toCallRecordingType(found: FoundRecording): CallRecordingType {
  const { id, callId } = found;
  return Object.assign(new CallRecordingType(), {
    ...found,
    id: publicId('CallRecording', id),
    sourceCallId: callId,
  });
}
