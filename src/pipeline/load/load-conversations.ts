import { createHash } from 'node:crypto';
import type { NewCrosswalkEntry } from '../../domain/crosswalk.js';
import type { ConversationView } from '../../domain/destination-records.js';
import type { HelpLinks } from '../../domain/help-links.js';
import type { NewIssue } from '../../domain/issue.js';
import { compareConversation, compareParts, type PlannedPart } from '../../domain/load/compare.js';
import { differencesAsIssues } from '../../domain/load/differences-as-issues.js';
import type { Author, ConversationDraft, PartDraft } from '../../domain/load/drafts.js';
import { asSent, filesApart, keyOf, namingFiles } from '../../domain/load/part-files.js';
import type { Verification } from '../../domain/load/verification.js';
import type { RecordType } from '../../domain/record-type.js';
import { conversationParts, destinationsOf } from '../../store/crosswalk.js';
import { type OpenDraft, unverifiedDrafts } from '../../store/drafts.js';
import type { IntentKey, LoadState } from '../../store/load-tables.js';
import { articleAddresses } from './article-addresses.js';
import { eachDraft, orTold } from './each-draft.js';
import { findConversation } from './find-conversation.js';
import { assigneesOf, finishConversation } from './finish-conversation.js';
import { linkMerged } from './link-merged.js';
import type { LoadEntry } from './load-journal.js';
import type { Loading } from './loading.js';
import { coveredBy, entriesOf, refusedFile } from './part-entries.js';
import { RecordFailure } from './record-failure.js';
import { deadLink, type RelinkedConversation, relinkedConversation } from './relinked-conversation.js';
import { sendPart } from './send-part.js';
import { someAtOnce } from './some-at-once.js';
import { sweepDuplicates } from './sweep-duplicates.js';
import { writeAgain, writeOnce } from './write-once.js';

/** Of so many conversations one is read back by a call of its own; of the others the answer to the last write is the read-back. */
const sampleOf = 20;
const atOnce = 50;

/** Tickets: a conversation each, with all of its messages in their order. */
export async function loadConversations(x: Loading): Promise<void> {
  await loadEach(x, 'TICKET');
  await sweepDuplicates(x);
  await linkMerged(x);
}

/** Calls that belong to no ticket: a conversation each, with one note. */
export function loadCalls(x: Loading): Promise<void> {
  return loadEach(x, 'CALL');
}

async function loadEach(x: Loading, type: 'TICKET' | 'CALL'): Promise<void> {
  const links = await articleAddresses(x);
  await eachDraft(x, type, (draft, open) => new ConversationLoad(x, type, relinkedConversation(draft, links), open).run());
  await readAgain(x, type, links);
}

/** Reads those back that were found different: a person may have put them right. */
async function readAgain(x: Loading, type: 'TICKET' | 'CALL', links: HelpLinks): Promise<void> {
  for (let after = ''; ; ) {
    const portion = await x.work.read(tx => unverifiedDrafts(tx, x.scope, type, after, atOnce));
    if (portion.length === 0) return;
    await someAtOnce(x, portion, ({ sourceId, digest, body, destinationId }) =>
      orTold(x, { type, sourceId, weight: 0, destinationId }, () => {
        const open: OpenDraft = { sourceId, digest, body, weight: 0, state: { state: 'DONE', destinationId, digest } };
        const draft = relinkedConversation(JSON.parse(body) as ConversationDraft, links);
        return new ConversationLoad(x, type, draft, open).readBack();
      }),
    );
    after = portion.at(-1)!.sourceId;
  }
}

class ConversationLoad {
  private conversationId: string;
  private contactId: string;
  private contacts = new Map<string, string>();
  private companyId: string | null = null;
  private participants = new Set<string>();
  /** The newest answer that holds the whole conversation. */
  private view: ConversationView | null = null;
  /** Part ids by the key of the part. */
  private sent = new Map<string, string>();
  private parts: PartDraft[];
  /** Of files whose part is not sent yet. */
  private readonly refusals: NewIssue[] = [];
  /** What is to be committed with the next commit. */
  private pending: LoadEntry = {};

  constructor(
    private readonly x: Loading,
    private readonly type: 'TICKET' | 'CALL',
    private readonly draft: RelinkedConversation,
    private readonly open: OpenDraft,
  ) {
    this.parts = [...draft.parts];
  }

