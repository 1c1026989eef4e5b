import { createHash } from 'node:crypto';
import type { ConversationDraft, PartDraft } from '../../../domain/drafts/drafts.js';
import { latePart } from '../../../domain/drafts/late-part.js';
import { filesApart, keyOf, namingFiles } from '../../../domain/drafts/part-files.js';
import { crosswalkEntry } from '../../../domain/model/crosswalk.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import type { ConversationView } from '../../../domain/ports/destination-records.js';
import type { HelpLinks } from '../../../domain/text/help-links.js';
import { differencesAsIssues } from '../../../domain/verify/differences-as-issues.js';
import { gone } from '../../../domain/verify/verification.js';
import type { OpenDraft } from '../../../store/drafts.js';
import { withoutHumanEdits } from '../../../store/human-edits.js';
import type { IntentKey } from '../../../store/load-intents.js';
import { type LoadState, loadState } from '../../../store/load-states.js';
import { eachDraft, recordFailureAsIssue, theseDrafts } from '../engine/each-draft.js';
import { forEachConcurrently } from '../engine/for-each-concurrently.js';
import { noEdits } from '../engine/kept-edits.js';
import type { LoadEntry } from '../engine/load-journal.js';
import { type Loading, toReadBack } from '../engine/loading.js';
import { RecordFailure } from '../engine/record-failure.js';
import { writeAgain, writeOnce } from '../engine/write-once.js';
import { articleAddresses } from '../help-center/article-addresses.js';
import { ConversationPlan } from './conversation-plan.js';
import { findConversation } from './find-conversation.js';
import { finishConversation } from './finish-conversation.js';
import { linkMerged } from './link-merged.js';
import { entriesOf, refusedFile } from './part-entries.js';
import { deadLink, type RelinkedConversation, relinkedConversation } from './relinked-conversation.js';
import { sendPart } from './send-part.js';
import { lateMessage, standingConversation } from './standing-conversation.js';
import { sweepConversations } from './sweep-conversations.js';
import { sweepParts } from './sweep-parts.js';

/** Of so many conversations one is read back by a call of its own; of the others the answer to the last write is the read-back. */
const sampleOf = 20;
const batchSize = 50;

/** Tickets: a conversation each, with all of its messages in their order. */
export async function loadConversations(context: Loading): Promise<void> {
  await loadEach(context, 'TICKET');
  await linkMerged(context);
}

/** Calls that belong to no ticket: a conversation each, with one note. */
export function loadCalls(context: Loading): Promise<void> {
  return loadEach(context, 'CALL');
}

async function loadEach(context: Loading, type: 'TICKET' | 'CALL'): Promise<void> {
  const links = await articleAddresses(context);
  const load = (draft: ConversationDraft, open: OpenDraft) =>
    new ConversationLoad(context, type, relinkedConversation(draft, links), open).run();
  await eachDraft(context, type, load);
  const { rebuilt, wasLeft } = await sweepParts(context, type, links);
  await theseDrafts(context, type, rebuilt, load);
  await readAgain(context, type, links);
  if (wasLeft || context.work.lease.epoch > 1) await sweepConversations(context, type, links);
}

/** Reads conversations back and compares them, and writes nothing. */
export async function readBackConversations(context: Loading, type: 'TICKET' | 'CALL'): Promise<void> {
  await readAgain(context, type, await articleAddresses(context));
}

/** Reads those back that were found different: a person may have put them right. */
async function readAgain(context: Loading, type: 'TICKET' | 'CALL', links: HelpLinks): Promise<void> {
  for (let after = ''; ; ) {
    const batch = await toReadBack(context, type, after, batchSize);
    if (batch.length === 0) return;
    await forEachConcurrently(context, batch, ({ sourceId, digest, body, destinationId }) =>
      recordFailureAsIssue(context, { type, sourceId, weight: 0, destinationId }, () => {
        const open: OpenDraft = { sourceId, digest, body, weight: 0, state: { state: 'DONE', destinationId, digest } };
        const draft = relinkedConversation(JSON.parse(body) as ConversationDraft, links);
        return new ConversationLoad(context, type, draft, open).readBack();
      }),
    );
    after = batch.at(-1)!.sourceId;
  }
}

