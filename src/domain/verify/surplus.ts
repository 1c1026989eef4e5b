import type { PlannedPart } from '../drafts/planned-part.js';
import type { ConversationView, PartView } from '../ports/destination-records.js';

/** What somebody has said, and no event. */
export const isMessage = ({ type, body }: Pick<PartView, 'type' | 'body'>) =>
  body !== null && ['comment', 'note', 'open', 'quick_reply'].includes(type);

/** Messages of a time and an author of ours under an id that is not ours: written once more. People write later than that. */
export function surplusParts(planned: readonly PlannedPart[], view: ConversationView): PartView[] {
  const known = new Set(planned.map(({ partId }) => partId));
  return view.parts.filter(part => isMessage(part) && !known.has(part.id) && isCopy(planned, part));
}

const isCopy = (planned: readonly PlannedPart[], part: PartView) =>
  planned.some(({ draft, authorId }) => draft.createdAt === part.createdAt && authorId === part.authorId);

/** Whether it says anything that we have not written. */
export function holdsOthers(planned: readonly PlannedPart[], view: ConversationView): boolean {
  const known = new Set(planned.map(({ partId }) => partId));
  return view.parts.some(part => part.body !== null && !known.has(part.id) && !isCopy(planned, part));
}