  async run(): Promise<void> {
    await this.resolve();
    await this.openConversation();
    for (let place = 0; place < this.parts.length; place++) {
      this.x.work.checkHalt();
      // One whose files are refused is replaced by what can be sent.
      while (!this.sent.has(keyOf(this.parts[place]!))) {
        const instead = await this.addPart(this.parts[place]!);
        if (instead) this.parts.splice(place, 1, ...instead);
      }
    }
    await this.finish();
  }

  /** Compares what stands there with what was loaded, and writes nothing. */
  async readBack(): Promise<void> {
    await this.resolve();
    this.conversationId = this.open.state!.destinationId!;
    await this.verify(0);
  }

  private async resolve(): Promise<void> {
    const { x, draft } = this;
    const ids = [
      draft.contact,
      ...[draft.opening.part, ...draft.parts].map(part => (part?.author.kind === 'CONTACT' ? part.author.id : null)),
    ];
    const wanted = [...new Set(ids.filter(id => id !== null))];
    await x.work.read(async tx => {
      this.contacts = await destinationsOf(tx, x.scope, 'CONTACT', 'CONTACT', wanted);
      if (draft.company)
        this.companyId = (await destinationsOf(tx, x.scope, 'COMPANY', 'COMPANY', [draft.company])).get(draft.company) ?? null;
      const known = this.open.state?.destinationId;
      if (!known) return;
      this.sent = await conversationParts(tx, x.scope, known, draft.sourceId);
      const files = draft.parts.flatMap(part => part.files.map(({ id }) => id));
      const carried = await destinationsOf(tx, x.scope, 'ATTACHMENT', 'ATTACHMENT', files);
      const kept = await destinationsOf(tx, x.scope, 'ATTACHMENT', 'DOCUMENT', files);
      this.parts = asSent(draft.parts, { sent: this.sent, carried, kept });
    });
    const lacking = wanted.find(id => !this.contacts.has(id)) ?? (draft.company && !this.companyId ? draft.company : undefined);
    if (lacking !== undefined) {
      throw new RecordFailure(
        'PARENT_NOT_LOADED',
        `It refers to ${lacking}, which was not loaded.`,
        'See to that record; the next run loads this one.',
      );
    }
    this.contactId = draft.contact === null ? x.refs.placeholderContact : this.contacts.get(draft.contact)!;
    this.participants.add(this.contactId);
  }

  private async openConversation(): Promise<void> {
    const { x, draft } = this;
    const known = this.open.state?.destinationId;
    if (known) {
      this.conversationId = known;
      return;
    }
    const { body, createdAt, part } = draft.opening;
    const intent = this.intent('open');
    await x.journal.commit({ intents: [intent] });
    const { conversationId, messageId } = await writeOnce(
      x,
      intent,
      () => x.destination.openConversation(this.contactId, body, createdAt),
      () => findConversation(x, this.contactId, createdAt, body),
    );
    this.conversationId = conversationId;
    const entry = (): NewCrosswalkEntry => ({
      sourceType: this.type,
      sourceId: draft.sourceId,
      destinationType: 'CONVERSATION',
      destinationId: conversationId,
      conversationId,
      origin: 'CREATED',
      preImage: null,
    });
    this.pending = { settled: [intent], crosswalk: [entry()], states: [this.state('OPEN')] };
    if (part) this.note(part, messageId);
  }

  /** @returns what to send instead, where the destination refuses its files */
  private async addPart(part: PartDraft): Promise<PartDraft[] | null> {
    const { x } = this;
    const author = this.authorOf(part.author);
    if (author.type === 'contact' && !this.participants.has(author.id)) {
      await writeAgain(x, () => x.destination.addParticipant(this.conversationId, author.id, x.refs.placeholderTeammate));
      this.participants.add(author.id);
    }
    const intent = this.intent(keyOf(part));
    // The outcome of the part before and the intent of this one become true together.
    await this.flush({ intents: [intent] });
    const reply = { author, type: part.type, html: part.html, plain: part.plain, createdAt: part.createdAt };
    const sent = await sendPart(x, intent, this.conversationId, reply, part.files, new Set(this.sent.values()));
    if ('refused' in sent) {
      if (part.files.length > 1) return filesApart(part);
      this.refusals.push(refusedFile(this.draft.sourceId, part.files[0]!, sent.refused));
      return [namingFiles(part, part.files)];
    }
    this.view = sent.view;
    this.pending = { settled: [intent], issues: this.refusals.splice(0) };
    this.note(part, sent.partId);
    return null;
  }

