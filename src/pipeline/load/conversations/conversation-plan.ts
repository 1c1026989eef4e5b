import type { Author, PartDraft } from '../../../domain/drafts/drafts.js';
import { withHistoryAsSent } from '../../../domain/drafts/history-notes.js';
import { asSent, keyOf } from '../../../domain/drafts/part-files.js';
import type { PlannedPart } from '../../../domain/drafts/planned-part.js';
import type { ConversationRefs } from '../../../domain/verify/compare-conversation.js';
import type { ExpectedConversation } from '../../../domain/verify/verified-conversation.js';
import { conversationParts, destinationsOf } from '../../../store/crosswalk.js';
import type { Loading } from '../engine/loading.js';
import { assigneesOf } from './finish-conversation.js';
import type { RelinkedConversation } from './relinked-conversation.js';

/** The planned content of a conversation, in the ids of this workspace. */
export class ConversationPlan {
  private constructor(
    private readonly context: Loading,
    readonly draft: RelinkedConversation,
    /** Contact ids by source id. */
    private readonly contacts: ReadonlyMap<string, string>,
    readonly companyId: string | null,
    /** Part ids by the key of the part. */
    readonly sent: Map<string, string>,
    /** The parts as they were sent or will be sent. */
    readonly parts: PartDraft[],
    /** A referenced record that was not loaded; null if all were loaded. */
    readonly lacking: string | null,
  ) {}

  /** @param conversationId null if it does not exist yet */
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

  /** In order, with the opening first if it is a message. */
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

  /** The contacts that it names. Other participants were added by people. */
  people(): ReadonlySet<string> {
    return new Set([this.contactId, ...this.plannedParts().map(({ authorId }) => authorId)]);
  }

  refs(): ConversationRefs {
    const { context, draft, contactId, companyId } = this;
    return { contactId, companyId, ...assigneesOf(context, draft), tags: draft.tags.map(tag => context.refs.tagId(tag)) };
  }

  /** Its parts must all be sent. */
  expected(type: 'TICKET' | 'CALL'): ExpectedConversation {
    return { type, draft: this.draft, refs: this.refs(), planned: this.plannedParts() };
  }
}
