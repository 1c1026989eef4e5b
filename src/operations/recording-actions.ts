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

export interface CallRecordingActionInput {
  callRecordingId: string;
  idempotencyKey?: string | null;
}

export interface CloseCallRecordingInput extends CallRecordingActionInput {
  status: ReattachmentStatus;
  note?: string | null;
}

/** How long a claim keeps others away, unless it is renewed. */
export const claimMs = 15 * 60_000;

/**
 * Keeps a recording for anyone who works on it; once more renews it.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RECORDING_CLAIMED, RECORDING_CLOSED
 */
export function claimCallRecording(context: OperationContext, input: CallRecordingActionInput): Promise<FoundRecording> {
  return act(context, 'claimCallRecording', input, async (tx, recording) => {
    await claimRecording(tx, recording.id, context.principal, claimMs);
  });
}

/**
 * Writes down that a person has attached it, or why it can't be; the same end again changes nothing.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, RECORDING_CLAIMED, RECORDING_CLOSED
 */
export function closeCallRecording(context: OperationContext, input: CloseCallRecordingInput): Promise<FoundRecording> {
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
      const end = status as 'ATTACHED' | 'NOT_POSSIBLE';
      await closeRecording(tx, recording.id, context.principal, end, note);
      await tellClosed(tx, context, recording, end);
    },
    status,
  );
}

export async function tellClosed(
  tx: Tx,
  { principal }: OperationContext,
  { projectId, id, callId }: CallRecording,
  status: string,
): Promise<void> {
  await appendEvent(tx, {
    projectId,
    type: 'RECORDING_CLOSED',
    message: `The recording of call ${callId} is ${status} by ${principal.name}.`,
    data: { callRecordingId: publicId('CallRecording', id), sourceCallId: callId, status },
  });
}

/** Acts on a recording that is open, and that nobody else works on. */
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

export const claimed = (who: string | null) =>
  new UserError('RECORDING_CLAIMED', `Take another one: ${who ?? 'somebody'} works on it.`, { path, retryable: true });

/**
 * A recording that is open and not claimed by another, locked; somebody may be uploading it.
 * @param done the end that is wanted: null where it stands already
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
  if (recording.status === 'ATTACHED' || recording.status === 'NOT_POSSIBLE') {
    if (recording.status === done) return null;
    throw new UserError('RECORDING_CLOSED', `Leave it: it is ${recording.status} by ${recording.claimedBy}.`, { path });
  }
  if (recording.status === 'CLAIMED' && recording.claimedByKey !== principal.apiKeyId) throw claimed(recording.claimedBy);
  return recording;
}