  private async finish(): Promise<void> {
    const { x, draft } = this;
    await this.flush({});
    this.view = await finishConversation(x, draft, this.conversationId, this.companyId);
    await this.verify(4 + draft.tags.length);
  }

  private async verify(weight: number): Promise<void> {
    const { x, draft, open } = this;
    const sampled = createHash('md5').update(draft.sourceId).digest()[0]! % sampleOf === 0;
    const view = this.view && !sampled ? this.view : await x.destination.conversation(this.conversationId);
    if (!view)
      throw new RecordFailure('LOAD_FAILED', 'Its conversation was deleted in Intercom.', 'Start the run again, or waive it.');
    const tags = draft.tags.map(tag => x.refs.tagId(tag));
    const refs = { contactId: this.contactId, companyId: this.companyId, ...assigneesOf(x, draft), tags };
    const ofTicket = compareConversation(draft, refs, view);
    const planned = this.plannedParts();
    const ofParts = compareParts(planned, view);
    const found =
      this.type === 'TICKET' ? [of('TICKET', ofTicket), of('MESSAGE', ofParts)] : [of('CALL', together(ofTicket, ofParts))];
    await x.journal.commit({
      states: [{ ...this.state('DONE'), digest: open.digest }],
      verifications: found.map(each => ({
        ...each,
        sourceId: draft.sourceId,
        destinationId: view.id,
        covers:
          each.recordType === 'MESSAGE' ? coveredBy(planned) : [{ recordType: each.recordType, sourceIds: [draft.sourceId] }],
      })),
      issues: [
        ...found.flatMap(each => differencesAsIssues(x.scope.environment, each.recordType, draft.sourceId, each)),
        ...draft.deadLinks.map(link => deadLink(this.type, draft.sourceId, link)),
      ],
      weight,
    });
  }

  private plannedParts(): PlannedPart[] {
    const { opening } = this.draft;
    const all = opening.part ? [opening.part, ...this.parts] : this.parts;
    return all.map(part => ({
      draft: part,
      partId: this.sent.get(keyOf(part))!,
      authorId: this.authorOf(part.author).id,
      isOpening: part === opening.part,
    }));
  }

  private authorOf(author: Author): { type: 'admin' | 'contact'; id: string } {
    const { refs } = this.x;
    if (author.kind === 'CONTACT') return { type: 'contact', id: this.contacts.get(author.id)! };
    if (author.kind === 'PLACEHOLDER_CONTACT') return { type: 'contact', id: refs.placeholderContact };
    return { type: 'admin', id: author.kind === 'AGENT' ? refs.teammateOf(author.id) : refs.placeholderTeammate };
  }

  /** Notes what became of a part, for the next commit. */
  private note(part: PartDraft, partId: string): void {
    this.sent.set(keyOf(part), partId);
    const entries = entriesOf(part, partId, this.conversationId, this.draft.sourceId);
    this.pending = { ...this.pending, crosswalk: [...(this.pending.crosswalk ?? []), ...entries], weight: 1 };
  }

  private async flush(more: LoadEntry): Promise<void> {
    const entry = { ...this.pending, ...more };
    this.pending = {};
    if (Object.keys(entry).length > 0) await this.x.journal.commit(entry);
  }

  private intent(step: string): IntentKey {
    return { recordType: this.type, sourceId: this.draft.sourceId, step };
  }

  private state(state: LoadState['state']): LoadState {
    return {
      recordType: this.type,
      sourceId: this.draft.sourceId,
      state,
      destinationId: this.conversationId,
      digest: null,
      code: null,
    };
  }
}

const of = (recordType: RecordType, verification: Verification) => ({ recordType, ...verification });

/** Of a call alone: its conversation and its note are one thing. */
const together = (a: Verification, b: Verification): Verification => ({
  outcomes: { ...a.outcomes, ...b.outcomes },
  differences: [...a.differences, ...b.differences],
});
