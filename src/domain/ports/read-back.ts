import type { ArticleDraft, CategoryDraft } from '../drafts/drafts.js';
import type { ArticleFields, ArticleView, CollectionFields, CollectionView } from '../model/help-center.js';
import type { RecordType } from '../model/record-type.js';
import type { FieldDifference, VerificationOutcome } from '../verify/verification.js';
import type { ExpectedConversation } from '../verify/verified-conversation.js';
import type { ConversationView } from './destination-records.js';

/**
 * The verification stage as loaders see it. It reads a record back and compares it. The loader commits the outcome
 * together with the load state, so that neither is visible without the other.
 */
export interface ReadBack {
  /** @param written the answer to the write: it counts if the collection cannot be read yet */
  collection(
    expected: { draft: CategoryDraft; fields: () => Promise<CollectionFields>; id: string },
    written?: CollectionView,
  ): Promise<VerificationOutcome>;
  /** @returns null if the article was deleted */
  article(expected: {
    draft: ArticleDraft;
    fields: ArticleFields;
    missingLanguages: readonly string[];
    id: string;
  }): Promise<{ view: ArticleView; outcome: VerificationOutcome } | null>;
  /**
   * @param answer to the last write, if it holds the whole conversation: it counts as the read-back, except for a sample
   * @returns null if the conversation was deleted
   */
  conversation(
    of: { sourceId: string; id: string; expected: () => ExpectedConversation },
    answer: ConversationView | null,
  ): Promise<VerificationOutcome | null>;
  /** Compares a conversation that was just read. @param more other differences of it */
  readConversation(
    expected: ExpectedConversation,
    view: ConversationView,
    more?: readonly FieldDifference[],
  ): Promise<VerificationOutcome>;
  /** A record that a person deleted in the workspace. */
  lost(recordType: RecordType, sourceId: string, destinationId: string): Promise<VerificationOutcome>;
  /** A recording in the package, whose bytes were checked. */
  recording(callId: string, path: string, byteSize: number | null): Promise<VerificationOutcome>;
}
