import { setTimeout as sleep } from 'node:timers/promises';
import { teammatesWith } from '../domain/model/agent.js';
import type { CallRecording } from '../domain/model/call-recording.js';
import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import { CallFailure } from '../domain/ports/call-failure.js';
import type { Destination } from '../domain/ports/destination.js';
import type { ConversationView } from '../domain/ports/destination-records.js';
import { readText } from '../domain/text/html-text.js';
import { packagePath } from '../domain/text/package-paths.js';
import { StreamedText } from '../domain/text/streamed-text.js';
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
import { type CallRecordingActionInput, claimed, openRecording, tellClosed } from './recording-actions.js';

/** A request holds the file whole, and Intercom tells no limit. */
const largest = 10 * 1024 * 1024;
const withinMs = 60_000;
/** How often it is looked whether a call with the same idempotencyKey has ended. */
const lookAgainMs = 250;
/** How often it is looked for where the answer was lost. */
const looks = 5;

const path = ['input', 'callRecordingId'];

/** Where a recording goes, and as whose note. */
interface Upload {
  recording: CallRecording;
  access: Parameters<OperationContext['openDestination']>[0];
  adminId: string;
}

/**
 * Uploads a recording into its conversation, as a note with a file; twice is once: what is there already is found by the
 * text of the note. It is claimed first and the outcome written down after, each in a transaction of its own: nothing is locked
 * while it is sent, nobody else works on it meanwhile, and after a crash the next call finds out what was done.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RECORDING_CLAIMED, RECORDING_CLOSED, RECORDING_NOT_AVAILABLE,
 *   RECORDING_TOO_LARGE, CONVERSATION_NOT_LOADED, WORKSPACE_BUSY, DESTINATION_NOT_CONNECTED, PLACEHOLDER_MISSING,
 *   DESTINATION_REFUSED, ATTACH_UNCERTAIN
 */
export async function attachCallRecording(context: OperationContext, input: CallRecordingActionInput): Promise<FoundRecording> {
  requirePermission(context.principal, 'attachCallRecording');
  const uuid = uuidOf('CallRecording', input.callRecordingId, path);
  const waitUntil = performance.now() + withinMs;
  for (;;) {
    const next = await nextStep(context, input, uuid);
    if (next === 'DONE') break;
    if (next === 'WAIT') {
      if (performance.now() > waitUntil) throw claimed(context.principal.name);
      await sleep(lookAgainMs);
      continue;
    }
    const lease = await AttachLease.take(context, next.recording.id, input.idempotencyKey ?? null);
    // Somebody was quicker: look again whether it is the same call.
    if (!lease) continue;
    try {
      await upload(context, input, next, lease);
    } finally {
      await lease.giveUp();
    }
    break;
  }
  return (await findCallRecording(context, input.callRecordingId))!;
}

/** Takes an effect back, and with it the idempotencyKey: nothing is brought about yet. */
class NotYet extends Error {}

/** WAIT: a call with the same idempotencyKey uploads it just now, and its answer is to be this one's too. */
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
      throw new NotYet();
    });
    return 'DONE';
  } catch (error) {
    if (error instanceof NotYet) return next;
    throw error;
  }
}

async function checkedUpload(context: OperationContext, tx: Tx, recording: CallRecording): Promise<Upload> {
  const { conversationId, byteSize, availability, projectId } = recording;
  const refuse = (code: ConstructorParameters<typeof UserError>[0], message: string, retryable = false) =>
    new UserError(code, message, { path, retryable });
  if (availability !== 'DOWNLOADED')
    throw refuse('RECORDING_NOT_AVAILABLE', `Close it: its bytes could not be had (${availability}).`);
  if (byteSize! > largest)
    throw refuse(
      'RECORDING_TOO_LARGE',
      `Download it and attach it by hand: ${byteSize} bytes are more than the ${largest} that are sent.`,
    );
  if ((await context.blobs.state(recording.sha256!)) !== 'KEPT')
    throw refuse('RECORDING_NOT_AVAILABLE', 'Restore DATA_DIR: the bytes of this recording are gone or were changed.');
  if (!conversationId) throw refuse('CONVERSATION_NOT_LOADED', 'Load the calls first: no conversation holds this one.');
  if (await hasActiveWriter(tx, projectId, 'PRODUCTION'))
    throw refuse(
      'WORKSPACE_BUSY',
      'Wait for the run that writes to this workspace: a note in the middle would stay there.',
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
  const signal = AbortSignal.any([AbortSignal.timeout(withinMs), lease.signal]);
  const destination = context.openDestination(access, { signal });
  const partId = await noteWithFile(context, destination, recording, adminId).catch(error => {
    // Called off: it took too long, or the lease was lost.
    throw signal.aborted ? uncertain(error) : error;
  });
  await once(context, 'attachCallRecording', { ...input }, async tx => {
    await lockRecording(tx, recording.id);
    // Anyone who has it now finds the note.
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
    await tellClosed(tx, context, recording, 'ATTACHED');
    return { done: true };
  });
}

const uncertain = (cause?: unknown) =>
  new UserError(
    'ATTACH_UNCERTAIN',
    'Try again in a minute: Intercom did not say whether it has the note, and does not show it.',
    { path, retryable: true, cause },
  );

/** @returns the id of the part */
async function noteWithFile(
  context: OperationContext,
  destination: Destination,
  recording: CallRecording,
  adminId: string,
): Promise<string> {
  const { callId, conversationId, contentType, sha256 } = recording;
  const text = `Recording of Infoset call ${callId}`;
  const found = (view: ConversationView | null) =>
    view?.parts.find(part => part.body !== null && readText(part.body) === text && part.attachments.length > 0)?.id;
  const look = async () => found(await destination.conversation(conversationId!));
  try {
    const existing = await look();
    if (existing) return existing;
    const data = StreamedText.base64(recording.byteSize!, () => context.blobs.stream(sha256!));
    const file = {
      name: packagePath(callId, contentType).split('/')[1]!,
      contentType: contentType ?? 'application/octet-stream',
      data,
    };
    const author = { type: 'admin' as const, id: adminId };
    const createdAt = Math.floor(Date.now() / 1000);
    const view = await destination.reply(conversationId!, {
      author,
      type: 'note',
      html: text,
      plain: true,
      createdAt,
      files: [file],
    });
    const sent = found(view) ?? (await look());
    if (sent) return sent;
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    if (!error.isAmbiguous && error.kind !== 'UNREACHABLE')
      throw new UserError('DESTINATION_REFUSED', `See to the workspace: ${error.message}`, {
        path,
        retryable: error.isTransient,
      });
    const sent = await foundLater(look);
    if (sent) return sent;
  }
  throw uncertain();
}

/** Looks for what may still land; while the workspace does not answer, nothing is known. */
async function foundLater(look: () => Promise<string | undefined>): Promise<string | undefined> {
  for (let times = 0; times < looks; times++) {
    await sleep(1_000);
    try {
      const sent = await look();
      if (sent) return sent;
    } catch (error) {
      if (!(error instanceof CallFailure && error.isTransient)) throw error;
    }
  }
  return undefined;
}
