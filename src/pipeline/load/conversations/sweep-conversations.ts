import type { ConversationDraft } from '../../../domain/drafts/drafts.js';
import type { ConversationView } from '../../../domain/ports/destination-records.js';
import type { HelpLinks } from '../../../domain/text/help-links.js';
import { readBody, readText } from '../../../domain/text/html-text.js';
import { holdsOthers } from '../../../domain/verify/surplus.js';
import { destinationsOf, isClaimed } from '../../../store/crosswalk.js';
import { draftsAfter, openDraft } from '../../../store/drafts.js';
import type { Loading } from '../engine/loading.js';
import { writeAgain } from '../engine/write-once.js';
import { ConversationPlan } from './conversation-plan.js';
import { duplicateRemoved } from './rebuild-conversation.js';
import { relinkedConversation } from './relinked-conversation.js';

const batchSize = 500;

/**
 * Finds conversations that were opened twice and deletes the one without a record. A worker that was frozen between its last
 * check of the lease and the call can write late.
 */
export async function sweepConversations(context: Loading, type: 'TICKET' | 'CALL', links: HelpLinks): Promise<void> {
  const openings = await openingsOf(context, type, links);
  if (openings.size === 0) return;
  // What an earlier worker has sent must have taken effect before it can be found.
  const left = context.earlier.msLeft();
  if (left > 0) await context.slots.park(left);
  for await (const { id, createdAt, openingBody, openingAuthorId } of context.destination.conversations()) {
    context.work.checkHalt();
    const sourceId = openings.get(key(openingAuthorId, createdAt, readText(openingBody)));
    if (!sourceId || (await context.work.transaction(tx => isClaimed(tx, context.scope, 'CONVERSATION', id)))) continue;
    const whole = await context.destination.conversation(id);
    if (whole) await repair(context, type, sourceId, whole, links);
  }
}

async function repair(
  context: Loading,
  type: 'TICKET' | 'CALL',
  sourceId: string,
  surplus: ConversationView,
  links: HelpLinks,
): Promise<void> {
  const { id } = surplus;
  const open = (await context.work.transaction(tx => openDraft(tx, context.scope, type, sourceId)))!;
  const known = open.state?.destinationId ?? null;
  const plan = await ConversationPlan.of(context, relinkedConversation(JSON.parse(open.body) as ConversationDraft, links), known);
  if (!holdsOthers(plan.plannedParts(), surplus)) {
    await writeAgain(context, () => context.destination.deleteConversation(id));
    const what = `A worker that had lost its lease opened conversation ${id} as a duplicate. It was deleted.`;
    await context.journal.commit({ issues: [duplicateRemoved(type, sourceId, id, what)] });
    return;
  }
  // If a person has written in it since, it is kept.
  const view = known && open.state?.state === 'DONE' ? await context.destination.conversation(known) : null;
  if (!view) return;
  const more = [{ field: 'surplus', expected: null, actual: `conversation ${id}` }];
  await context.journal.commit(await context.readBack.readConversation(plan.expected(type), view, more));
}

const key = (contactId: string, createdAt: number, body: string) => `${contactId} ${createdAt} ${body}`;

/** Records by the opening of their conversation. */
async function openingsOf(context: Loading, type: 'TICKET' | 'CALL', links: HelpLinks): Promise<Map<string, string>> {
  const openings = new Map<string, string>();
  for (let after = ''; ; ) {
    const batch = await context.work.transaction(tx => draftsAfter(tx, context.scope, type, after, batchSize));
    if (batch.length === 0) return openings;
    const drafts = batch.map(({ body }) => relinkedConversation(JSON.parse(body) as ConversationDraft, links));
    const contacts = await context.work.transaction(tx =>
      destinationsOf(
        tx,
        context.scope,
        'CONTACT',
        'CONTACT',
        drafts.flatMap(({ contact }) => contact ?? []),
      ),
    );
    for (const { sourceId, contact, opening } of drafts) {
      const contactId = contact === null ? context.refs.placeholderContact : contacts.get(contact);
      if (contactId) openings.set(key(contactId, opening.createdAt, readBody(opening.body, true)), sourceId);
    }
    after = batch.at(-1)!.sourceId;
  }
}
