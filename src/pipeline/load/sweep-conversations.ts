import type { ConversationDraft } from '../../domain/drafts/drafts.js';
import type { ConversationView } from '../../domain/ports/destination-records.js';
import type { HelpLinks } from '../../domain/text/help-links.js';
import { readBody, readText } from '../../domain/text/html-text.js';
import { differencesAsIssues } from '../../domain/verify/differences-as-issues.js';
import { holdsOthers } from '../../domain/verify/surplus.js';
import { destinationsOf, isClaimed } from '../../store/crosswalk.js';
import { draftsAfter, openDraft } from '../../store/drafts.js';
import { ConversationPlan } from './conversation-plan.js';
import type { Loading } from './loading.js';
import { duplicateRemoved } from './rebuild-conversation.js';
import { relinkedConversation } from './relinked-conversation.js';
import { writeAgain } from './write-once.js';

const atOnce = 500;

/**
 * Finds conversations that were opened twice, and deletes the one that no record is known by: a worker that was frozen
 * between its last look at the lease and the sending can still write late.
 */
export async function sweepConversations(x: Loading, type: 'TICKET' | 'CALL', links: HelpLinks): Promise<void> {
  const openings = await openingsOf(x, type, links);
  if (openings.size === 0) return;
  for await (const { id, createdAt, openingBody, openingAuthorId } of x.destination.conversations()) {
    x.work.checkHalt();
    const sourceId = openings.get(key(openingAuthorId, createdAt, readText(openingBody)));
    if (!sourceId || (await x.work.read(tx => isClaimed(tx, x.scope, 'CONVERSATION', id)))) continue;
    const whole = await x.destination.conversation(id);
    if (whole) await repair(x, type, sourceId, whole, links);
  }
}

async function repair(
  x: Loading,
  type: 'TICKET' | 'CALL',
  sourceId: string,
  surplus: ConversationView,
  links: HelpLinks,
): Promise<void> {
  const { id } = surplus;
  const open = (await x.work.read(tx => openDraft(tx, x.scope, type, sourceId)))!;
  const known = open.state?.destinationId ?? null;
  const plan = await ConversationPlan.of(x, relinkedConversation(JSON.parse(open.body) as ConversationDraft, links), known);
  if (!holdsOthers(plan.plannedParts(), surplus)) {
    await writeAgain(x, () => x.destination.deleteConversation(id));
    const what = `Conversation ${id} was opened a second time by a worker that had lost its lease; it was deleted.`;
    await x.journal.commit({ issues: [duplicateRemoved(type, sourceId, id, what)] });
    return;
  }
  // Somebody has written in it since: then it is theirs, and stays.
  const view = known && open.state?.state === 'DONE' ? await x.destination.conversation(known) : null;
  if (!view) return;
  const found = plan.compare(type, view, [{ field: 'surplus', expected: null, actual: `conversation ${id}` }]);
  const issues = found.flatMap(each => differencesAsIssues(x.scope.environment, each.recordType, sourceId, each));
  await x.journal.commit({ verifications: found, issues });
}

const key = (contactId: string, createdAt: number, body: string) => `${contactId} ${createdAt} ${body}`;

/** Records by how their conversation was opened. */
async function openingsOf(x: Loading, type: 'TICKET' | 'CALL', links: HelpLinks): Promise<Map<string, string>> {
  const openings = new Map<string, string>();
  for (let after = ''; ; ) {
    const portion = await x.work.read(tx => draftsAfter(tx, x.scope, type, after, atOnce));
    if (portion.length === 0) return openings;
    const drafts = portion.map(({ body }) => relinkedConversation(JSON.parse(body) as ConversationDraft, links));
    const contacts = await x.work.read(tx =>
      destinationsOf(
        tx,
        x.scope,
        'CONTACT',
        'CONTACT',
        drafts.flatMap(({ contact }) => contact ?? []),
      ),
    );
    for (const { sourceId, contact, opening } of drafts) {
      const contactId = contact === null ? x.refs.placeholderContact : contacts.get(contact);
      if (contactId) openings.set(key(contactId, opening.createdAt, readBody(opening.body, true)), sourceId);
    }
    after = portion.at(-1)!.sourceId;
  }
}
