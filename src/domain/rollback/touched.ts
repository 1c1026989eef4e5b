import type { ConversationDraft } from '../drafts/drafts.js';
import type { ConversationView, PartView } from '../ports/destination-records.js';
import { readText } from '../text/html-text.js';
import { type ConversationRefs, compareConversation } from '../verify/compare-conversation.js';
import { otherAttributesChanged } from '../verify/other-attributes.js';
import { newDifferences, type ReadBefore } from './edits.js';

export interface ConversationExpected {
  refs: ConversationRefs;
  /** Ids of parts that Landfall sent. */
  parts: ReadonlySet<string>;
  /** Authors and times of what is planned: a part whose answer was lost has no id yet. */
  planned: readonly { authorId: string | null; createdAt: number }[];
  /** Contacts that take part. */
  people: ReadonlySet<string>;
}

const mergeNote = /^(This ticket was merged into Infoset #.+|Infoset #.+ was merged into this ticket): \S+$/s;

const isOurs = (part: PartView, { parts, planned }: ConversationExpected) =>
  parts.has(part.id) ||
  planned.some(each => each.authorId === part.authorId && each.createdAt === part.createdAt) ||
  (part.authorType === 'admin' && mergeNote.test(readText(part.body ?? '')));

/** Whether people have written in a conversation, or changed it, since it was loaded. */
export function isTouched(
  draft: ConversationDraft,
  expected: ConversationExpected,
  view: ConversationView,
  read: ReadBefore,
): boolean {
  if (view.parts.some(part => part.body !== null && !isOurs(part, expected))) return true;
  if (otherAttributesChanged(draft, view, read.values)) return true;
  // The end of a snooze opens it. No person did that.
  const isOver = draft.state === 'snoozed' && view.parts.some(({ type }) => type === 'timer_unsnooze');
  const differences = compareConversation(draft, expected.refs, view).differences.filter(({ field }) => {
    if (field === 'state') return read.isWhole ? !isOver : false;
    return read.isWhole || draft.fields[field] !== 'tags';
  });
  return (
    newDifferences(differences, read).length > 0 ||
    view.tags.some(tag => !expected.refs.tags.includes(tag)) ||
    view.contactIds.some(id => !expected.people.has(id))
  );
}
