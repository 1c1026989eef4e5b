import type { PartDraft } from './drafts.js';

/** A part that was planned, by the id that it got; the opening's id is that of its message. */
export interface PlannedPart {
  draft: PartDraft;
  partId: string;
  authorId: string;
  isOpening: boolean;
}
