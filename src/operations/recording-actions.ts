import type { CallRecording, ReattachmentStatus } from '../domain/model/call-recording.js';
import { UserError } from '../domain/model/errors.js';
import { publicId, uuidOf } from '../domain/model/ids.js';
import { appendEvent } from '../store/project-events.js';
import { callRecordingById, claimRecording, closeRecording, lockRecording } from '../store/recording-queue.js';
import type { Tx } from '../store/transaction.js';
import { type Action, requirePermission } from '../tenancy/permissions.js';
import type { OperationContext } from './context.js';
import { type FoundRecording, findCallRecording } from './find-call-recordings.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { requireUnarchived } from './require-unarchived.js';
import { requireUnpurged } from './require-unpurged.js';

export interface CallRecordingActionInput {
  callRecordingId: string;
  idempotencyKey?: string | null;
}

export interface CloseCallRecordingInput extends CallRecordingActionInput {
  status: ReattachmentStatus;
  note?: string | null;
}

/** How long a claim is valid, unless it is renewed. */
export const claimMs = 15 * 60_000;

/**
 * Reserves a recording for the caller. A repetition renews the claim.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RECORDING_CLAIMED, RECORDING_CLOSED
 */
export function claimCallRecording(context: OperationContext, input: CallRecordingActionInput): Promise<FoundRecording> {
  return act(context, 'claimCallRecording', input, async (tx, recording) => {
    await claimRecording(tx, recording.id, context.principal, claimMs);
  });
}

/**
 * Records that a person attached the recording, or why it cannot be attached. A repetition changes nothing.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, RECORDING_CLAIMED, RECORDING_CLOSED
 */
export function closeCallRecording(context: OperationContext, input: CloseCallRecordingInput): Promise<FoundRecording> {
  requirePermission(context.principal, 'closeCallRecording');
  const check = new InputCheck();
  const note = check.optionalText('note', input.note, 2_000);
  const { status } = input;
  if (status !== 'ATTACHED' && status !== 'NOT_POSSIBLE') check.add('status', 'Use ATTACHED or NOT_POSSIBLE.');
  check.done();
  return act(
    context,
    'closeCallRecording',
    input,
    async (tx, recording) => {
      const outcome = status as 'ATTACHED' | 'NOT_POSSIBLE';
      await closeRecording(tx, recording.id, context.principal, outcome, note);
      await appendClosedEvent(tx, context, recording, outcome);
    },
    status,
  );
}

export async function appendClosedEvent(
  tx: Tx,
  { principal }: OperationContext,
  { projectId, id, callId }: CallRecording,
  status: string,
): Promise<void> {
  await appendEvent(tx, {
    projectId,
    type: 'RECORDING_CLOSED',
    message: `${principal.name} closed the recording of call ${callId} as ${status}.`,
    data: { callRecordingId: publicId('CallRecording', id), sourceCallId: callId, status },
  });
}

/** Acts on an open recording that nobody else works on. */
async function act(
  context: OperationContext,
  action: Extract<Action, 'claimCallRecording' | 'closeCallRecording'>,
  input: CallRecordingActionInput,
  work: (tx: Tx, recording: CallRecording) => Promise<void>,
  done?: ReattachmentStatus,
): Promise<FoundRecording> {
  requirePermission(context.principal, action);
  const uuid = uuidOf('CallRecording', input.callRecordingId, path);
  await once(context, action, { ...input }, async tx => {
    const recording = await openRecording(context, tx, uuid, done);
    if (recording?.attachingBy) throw claimed(recording.attachingBy);
    if (recording) await work(tx, recording);
    return { done: true };
  });
  return (await findCallRecording(context, input.callRecordingId))!;
}

const path = ['input', 'callRecordingId'];

export const claimed = (name: string | null) =>
  new UserError('RECORDING_CLAIMED', `Choose another recording: ${name ?? 'somebody'} works on this one.`, {
    path,
    retryable: true,
  });

/**
 * Locks an open recording that nobody else has claimed. An upload of it can be under way.
 * @param done the wanted status
 * @returns null if the recording already has the wanted status
 * @throws UserError NOT_FOUND, RECORDING_CLAIMED, RECORDING_CLOSED
 */
export async function openRecording(
  { principal }: OperationContext,
  tx: Tx,
  uuid: string | null,
  done?: ReattachmentStatus,
): Promise<CallRecording | null> {
  if (uuid) await lockRecording(tx, uuid);
  const recording = uuid && (await callRecordingById(tx, uuid));
  if (!recording) throw new UserError('NOT_FOUND', 'Name a recording that exists.', { path });
  await requireUnarchived(tx, [recording.projectId], path);
  await requireUnpurged(tx, recording.projectId, path);
  if (recording.status === 'ATTACHED' || recording.status === 'NOT_POSSIBLE') {
    if (recording.status === done) return null;
    throw new UserError('RECORDING_CLOSED', `Nothing to do: ${recording.claimedBy} closed it as ${recording.status}.`, { path });
  }
  if (recording.status === 'CLAIMED' && recording.claimedByKey !== principal.apiKeyId) throw claimed(recording.claimedBy);
  return recording;
}
