import { readBody, readText } from '../../domain/html-text.js';
import type { NewIssue } from '../../domain/issue.js';
import type { ConversationDraft } from '../../domain/load/drafts.js';
import { destinationsOf, isClaimed } from '../../store/crosswalk.js';
import { draftsAfter } from '../../store/drafts.js';
import type { Loading } from './loading.js';
import { writeAgain } from './write-once.js';

const atOnce = 500;

/**
 * Finds conversations that were opened twice, and deletes the one that no record is known by: a worker that was frozen
 * between its last look at the lease and the sending can still write late. Only where a run had several workers.
 */
export async function sweepDuplicates(x: Loading): Promise<void> {
  if (x.work.lease.epoch <= 1) return;
  const openings = await openingsOf(x);
  for await (const conversation of x.destination.conversations()) {
    x.work.checkHalt();
    const { id, createdAt, openingBody, openingAuthorId } = conversation;
    const ticket = openings.get(key(openingAuthorId, createdAt, readText(openingBody)));
    if (!ticket || (await x.work.read(tx => isClaimed(tx, x.scope, 'CONVERSATION', id)))) continue;
    const whole = await x.destination.conversation(id);
    // Somebody has written in it since: then it is theirs.
    if (!whole || whole.parts.some(part => part.body !== null)) continue;
    await writeAgain(x, () => x.destination.deleteConversation(id));
    const issue: NewIssue = {
      code: 'DUPLICATE_REMOVED',
      severity: 'INFO',
      recordType: 'TICKET',
      listing: 'tickets',
      sourceId: ticket,
      about: id,
      message: `Conversation ${id} was opened a second time by a worker that had lost its lease; it was deleted.`,
      hint: null,
    };
    await x.journal.commit({ issues: [issue] });
  }
}

const key = (contactId: string, createdAt: number, body: string) => `${contactId} ${createdAt} ${body}`;

/** Tickets by how their conversation was opened. */
async function openingsOf(x: Loading): Promise<Map<string, string>> {
  const openings = new Map<string, string>();
  for (let after = ''; ; ) {
    const portion = await x.work.read(tx => draftsAfter(tx, x.scope, 'TICKET', after, atOnce));
    if (portion.length === 0) return openings;
    const drafts = portion.map(({ body }) => JSON.parse(body) as ConversationDraft);
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
