import type { FileDraft } from '../../../domain/drafts/drafts.js';
import { CallFailure } from '../../../domain/ports/call-failure.js';
import type { ConversationView, PartView, ReplyFields } from '../../../domain/ports/destination-records.js';
import { readBody, readText } from '../../../domain/text/html-text.js';
import { StreamedText } from '../../../domain/text/streamed-text.js';
import { isMessage } from '../../../domain/verify/surplus.js';
import type { IntentKey } from '../../../store/load-intents.js';
import type { Loading } from '../engine/loading.js';
import { RecordFailure } from '../engine/record-failure.js';
import { writeOnce } from '../engine/write-once.js';

/** From this size on, files can be the reason that a request fails. */
const suspectBytes = 1024 * 1024;

interface SentPart {
  partId: string;
}

/** The files were refused, and nothing was written. */
interface RefusedPart {
  refused: string;
}

/**
 * Adds a part exactly once. If the answer is lost, a new part of this author and time is ours. If its body differs, the
 * verification reports that; it is never sent again.
 * @param held ids of the parts that were sent so far
 * @returns refused if the destination definitely does not accept the files
 */
export async function sendPart(
  context: Loading,
  intent: IntentKey,
  conversationId: string,
  reply: Omit<ReplyFields, 'files'>,
  files: readonly FileDraft[],
  held: ReadonlySet<string>,
): Promise<SentPart | RefusedPart> {
  const { destination } = context;
  const send = async (): Promise<SentPart> => {
    for (const file of files) await requireBytes(context, file);
    const sent = files.map(({ name, contentType, sha256, byteSize }) => ({
      name,
      contentType,
      data: StreamedText.base64(byteSize, () => context.blobs.stream(sha256)),
    }));
    const view = await destination.reply(conversationId, { ...reply, files: sent });
    const part = newPart(view, reply, held);
    // The answer does not contain the part: it is searched for.
    if (!part) throw new CallFailure('NOT_JSON', 'The answer to the reply does not contain it.');
    return { partId: part.id };
  };
  const find = async (): Promise<SentPart | undefined> => {
    const view = await destination.conversation(conversationId);
    if (!view)
      throw new RecordFailure(
        'LOAD_FAILED',
        'Its conversation was deleted in Intercom while it was loaded.',
        'Start the run again, or waive the issue.',
      );
    const part = newPart(view, reply, held);
    return part && { partId: part.id };
  };
  try {
    return await writeOnce(context, intent, send, find);
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    if (files.length > 0 && error.kind === 'REJECTED') return { refused: error.message };
    if (mayBeTooLarge(error, files)) {
      // The interrupted write can still take effect.
      await context.slots.park(context.settleMs);
      return (await find()) ?? { refused: error.message };
    }
    if (!(error.kind === 'NOT_FOUND' && reply.author.type === 'contact')) throw error;
    await restoreParticipant(context, reply.author.id);
    return writeOnce(context, intent, send, find);
  }
}

async function requireBytes(context: Loading, { name, sha256 }: FileDraft): Promise<void> {
  const state = await context.blobs.state(sha256);
  if (state === 'KEPT') return;
  throw new RecordFailure(
    'LOAD_FAILED',
    `The stored file ${name} is ${state === 'MISSING' ? 'missing' : 'not what was downloaded'}.`,
    'Restore DATA_DIR from its backup and start the run again. It continues after the last message.',
  );
}

/** Some servers close the connection when a request is too large. */
const mayBeTooLarge = ({ kind }: CallFailure, files: readonly FileDraft[]) =>
  (kind === 'RESET' || kind === 'TIMEOUT') && files.reduce((sum, { byteSize }) => sum + byteSize, 0) > suspectBytes;

/** The newest unknown message of this author and time; if there are several, the one with the same text. */
function newPart(
  { parts }: ConversationView,
  { author, createdAt, html, plain }: Omit<ReplyFields, 'files'>,
  held: ReadonlySet<string>,
): PartView | undefined {
  const ours = parts.filter(
    part => isMessage(part) && !held.has(part.id) && part.authorId === author.id && part.createdAt === createdAt,
  );
  return ours.findLast(part => readText(part.body ?? '') === readBody(html, plain)) ?? ours.at(-1);
}

/** A person archived the contact between two messages. It is restored, or its ticket waits for a person. */
async function restoreParticipant(context: Loading, contactId: string): Promise<void> {
  if (await context.destination.contact(contactId)) return;
  try {
    await context.destination.unarchiveContact(contactId);
  } catch (error) {
    if (!(error instanceof CallFailure && (error.kind === 'REJECTED' || error.kind === 'NOT_FOUND'))) throw error;
    const hint = 'Restore it in Intercom and start the run again. It continues after the last message. Or waive the issue.';
    throw new RecordFailure(
      'CONTACT_LOCKED',
      `Contact ${contactId} was deleted in Intercom while its messages were loaded.`,
      hint,
    );
  }
}
