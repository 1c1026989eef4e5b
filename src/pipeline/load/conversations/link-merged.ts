import { recordOf } from '../../../domain/model/record-fields.js';
import { listingOf } from '../../../domain/model/record-types.js';
import type { ConversationView } from '../../../domain/ports/destination-records.js';
import { readText } from '../../../domain/text/html-text.js';
import { mergedInto } from '../../../sources/shapes.js';
import { conversationsOf } from '../../../store/crosswalk.js';
import { mergedTickets } from '../../../store/gone-records.js';
import type { Loading } from '../engine/loading.js';
import { writeOnce } from '../engine/write-once.js';

const batchSize = 200;

/** Links merged tickets: each of the two conversations gets a note with a link to the other. */
export async function linkMerged(context: Loading): Promise<void> {
  // A delta reads only conversations that have changed.
  const since = context.run.kind === 'DELTA' ? context.run.startedAt : null;
  for (let after = ''; ; ) {
    const page = { since, after, limit: batchSize };
    const batch = await context.work.transaction(tx => mergedTickets(tx, context.scope, listingOf('TICKET'), page));
    for (const { sourceId, raw } of batch) await linkBoth(context, sourceId, mergedInto(recordOf(raw)));
    if (batch.length < batchSize) return;
    after = batch.at(-1)!.sourceId;
  }
}

async function linkBoth(context: Loading, sourceId: string, into: string): Promise<void> {
  context.work.checkHalt();
  // Merged into itself: there is no other conversation.
  if (sourceId === into) return;
  const held = await context.work.transaction(tx => conversationsOf(tx, context.scope, 'TICKET', [sourceId, into]));
  const [merged, survivor] = [held.get(sourceId), held.get(into)];
  if (!merged || !survivor) return;
  await noteOnce(context, sourceId, merged, `This ticket was merged into Infoset #${into}`, survivor);
  await noteOnce(context, into, survivor, `Infoset #${sourceId} was merged into this ticket`, merged);
}

async function noteOnce(context: Loading, ticket: string, conversationId: string, text: string, other: string): Promise<void> {
  const { destination, refs, journal } = context;
  const link = context.linkTo('CONVERSATION', other);
  // Plain text, which every workspace shows the same way.
  const note = `${text}: ${link}`;
  const holds = (view: ConversationView | null) => view?.parts.some(({ body }) => readText(body ?? '') === note);
  const intent = { recordType: 'TICKET' as const, sourceId: ticket, step: `merged ${other}` };
  const view = await destination.conversation(conversationId);
  // If a person deleted it, there is nothing to link.
  if (!view || holds(view)) {
    // A worker died before it recorded that the note exists.
    if (context.earlier.delete(intent)) await journal.commit({ settled: [intent] });
    return;
  }
  const createdAt = Math.max(view.createdAt, ...view.parts.filter(({ body }) => body !== null).map(part => part.createdAt)) + 1;
  await journal.commit({ intents: [intent] });
  await writeOnce(
    context,
    intent,
    async () => {
      const author = { type: 'admin' as const, id: refs.placeholderTeammate };
      await destination.reply(conversationId, { author, type: 'note', html: note, plain: true, createdAt, files: [] });
      return true;
    },
    async () => holds(await destination.conversation(conversationId)) || undefined,
  );
  await journal.commit({ settled: [intent] });
}
