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

/** From here on files may be why a request never comes through. */
const suspectBytes = 1024 * 1024;

interface SentPart {
  partId: string;
}

/** Its files are refused: nothing of it is there. */
interface RefusedPart {
  refused: string;
}

/**
 * Adds a part exactly once. Where the answer is lost, a part of this author and time behind those that we hold is ours; a
 * body that differs is a finding of the verification, never a reason to send again.
 * @param held ids of the parts that we have sent so far
 * @returns refused where the destination takes the part with these files certainly not
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
    // An answer without what was sent: then it is looked for.
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
    if (isTooLargeToGetThrough(error, files)) {
      // What was broken off may still land.
      await context.slots.park(context.settleMs);
      return (await find()) ?? { refused: error.message };
    }
    if (!(error.kind === 'NOT_FOUND' && reply.author.type === 'contact')) throw error;
    await bringBack(context, reply.author.id);
    return writeOnce(context, intent, send, find);
  }
}

async function requireBytes(context: Loading, { name, sha256 }: FileDraft): Promise<void> {
  const state = await context.blobs.state(sha256);
  if (state === 'KEPT') return;
  throw new RecordFailure(
    'LOAD_FAILED',
    `The stored file ${name}is ${state === 'MISSING' ? 'missing' : 'not what was downloaded'}.`,
    'Restore DATA_DIR from its backup and start the run again. It continues after the last message.',
  );
}

/** Some break the connection off instead of saying that a request is too large for them. */
const isTooLargeToGetThrough = ({ kind }: CallFailure, files: readonly FileDraft[]) =>
  (kind === 'RESET' || kind === 'TIMEOUT') && files.reduce((sum, { byteSize }) => sum + byteSize, 0) > suspectBytes;

/** The newest message of this author and time that we do not hold yet; of several the one with the text. */
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

/** A person has archived the contact between two messages: it is brought back, or its ticket waits for a person. */
async function bringBack(context: Loading, contactId: string): Promise<void> {
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
