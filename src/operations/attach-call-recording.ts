import { setTimeout as sleep } from 'node:timers/promises';
import { teammatesWith } from '../domain/agent.js';
import { CallFailure } from '../domain/call-failure.js';
import type { CallRecording } from '../domain/call-recording.js';
import type { Destination } from '../domain/destination.js';
import type { ConversationView } from '../domain/destination-records.js';
import { UserError } from '../domain/errors.js';
import { readText } from '../domain/html-text.js';
import { packagePath } from '../domain/package-paths.js';
import { StreamedText } from '../domain/streamed-text.js';
import { connectionOf, sealedSecretOf } from '../store/connections.js';
import { saveCrosswalk } from '../store/load-tables.js';
import { closeRecording } from '../store/recording-queue.js';
import { hasActiveWriter } from '../store/runs.js';
import type { Tx } from '../store/transaction.js';
import { teammatesOf } from '../store/workspace-members.js';
import { connectionPlace } from '../tenancy/secret-places.js';
import type { OperationContext } from './context.js';
import type { FoundRecording } from './find-call-recordings.js';
import { act, type CallRecordingActionInput, tellClosed } from './recording-actions.js';

/** A request holds the file whole, and Intercom tells no limit. */
const largest = 10 * 1024 * 1024;
const withinMs = 60_000;
/** How often it is looked for where the answer was lost. */
const looks = 5;

const path = ['input', 'callRecordingId'];

/**
 * Uploads a recording into its conversation, as a note with a file; twice is once: what stands there already is found by the
 * text of the note. Nobody else can work on the recording meanwhile.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RECORDING_CLAIMED, RECORDING_CLOSED, RECORDING_NOT_AVAILABLE,
 *   RECORDING_TOO_LARGE, CONVERSATION_NOT_LOADED, WORKSPACE_BUSY, DESTINATION_NOT_CONNECTED, PLACEHOLDER_MISSING,
 *   DESTINATION_REFUSED, ATTACH_UNCERTAIN
 */
export function attachCallRecording(context: OperationContext, input: CallRecordingActionInput): Promise<FoundRecording> {
  return act(
    context,
    'attachCallRecording',
    input,
    async (tx, recording) => {
      const { conversationId, byteSize, availability } = recording;
      const refuse = (code: ConstructorParameters<typeof UserError>[0], message: string, retryable = false) =>
        new UserError(code, message, { path, retryable });
      if (availability !== 'DOWNLOADED')
        throw refuse('RECORDING_NOT_AVAILABLE', `Close it: its bytes could not be had (${availability}).`);
      if (byteSize! > largest)
        throw refuse(
          'RECORDING_TOO_LARGE',
          `Download it and attach it by hand: ${byteSize} bytes are more than the ${largest} that are sent.`,
        );
      if (!conversationId) throw refuse('CONVERSATION_NOT_LOADED', 'Load the calls first: no conversation holds this one.');
      if (await hasActiveWriter(tx, recording.projectId, 'PRODUCTION'))
        throw refuse(
          'WORKSPACE_BUSY',
          'Wait for the run that writes to this workspace: a note in the middle would stay there.',
          true,
        );
      const { destination, adminId } = await openDestination(context, tx, recording);
      const partId = await noteWithFile(context, destination, recording, adminId);
      await saveCrosswalk(
        tx,
        { projectId: recording.projectId, organizationId: recording.organizationId, environment: 'PRODUCTION' },
        [
          {
            sourceType: 'RECORDING',
            sourceId: recording.callId,
            destinationType: 'ATTACHMENT',
            destinationId: `${partId}/0`,
            conversationId,
            origin: 'CREATED',
            preImage: null,
          },
        ],
      );
      await closeRecording(tx, recording.id, context.principal, 'ATTACHED', null);
      await tellClosed(tx, context, recording, 'ATTACHED');
    },
    'ATTACHED',
  );
}

async function openDestination(
  context: OperationContext,
  tx: Tx,
  { projectId }: CallRecording,
): Promise<{ destination: Destination; adminId: string }> {
  const connection = await connectionOf(tx, projectId, 'DESTINATION');
  const sealed = await sealedSecretOf(tx, projectId, 'DESTINATION');
  if (!connection || !sealed) throw new UserError('DESTINATION_NOT_CONNECTED', 'Connect the DESTINATION side first.', { path });
  const { baseUrl, options } = connection;
  const teammates = (await teammatesOf(tx, projectId)).filter(each => each.environment === 'PRODUCTION');
  const [placeholder] = teammatesWith((options.placeholderTeammateEmail as string | undefined) ?? null, teammates);
  if (!placeholder)
    throw new UserError('PLACEHOLDER_MISSING', 'Name an existing teammate as placeholderTeammateEmail.', { path });
  const secret = context.secretBox.open(sealed, connectionPlace(projectId, 'DESTINATION'));
  const destination = context.openDestination({ baseUrl, secret, options }, { signal: AbortSignal.timeout(withinMs) });
  return { destination, adminId: placeholder.teammateId };
}

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
    const standing = await look();
    if (standing) return standing;
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
  throw new UserError(
    'ATTACH_UNCERTAIN',
    'Try again in a minute: Intercom did not say whether it has the note, and does not show it.',
    {
      path,
      retryable: true,
    },
  );
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
