import type { Author, PartDraft } from '../../../domain/drafts/drafts.js';
import { withHistoryAsSent } from '../../../domain/drafts/history-notes.js';
import { asSent, keyOf } from '../../../domain/drafts/part-files.js';
import type { PlannedPart } from '../../../domain/drafts/planned-part.js';
import type { RecordType } from '../../../domain/model/record-type.js';
import type { ConversationView } from '../../../domain/ports/destination-records.js';
import { type ConversationRefs, compareConversation, compareParts } from '../../../domain/verify/compare.js';
import type { FieldDifference, Verification } from '../../../domain/verify/verification.js';
import { conversationParts, destinationsOf } from '../../../store/crosswalk.js';
import type { VerifiedRecord } from '../../../store/verifications.js';
import type { Loading } from '../engine/loading.js';
import { assigneesOf } from './finish-conversation.js';
import { coveredBy } from './part-entries.js';
import type { RelinkedConversation } from './relinked-conversation.js';

/** What a conversation is to hold, in the ids of this workspace. */
export class ConversationPlan {
  private constructor(
    private readonly context: Loading,
    readonly draft: RelinkedConversation,
    /** Of the contacts that it names. */
    private readonly contacts: ReadonlyMap<string, string>,
    readonly companyId: string | null,
    /** Part ids by the key of the part. */
    readonly sent: Map<string, string>,
    /** As they were sent, or are to be. */
    readonly parts: PartDraft[],
    /** What it refers to and was not loaded; null where all of it was. */
    readonly lacking: string | null,
  ) {}

  /** @param conversationId null where it is not there yet */
  static async of(context: Loading, draft: RelinkedConversation, conversationId: string | null): Promise<ConversationPlan> {
    const ids = [
      draft.contact,
      ...[draft.opening.part, ...draft.parts].map(part => (part?.author.kind === 'CONTACT' ? part.author.id : null)),
    ];
    const wanted = [...new Set(ids.filter(id => id !== null))];
    return context.work.transaction(async tx => {
      const contacts = await destinationsOf(tx, context.scope, 'CONTACT', 'CONTACT', wanted);
      const companies = await destinationsOf(tx, context.scope, 'COMPANY', 'COMPANY', draft.company ? [draft.company] : []);
      const companyId = companies.get(draft.company ?? '') ?? null;
      const lacking = wanted.find(id => !contacts.has(id)) ?? (draft.company && !companyId ? draft.company : null);
      if (!conversationId) return new ConversationPlan(context, draft, contacts, companyId, new Map(), [...draft.parts], lacking);
      const sent = await conversationParts(tx, context.scope, conversationId, draft.sourceId);
      const files = draft.parts.flatMap(part => part.files.map(({ id }) => id));
      const carried = await destinationsOf(tx, context.scope, 'ATTACHMENT', 'ATTACHMENT', files);
      const kept = await destinationsOf(tx, context.scope, 'ATTACHMENT', 'DOCUMENT', files);
      const parts = asSent(withHistoryAsSent(draft.parts, sent), { sent, carried, kept });
      return new ConversationPlan(context, draft, contacts, companyId, sent, parts, lacking);
    });
  }

  get contactId(): string {
    const { contact } = this.draft;
    return contact === null ? this.context.refs.placeholderContact : this.contacts.get(contact)!;
  }

  authorOf(author: Author): { type: 'admin' | 'contact'; id: string } {
    const { refs } = this.context;
    if (author.kind === 'CONTACT') return { type: 'contact', id: this.contacts.get(author.id)! };
    if (author.kind === 'PLACEHOLDER_CONTACT') return { type: 'contact', id: refs.placeholderContact };
    return { type: 'admin', id: author.kind === 'AGENT' ? refs.teammateOf(author.id) : refs.placeholderTeammate };
  }

  /** In their order, the opening first where it is a message. */
  plannedParts(): PlannedPart[] {
    const { opening } = this.draft;
    const all = opening.part ? [opening.part, ...this.parts] : this.parts;
    return all.map(part => ({
      draft: part,
      partId: this.sent.get(keyOf(part))!,
      authorId: this.authorOf(part.author).id,
      isOpening: part === opening.part,
    }));
  }

  /** Whom it names: who takes part beside them was added by people. */
  people(): ReadonlySet<string> {
    return new Set([this.contactId, ...this.plannedParts().map(({ authorId }) => authorId)]);
  }

  refs(): ConversationRefs {
    const { context, draft, contactId, companyId } = this;
    return { contactId, companyId, ...assigneesOf(context, draft), tags: draft.tags.map(tag => context.refs.tagId(tag)) };
  }

  /**
   * Compares what is there with all of it.
   * @param more what else is wrong with it
   */
  compare(type: 'TICKET' | 'CALL', view: ConversationView, more: readonly FieldDifference[] = []): VerifiedRecord[] {
    const { sourceId } = this.draft;
    const planned = this.plannedParts();
    const itself = compareConversation(this.draft, this.refs(), view);
    itself.differences.push(...more);
    const ofParts = compareParts(planned, view);
    const record = (recordType: RecordType, verification: Verification): VerifiedRecord => ({
      recordType,
      ...verification,
      sourceId,
      destinationId: view.id,
      covers: recordType === 'MESSAGE' ? coveredBy(planned) : [{ recordType, sourceIds: [sourceId] }],
    });
    if (type === 'TICKET') return [record('TICKET', itself), record('MESSAGE', ofParts)];
    // Of a call alone, its conversation and its note are one thing.
    const outcomes = { ...itself.outcomes, ...ofParts.outcomes };
    return [record('CALL', { outcomes, differences: [...itself.differences, ...ofParts.differences] })];
  }
}