class ConversationLoad {
  private conversationId: string;
  private plan: ConversationPlan;
  private participants = new Set<string>();
  /** Of files whose part is not sent yet. */
  private readonly refusals: NewIssue[] = [];
  /** What people have changed in it. */
  private edits = noEdits;
  /** Messages that stand behind later ones, and what they were meant as. */
  private readonly late = new Map<PartDraft, PartDraft>();
  /** What is to be committed with the next commit. */
  private pending: LoadEntry = {};

  constructor(
    private readonly context: Loading,
    private readonly type: 'TICKET' | 'CALL',
    private readonly draft: RelinkedConversation,
    private open: OpenDraft,
  ) {}

  async run(): Promise<void> {
    await this.resolve();
    const standing = await standingConversation(this.context, this.type, this.plan, this.open);
    if (standing.isRebuilt) {
      this.open = { ...this.open, state: null };
      await this.resolve();
    }
    this.edits = standing.edits;
    await this.openConversation();
    if (standing.lacksContact) await this.addParticipant(this.plan.contactId);
    const { parts, sent } = this.plan;
    for (const part of standing.late) {
      parts.splice(parts.indexOf(part), 1);
      const late = { ...latePart(part), createdAt: Math.max(standing.newest, part.createdAt) };
      this.late.set(late, part);
      parts.push(late);
    }
    for (let place = 0; place < parts.length; place++) {
      this.context.work.checkHalt();
      // One whose files are refused is replaced by what can be sent.
      while (!sent.has(keyOf(parts[place]!))) {
        const instead = await this.addPart(parts[place]!);
        if (instead) parts.splice(place, 1, ...instead);
      }
    }
    await this.finish();
  }

  /** Compares what is there with what was loaded, and writes nothing. */
  async readBack(): Promise<void> {
    await this.resolve();
    this.conversationId = this.open.state!.destinationId!;
    await this.verify(null, 0);
  }

  private async resolve(): Promise<void> {
    this.plan = await ConversationPlan.of(this.context, this.draft, this.open.state?.destinationId ?? null);
    if (this.plan.lacking !== null) {
      throw new RecordFailure(
        'PARENT_NOT_LOADED',
        `It refers to ${this.plan.lacking}, which was not loaded.`,
        'See to that record; the next run loads this one.',
      );
    }
    this.participants.add(this.plan.contactId);
  }

  private async openConversation(): Promise<void> {
    const { context, draft } = this;
    const known = this.open.state?.destinationId;
    if (known) {
      this.conversationId = known;
      return;
    }
    const { body, createdAt, part } = draft.opening;
    const { contactId } = this.plan;
    const intent = this.intent('open');
    await context.journal.commit({ intents: [intent] });
    const { conversationId, messageId } = await writeOnce(
      context,
      intent,
      () => context.destination.openConversation(contactId, body, createdAt),
      () => findConversation(context, contactId, createdAt, body),
    );
    this.conversationId = conversationId;
    const entry = crosswalkEntry([this.type, draft.sourceId], ['CONVERSATION', conversationId], { conversationId });
    this.pending = { settled: [intent], crosswalk: [entry], states: [this.state('OPEN')] };
    if (part) this.note(part, messageId);
  }

