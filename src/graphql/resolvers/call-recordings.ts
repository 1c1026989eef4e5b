import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { attachCallRecording } from '../../operations/attach-call-recording.js';
import { keysetCursor } from '../../operations/cursor.js';
import { type FoundRecording, listCallRecordings } from '../../operations/find-call-recordings.js';
import { claimCallRecording, closeCallRecording } from '../../operations/recording-actions.js';
import type { GraphQLContext } from '../context.js';
import {
  CallRecordingActionInput,
  CallRecordingConnection,
  CallRecordingFilter,
  CallRecordingPayload,
  type CallRecordingType,
  CloseCallRecordingInput,
  toCallRecordingType,
} from '../types/call-recording.js';
import { type Connection, toConnection } from '../types/connection.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { payload } from '../types/payloads.js';

/** Recordings are in the order of their calls. */
const cursorOf = ({ id, startedAt }: FoundRecording) => keysetCursor.write({ at: startedAt ?? new Date(0), id });

const toPayload = (work: () => Promise<FoundRecording>): Promise<CallRecordingPayload> =>
  payload(async () => ({ callRecording: toCallRecordingType(await work()) }));

@Resolver()
export class CallRecordingResolver {
  @Query(() => CallRecordingConnection, {
    description: 'Recordings to attach: by call, by conversation, by telephone number or by time.',
  })
  async callRecordings(
    @Arg('projectId', () => ID) projectId: string,
    @Arg('filter', () => CallRecordingFilter, { nullable: true }) filter: CallRecordingFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<Connection<CallRecordingType>> {
    const recordings = await listCallRecordings(operation, projectId, filter ?? {}, pageOf(page));
    return toConnection(recordings, cursorOf, toCallRecordingType);
  }

  @Mutation(() => CallRecordingPayload, {
    description: 'Reserves a recording for the caller for 15 minutes. Claiming again renews the claim.',
  })
  claimCallRecording(
    @Arg('input') input: CallRecordingActionInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<CallRecordingPayload> {
    return toPayload(() => claimCallRecording(operation, input));
  }

  @Mutation(() => CallRecordingPayload, {
    description: 'Uploads the recording into its conversation as a note with an attachment.',
  })
  attachCallRecording(
    @Arg('input') input: CallRecordingActionInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<CallRecordingPayload> {
    return toPayload(() => attachCallRecording(operation, input));
  }

  @Mutation(() => CallRecordingPayload, {
    description: 'Records that a person attached the recording, or that it cannot be attached.',
  })
  closeCallRecording(
    @Arg('input') input: CloseCallRecordingInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<CallRecordingPayload> {
    return toPayload(() => closeCallRecording(operation, input));
  }
}
