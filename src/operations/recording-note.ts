import { setTimeout as sleep } from 'node:timers/promises';
import type { CallRecording } from '../domain/model/call-recording.js';
import { UserError } from '../domain/model/errors.js';
import type { BlobStore } from '../domain/ports/blob-store.js';
import { CallFailure } from '../domain/ports/call-failure.js';
import type { Destination } from '../domain/ports/destination.js';
import type { ConversationView } from '../domain/ports/destination-records.js';
import { readText } from '../domain/text/html-text.js';
import { packagePath } from '../domain/text/package-paths.js';
import { StreamedText } from '../domain/text/streamed-text.js';

/** How many times a note is searched for after its answer was lost. */
const searches = 5;

const path = ['input', 'callRecordingId'];

/** Nobody knows whether the note exists. */
export const uncertain = (cause?: unknown) =>
  new UserError('ATTACH_UNCERTAIN', 'Try again in a minute: Intercom did not confirm the note, and does not show it.', {
    path,
    retryable: true,
    cause,
  });

/**
 * Adds the note with the file to the conversation of the recording, unless it exists.
 * @returns the id of the part
 * @throws UserError DESTINATION_REFUSED, ATTACH_UNCERTAIN
 */
export async function addRecordingNote(
  blobs: BlobStore,
  destination: Destination,
  recording: CallRecording,
  adminId: string,
): Promise<string> {
  const { callId, conversationId, contentType, sha256 } = recording;
  const text = `Recording of Infoset call ${callId}`;
  const found = (view: ConversationView | null) =>
    view?.parts.find(part => part.body !== null && readText(part.body) === text && part.attachments.length > 0)?.id;
  const search = async () => found(await destination.conversation(conversationId!));
  try {
    const existing = await search();
    if (existing) return existing;
    const data = StreamedText.base64(recording.byteSize!, () => blobs.stream(sha256!));
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
    const sent = found(view) ?? (await search());
    if (sent) return sent;
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    if (!error.isAmbiguous && error.kind !== 'UNREACHABLE')
      throw new UserError('DESTINATION_REFUSED', `Check the workspace: ${error.message}`, {
        path,
        retryable: error.isTransient,
      });
    const sent = await searchRepeatedly(search);
    if (sent) return sent;
  }
  throw uncertain();
}

/** Searches for a note that can still appear. A workspace that does not answer proves nothing. */
async function searchRepeatedly(search: () => Promise<string | undefined>): Promise<string | undefined> {
  for (let times = 0; times < searches; times++) {
    await sleep(1_000);
    try {
      const sent = await search();
      if (sent) return sent;
    } catch (error) {
      if (!(error instanceof CallFailure && error.isTransient)) throw error;
    }
  }
  return undefined;
}
