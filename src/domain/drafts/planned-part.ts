import type { PartDraft } from './drafts.js';

/** A planned part and the id that it got. The id of the opening is the id of its message. */
export interface PlannedPart {
  draft: PartDraft;
  partId: string;
  authorId: string;
  isOpening: boolean;
}