  /** @returns what to send instead, where the destination refuses its files */
  private async addPart(part: PartDraft): Promise<PartDraft[] | null> {
    const { context } = this;
    const author = this.plan.authorOf(part.author);
    if (author.type === 'contact' && !this.participants.has(author.id)) {
      await this.addParticipant(author.id);
    }
    const intent = this.intent(keyOf(part));
    // The outcome of the part before and the intent of this one become true together.
    await this.flush({ intents: [intent] });
    const reply = { author, type: part.type, html: part.html, plain: part.plain, createdAt: part.createdAt };
    const sent = await sendPart(context, intent, this.conversationId, reply, part.files, new Set(this.plan.sent.values()));
    if ('refused' in sent) {
      if (part.files.length > 1) return filesApart(part);
      this.refusals.push(refusedFile(this.draft.sourceId, part.files[0]!, sent.refused));
      return [namingFiles(part, part.files)];
    }
    const told = this.late.has(part) ? [lateMessage(this.type, this.draft.sourceId, part)] : [];
    this.pending = { settled: [intent], issues: [...this.refusals.splice(0), ...told] };
    this.note(part, sent.partId);
    return null;
  }

  private async addParticipant(contactId: string): Promise<void> {
    const { destination, refs } = this.context;
    await writeAgain(this.context, () => destination.addParticipant(this.conversationId, contactId, refs.placeholderTeammate));
    this.participants.add(contactId);
  }

  private async finish(): Promise<void> {
    const { context, draft, plan } = this;
    await this.flush({});
    // From here on they are compared with what they were meant as.
    for (const [late, meant] of this.late) plan.parts.splice(plan.parts.indexOf(late), 1, meant);
    const { edits } = this;
    const view = await finishConversation(context, draft, this.conversationId, plan.companyId, edits);
    await this.verify(view, 4 + draft.tags.length);
  }

  /** @param answer to the last write, where it holds the whole conversation */
  private async verify(answer: ConversationView | null, weight: number): Promise<void> {
    const { context, draft, open } = this;
    const sampled = createHash('md5').update(draft.sourceId).digest()[0]! % sampleOf === 0;
    const view = answer && !sampled ? answer : await context.destination.conversation(this.conversationId);
    if (!view && context.readsBack) return this.tellLost();
    if (!view)
      throw new RecordFailure('LOAD_FAILED', 'Its conversation was deleted in Intercom.', 'Call repairRecords, or waive it.');
    const found = await context.work.transaction(tx => withoutHumanEdits(tx, context.scope, this.plan.compare(this.type, view)));
    await context.journal.commit({
      states: [{ ...this.state('DONE'), digest: open.digest }],
      verifications: found,
      issues: [
        ...found.flatMap(each => differencesAsIssues(context.scope.environment, each.recordType, draft.sourceId, each)),
        ...draft.deadLinks.map(link => deadLink(this.type, draft.sourceId, link)),
      ],
      weight,
    });
  }

  /** It is not there any more. */
  private async tellLost(): Promise<void> {
    const { context, type, conversationId } = this;
    const { sourceId } = this.draft;
    const covers = [{ recordType: type, sourceIds: [] }];
    await context.journal.commit({
      verifications: [{ recordType: type, sourceId, destinationId: conversationId, ...gone, covers }],
      issues: differencesAsIssues(context.scope.environment, type, sourceId, gone),
    });
  }

  /** Notes what became of a part, for the next commit. */
  private note(part: PartDraft, partId: string): void {
    this.plan.sent.set(keyOf(part), partId);
    const entries = entriesOf(part, partId, this.conversationId, this.draft.sourceId);
    this.pending = { ...this.pending, crosswalk: [...(this.pending.crosswalk ?? []), ...entries], weight: 1 };
  }

  private async flush(more: LoadEntry): Promise<void> {
    const entry = { ...this.pending, ...more };
    this.pending = {};
    if (Object.keys(entry).length > 0) await this.context.journal.commit(entry);
  }

  private intent(step: string): IntentKey {
    return { recordType: this.type, sourceId: this.draft.sourceId, step };
  }

  private state(state: LoadState['state']): LoadState {
    return loadState(this.type, this.draft.sourceId, state, { destinationId: this.conversationId });
  }
}
