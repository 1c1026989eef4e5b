import { setTimeout as sleep } from 'node:timers/promises';
import { teammatesWith } from '../domain/model/agent.js';
import type { CallRecording } from '../domain/model/call-recording.js';
import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import { connectionOf, sealedSecretOf } from '../store/connections.js';
import { closeRecording, endAttaching, lockRecording } from '../store/recording-queue.js';
import { hasActiveWriter } from '../store/runs.js';
import { saveCrosswalk } from '../store/save-crosswalk.js';
import type { Tx } from '../store/transaction.js';
import { teammatesOf } from '../store/workspace-members.js';
import { requirePermission } from '../tenancy/permissions.js';
import { connectionPlace } from '../tenancy/secret-places.js';
import { AttachLease } from './attach-lease.js';
import type { OperationContext } from './context.js';
import { type FoundRecording, findCallRecording } from './find-call-recordings.js';
import { once } from './once.js';
import { appendClosedEvent, type CallRecordingActionInput, claimed, openRecording } from './recording-actions.js';
import { addRecordingNote, uncertain } from './recording-note.js';

/** Bytes. A request contains the whole file, and Intercom documents no limit. */
const maxBytes = 10 * 1024 * 1024;
const timeoutMs = 60_000;
/** Interval between two checks whether a call with the same idempotencyKey has ended. */
const pollMs = 250;

const path = ['input', 'callRecordingId'];

/** The target of a recording, and the author of its note. */
interface Upload {
  recording: CallRecording;
  access: Parameters<OperationContext['openDestination']>[0];
  adminId: string;
}

/**
 * Uploads a recording into its conversation, as a note with a file. A repetition uploads nothing: it finds the existing note
 * by its text. The claim before the upload and the outcome after it are separate transactions. So no row is locked during the
 * upload, nobody else works on the recording meanwhile, and after a crash the next call finds out whether the note exists.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RECORDING_CLAIMED, RECORDING_CLOSED, RECORDING_NOT_AVAILABLE,
 *   RECORDING_TOO_LARGE, CONVERSATION_NOT_LOADED, WORKSPACE_BUSY, DESTINATION_NOT_CONNECTED, PLACEHOLDER_MISSING,
 *   DESTINATION_REFUSED, ATTACH_UNCERTAIN
 */
export async function attachCallRecording(context: OperationContext, input: CallRecordingActionInput): Promise<FoundRecording> {
  requirePermission(context.principal, 'attachCallRecording');
  const uuid = uuidOf('CallRecording', input.callRecordingId, path);
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const next = await nextStep(context, input, uuid);
    if (next === 'DONE') break;
    if (next === 'WAIT') {
      if (performance.now() > deadline) throw claimed(context.principal.name);
      await sleep(pollMs);
      continue;
    }
    const lease = await AttachLease.take(context, next.recording.id, input.idempotencyKey ?? null);
    // Another call took the lease first. It can be a call with the same idempotencyKey.
    if (!lease) continue;
    try {
      await upload(context, input, next, lease);
    } finally {
      await lease.release();
    }
    break;
  }
  return (await findCallRecording(context, input.callRecordingId))!;
}

/** Rolls the transaction back, and with it the use of the idempotencyKey, because the upload is still to be done. */
class NotDone extends Error {}

/** WAIT: a call with the same idempotencyKey is uploading the recording, and both calls return the same answer. */
async function nextStep(
  context: OperationContext,
  input: CallRecordingActionInput,
  uuid: string | null,
): Promise<'DONE' | 'WAIT' | Upload> {
  let next: 'WAIT' | Upload = 'WAIT';
  try {
    await once(context, 'attachCallRecording', { ...input }, async tx => {
      const recording = await openRecording(context, tx, uuid, 'ATTACHED');
      if (!recording) return { done: true };
      const { attachingBy, attachingKey } = recording;
      if (attachingBy === null) next = await checkedUpload(context, tx, recording);
      else if (attachingKey === null || attachingKey !== input.idempotencyKey) throw claimed(attachingBy);
      throw new NotDone();
    });
    return 'DONE';
  } catch (error) {
    if (error instanceof NotDone) return next;
    throw error;
  }
}

async function checkedUpload(context: OperationContext, tx: Tx, recording: CallRecording): Promise<Upload> {
  const { conversationId, byteSize, availability, projectId } = recording;
  const refuse = (code: ConstructorParameters<typeof UserError>[0], message: string, retryable = false) =>
    new UserError(code, message, { path, retryable });
  if (availability !== 'DOWNLOADED')
    throw refuse('RECORDING_NOT_AVAILABLE', `Close it: its bytes are not available (${availability}).`);
  if (byteSize! > maxBytes)
    throw refuse(
      'RECORDING_TOO_LARGE',
      `Download it and attach it by hand: it has ${byteSize} bytes, and the limit is ${maxBytes}.`,
    );
  if ((await context.blobs.state(recording.sha256!)) !== 'KEPT')
    throw refuse('RECORDING_NOT_AVAILABLE', 'Restore DATA_DIR: the file of this recording is missing or was changed.');
  if (!conversationId) throw refuse('CONVERSATION_NOT_LOADED', 'Load the calls first: this one is in no conversation.');
  if (await hasActiveWriter(tx, projectId, 'PRODUCTION'))
    throw refuse(
      'WORKSPACE_BUSY',
      'Wait for the run that writes to this workspace: a note added now would stay between its messages.',
      true,
    );
  const connection = await connectionOf(tx, projectId, 'DESTINATION');
  const sealed = await sealedSecretOf(tx, projectId, 'DESTINATION');
  if (!connection || !sealed) throw refuse('DESTINATION_NOT_CONNECTED', 'Connect the DESTINATION side first.');
  const { baseUrl, options } = connection;
  const teammates = (await teammatesOf(tx, projectId)).filter(each => each.environment === 'PRODUCTION');
  const [placeholder] = teammatesWith((options.placeholderTeammateEmail as string | undefined) ?? null, teammates);
  if (!placeholder) throw refuse('PLACEHOLDER_MISSING', 'Name an existing teammate as placeholderTeammateEmail.');
  const secret = context.secretBox.open(sealed, connectionPlace(projectId, 'DESTINATION'));
  return { recording, access: { baseUrl, secret, options }, adminId: placeholder.teammateId };
}

async function upload(
  context: OperationContext,
  input: CallRecordingActionInput,
  { recording, access, adminId }: Upload,
  lease: AttachLease,
): Promise<void> {
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), lease.signal]);
  const destination = context.openDestination(access, {
    signal,
    onCall: () => context.usage.add(context.principal.organizationId, { calls: 1 }),
  });
  const partId = await addRecordingNote(context.blobs, destination, recording, adminId).catch(error => {
    // The upload took too long, or the lease was lost.
    throw signal.aborted ? uncertain(error) : error;
  });
  await once(context, 'attachCallRecording', { ...input }, async tx => {
    await lockRecording(tx, recording.id);
    // The owner of the new lease finds the note.
    if (!(await endAttaching(tx, recording.id, lease.token))) throw uncertain();
    const { id, projectId, organizationId, callId, conversationId } = recording;
    await saveCrosswalk(tx, { projectId, organizationId, environment: 'PRODUCTION' }, [
      {
        sourceType: 'RECORDING',
        sourceId: callId,
        destinationType: 'ATTACHMENT',
        destinationId: `${partId}/0`,
        conversationId,
        origin: 'CREATED',
        preImage: null,
      },
    ]);
    await closeRecording(tx, id, context.principal, 'ATTACHED', null);
    await appendClosedEvent(tx, context, recording, 'ATTACHED');
    return { done: true };
  });
}
