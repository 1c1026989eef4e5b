import type { PlannedPart } from '../drafts/planned-part.js';
import type { ConversationView, PartView } from '../ports/destination-records.js';

/** Whether a part is a message and not an event. */
export const isMessage = ({ type, body }: Pick<PartView, 'type' | 'body'>) =>
  body !== null && ['comment', 'note', 'open', 'quick_reply'].includes(type);

/** Messages with the author and time of one of our parts, but another id: written twice. Messages of people are later. */
export function surplusParts(planned: readonly PlannedPart[], view: ConversationView): PartView[] {
  const known = new Set(planned.map(({ partId }) => partId));
  return view.parts.filter(part => isMessage(part) && !known.has(part.id) && isCopy(planned, part));
}

const isCopy = (planned: readonly PlannedPart[], part: PartView) =>
  planned.some(({ draft, authorId }) => draft.createdAt === part.createdAt && authorId === part.authorId);

/** Whether it contains a message that Landfall did not write. */
export function holdsOthers(planned: readonly PlannedPart[], view: ConversationView): boolean {
  const known = new Set(planned.map(({ partId }) => partId));
  return view.parts.some(part => part.body !== null && !known.has(part.id) && !isCopy(planned, part));
}
