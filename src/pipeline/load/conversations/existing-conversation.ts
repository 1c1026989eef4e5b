import type { PartDraft } from '../../../domain/drafts/drafts.js';
import { isTicketNote } from '../../../domain/drafts/late-part.js';
import { keyOf } from '../../../domain/drafts/part-files.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import { listingOf } from '../../../domain/model/record-types.js';
import type { ConversationView } from '../../../domain/ports/destination-records.js';
import { comparisons } from '../../../domain/verify/comparisons.js';
import { otherAttributesChanged } from '../../../domain/verify/other-attributes.js';
import { holdsOthers, isMessage } from '../../../domain/verify/surplus.js';
import type { OpenDraft } from '../../../store/drafts.js';
import { keepReadValues, readValuesOf } from '../../../store/human-edits.js';
import { editsSince, type KeptEdits, noEdits } from '../engine/kept-edits.js';
import type { Loading } from '../engine/loading.js';
import type { ConversationPlan } from './conversation-plan.js';
import { rebuildConversation } from './rebuild-conversation.js';

/** An existing conversation, before it is written again. */
export interface ExistingConversation {
  /** Whether it was deleted, to be created again. */
  isRebuilt: boolean;
  edits: KeptEdits;
  /** Messages that belong between others and can only be put at the end. */
  late: PartDraft[];
  /** Unix seconds: when the last message in it was written. */
  newest: number;
  /** Whether its contact is not a participant: the source has moved it to another contact. */
  lacksContact: boolean;
}

const unchanged: ExistingConversation = { isRebuilt: false, edits: noEdits, late: [], newest: 0, lacksContact: false };

/**
 * Compares the conversation in the workspace with the draft: what people have changed, and which messages cannot be added at the
 * end. If there are such messages and nobody has touched it, it is deleted and created again: parts can be neither inserted nor
 * changed.
 */
export async function existingConversation(
  context: Loading,
  type: 'TICKET' | 'CALL',
  plan: ConversationPlan,
  open: OpenDraft,
): Promise<ExistingConversation> {
  const id = open.state?.destinationId ?? null;
  // An interrupted conversation continues where it stopped.
  const isWhole = open.state?.state === 'DONE' || open.state?.state === 'FAILED';
  if (id === null || !isWhole) return unchanged;
  const { sourceId } = plan.draft;
  const last = (await context.work.transaction(tx => readValuesOf(tx, context.scope, type, [sourceId]))).get(sourceId) ?? {};
  const view = await context.destination.conversation(id);
  if (!view) {
    // A person has deleted it: it is created again only if somebody asked for that. Or a worker died while it rebuilt it.
    const isBroken = context.earlier.has({ recordType: type, sourceId, step: 'rebuild' });
    if (!open.rewrite && !isBroken) return unchanged;
    await rebuildConversation(context, type, sourceId, id, []);
    return { ...unchanged, isRebuilt: true };
  }
  const itself = comparisons[type](plan.draft, plan.refs(), view);
  const wasRead = Object.keys(last).length > 0;
  const { edits, kept } = wasRead ? editsSince(last, itself, open.rewrite) : { edits: noEdits, kept: last };
  const late = latePartsOf(plan, view);
  const lacksContact = !view.contactIds.includes(plan.contactId) && !edits.hasElement('contacts', plan.contactId);
  const isChanged = lacksContact || late.length > 0 || hasOtherOpening(plan) || hasChangedParts(plan, view);
  const isTouched = edits.size > 0 || !wasRead || hasTraces(plan, view, last);
  if (isChanged && !isTouched) {
    await rebuildConversation(context, type, sourceId, id, []);
    return { ...unchanged, isRebuilt: true };
  }
  // Only now: the values that were read are what shows that nobody has touched it, also to the next worker if this one dies.
  if (wasRead) await context.work.fencedTransaction(tx => keepReadValues(tx, context.scope, type, sourceId, kept));
  const newest = Math.max(view.createdAt, ...view.parts.filter(isMessage).map(part => part.createdAt));
  return { isRebuilt: false, edits, late, newest, lacksContact };
}

/** Parts that are not sent yet and belong before an existing part, of Landfall or of people. */
function latePartsOf(plan: ConversationPlan, view: ConversationView): PartDraft[] {
  const { parts, sent } = plan;
  const lastSent = parts.findLastIndex(part => sent.has(keyOf(part)) && !isTicketNote(part));
  const own = new Set(sent.values());
  const others = view.parts.filter(part => isMessage(part) && !own.has(part.id)).map(part => part.createdAt);
  const newestOther = Math.max(0, ...others);
  return parts.filter((part, index) => !sent.has(keyOf(part)) && (index < lastSent || part.createdAt < newestOther));
}

/** Whether another message comes first now. */
const hasOtherOpening = ({ draft: { opening }, sent }: ConversationPlan) =>
  opening.part !== null && !sent.has(keyOf(opening.part));

/** Whether a message has changed at the source after it was sent. */
function hasChangedParts(plan: ConversationPlan, view: ConversationView): boolean {
  const sent = plan.plannedParts().filter(({ partId }) => partId !== undefined);
  const { differences } = comparisons.MESSAGE(sent, view);
  return differences.some(({ field }) => field === 'content' || field === 'author' || field === 'type');
}

/** Whether people have written in it, tagged it, filled an attribute of it, or taken part in it. */
function hasTraces(plan: ConversationPlan, view: ConversationView, last: Readonly<Record<string, string>>): boolean {
  const planned = plan.plannedParts().filter(({ partId }) => partId !== undefined);
  if (holdsOthers(planned, view) || otherAttributesChanged(plan.draft, view, last)) return true;
  const people = plan.people();
  const { tags } = plan.refs();
  const isOurs = (tag: string) => tags.includes(tag) || Object.hasOwn(last, `tags[${tag}]`);
  return !view.tags.every(isOurs) || !view.contactIds.every(id => people.has(id));
}

export const lateMessage = (type: 'TICKET' | 'CALL', ticketId: string, { messages }: PartDraft): NewIssue => ({
  code: 'LATE_MESSAGE',
  severity: 'WARNING',
  recordType: messages.length > 0 ? 'MESSAGE' : type,
  listing: listingOf(messages.length > 0 ? 'MESSAGE' : type),
  sourceId: messages.at(-1) ?? ticketId,
  about: '',
  message: `It belongs between messages of ticket ${ticketId} in which people have written since. It is at the end, and its text contains its time.`,
  hint: null,
});
