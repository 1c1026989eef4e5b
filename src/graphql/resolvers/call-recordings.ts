import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { attachCallRecording } from '../../operations/attach-call-recording.js';
import { type FoundRecording, listCallRecordings } from '../../operations/find-call-recordings.js';
import { claimCallRecording, closeCallRecording } from '../../operations/recording-actions.js';
import type { GraphQLContext } from '../context.js';
import {
  CallRecordingActionInput,
  CallRecordingConnection,
  CallRecordingFilter,
  CallRecordingPayload,
  CloseCallRecordingInput,
  toCallRecordingType,
} from '../types/call-recording.js';
import { toConnection } from '../types/connection.js';
import { payload } from '../types/payloads.js';

const answer = (work: () => Promise<FoundRecording>): Promise<CallRecordingPayload> =>
  payload(async () => ({ callRecording: toCallRecordingType(await work()) }));

@Resolver()
export class CallRecordingResolver {
  @Query(() => CallRecordingConnection, {
    description: 'Recordings to re-attach: by call, by conversation, by telephone number, by time.',
  })
  async callRecordings(
    @Arg('projectId', () => ID) projectId: string,
    @Arg('filter', () => CallRecordingFilter, { nullable: true }) filter: CallRecordingFilter | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<CallRecordingConnection> {
    const page = await listCallRecordings(operation, projectId, filter ?? {}, first ?? 20, after ?? null);
    // They are in the order of their calls.
    const items = page.items.map(each => ({ ...each, createdAt: each.startedAt ?? new Date(0) }));
    return toConnection({ ...page, items }, toCallRecordingType);
  }

  @Mutation(() => CallRecordingPayload, {
    description: 'Keeps a recording for the caller for a quarter of an hour; once more renews it.',
  })
  claimCallRecording(
    @Arg('input') input: CallRecordingActionInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<CallRecordingPayload> {
    return answer(() => claimCallRecording(operation, input));
  }

  @Mutation(() => CallRecordingPayload, {
    description: 'Uploads the recording into its conversation as a note with an attachment.',
  })
  attachCallRecording(
    @Arg('input') input: CallRecordingActionInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<CallRecordingPayload> {
    return answer(() => attachCallRecording(operation, input));
  }

  @Mutation(() => CallRecordingPayload, { description: "Records that a person has attached it, or that it can't be." })
  closeCallRecording(
    @Arg('input') input: CloseCallRecordingInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<CallRecordingPayload> {
    return answer(() => closeCallRecording(operation, input));
  }
}
