import type { ConversationDraft, PartDraft } from '../../../domain/drafts/drafts.js';
import { latePart } from '../../../domain/drafts/late-part.js';
import { filesApart, keyOf, namingFiles } from '../../../domain/drafts/part-files.js';
import { crosswalkEntry } from '../../../domain/model/crosswalk.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import type { ConversationView } from '../../../domain/ports/destination-records.js';
import type { HelpLinks } from '../../../domain/text/help-links.js';
import type { OpenDraft } from '../../../store/drafts.js';
import type { IntentKey } from '../../../store/load-intents.js';
import { type LoadState, loadState } from '../../../store/load-states.js';
import { sweepSince } from '../../../store/sweeps.js';
import { eachDraft, recordFailureAsIssue, theseDrafts } from '../engine/each-draft.js';
import { forEachConcurrently } from '../engine/for-each-concurrently.js';
import { noEdits } from '../engine/kept-edits.js';
import type { LoadEntry } from '../engine/load-journal.js';
import { type Loading, toReadBack } from '../engine/loading.js';
import { RecordFailure } from '../engine/record-failure.js';
import { writeAgain, writeOnce } from '../engine/write-once.js';
import { articleAddresses } from '../help-center/article-addresses.js';
import { clearConversation } from './clear-conversation.js';
import { ConversationPlan } from './conversation-plan.js';
import { existingConversation, lateMessage } from './existing-conversation.js';
import { findConversation } from './find-conversation.js';
import { finishConversation } from './finish-conversation.js';
import { linkMerged } from './link-merged.js';
import { entriesOf, refusedFile } from './part-entries.js';
import { deadLink, type RelinkedConversation, relinkedConversation } from './relinked-conversation.js';
import { sendPart } from './send-part.js';
import { sweepConversations } from './sweep-conversations.js';
import { sweepParts } from './sweep-parts.js';

const batchSize = 50;

/** Loads each ticket as a conversation, with all of its messages in order. */
export async function loadConversations(context: Loading): Promise<void> {
  await loadEach(context, 'TICKET');
  await linkMerged(context);
}

/** Loads each call without a ticket as a conversation with one note. */
export function loadCalls(context: Loading): Promise<void> {
  return loadEach(context, 'CALL');
}

async function loadEach(context: Loading, type: 'TICKET' | 'CALL'): Promise<void> {
  const links = await articleAddresses(context);
  // A conversation is written one call after another: the longest gets its calls first, so that it does not last longer than the rest.
  const load = (draft: ConversationDraft, open: OpenDraft) => {
    const destination = context.destination.weighing(open.weight);
    return new ConversationLoad({ ...context, destination }, type, relinkedConversation(draft, links), open).run();
  };
  await eachDraft(context, type, load);
  const since = await context.work.transaction(tx => sweepSince(tx, context.scope, context.run));
  const { rebuilt, wasLeft } = await sweepParts(context, type, links, since);
  await theseDrafts(context, type, rebuilt, load);
  await readAgain(context, type, links);
  if (wasLeft || since) await sweepConversations(context, type, links);
}

/** Reads conversations back and compares them. Nothing is written to the workspace. */
export async function readBackConversations(context: Loading, type: 'TICKET' | 'CALL'): Promise<void> {
  await readAgain(context, type, await articleAddresses(context));
}

/** Reads back records that differed: a person may have corrected them. */
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
  /** Issues of files whose part is not sent yet. */
  private readonly refusals: NewIssue[] = [];
  /** What people have changed in it. */
  private edits = noEdits;
  /** Messages that are behind later ones, and the parts they were planned as. */
  private readonly late = new Map<PartDraft, PartDraft>();
  /** Entries for the next commit. */
  private pending: LoadEntry = {};

  constructor(
    private readonly context: Loading,
    private readonly type: 'TICKET' | 'CALL',
    private readonly draft: RelinkedConversation,
    private open: OpenDraft,
  ) {}

  async run(): Promise<void> {
    await this.resolve();
    const existing = await existingConversation(this.context, this.type, this.plan, this.open);
    if (existing.isRebuilt) {
      this.open = { ...this.open, state: null };
      await this.resolve();
    }
    this.edits = existing.edits;
    await this.openConversation();
    if (existing.lacksContact) await this.addParticipant(this.plan.contactId);
    const { parts, sent } = this.plan;
    for (const part of existing.late) {
      parts.splice(parts.indexOf(part), 1);
      const late = { ...latePart(part), createdAt: Math.max(existing.newest, part.createdAt) };
      this.late.set(late, part);
      parts.push(late);
    }
    for (let position = 0; position < parts.length; position++) {
      this.context.work.checkHalt();
      // A part whose files are refused is replaced by parts that can be sent.
      while (!sent.has(keyOf(parts[position]!))) {
        const instead = await this.addPart(parts[position]!);
        if (instead) parts.splice(position, 1, ...instead);
      }
    }
    await this.finish();
  }

  /** Compares the conversation with the draft, and writes nothing to Intercom. */
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
        'Fix that record. The next run loads this one.',
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
      isProof => findConversation(context, { contactId, createdAt, body }, isProof),
    );
    this.conversationId = conversationId;
    const entry = crosswalkEntry([this.type, draft.sourceId], ['CONVERSATION', conversationId], { conversationId });
    this.pending = { settled: [intent], crosswalk: [entry], states: [this.state('OPEN')] };
    if (part) this.note(part, messageId);
  }

  /** @returns the parts to send instead, if the destination refuses its files */
  private async addPart(part: PartDraft): Promise<PartDraft[] | null> {
    const { context } = this;
    const author = this.plan.authorOf(part.author);
    if (author.type === 'contact' && !this.participants.has(author.id)) {
      await this.addParticipant(author.id);
    }
    const intent = this.intent(keyOf(part));
    // The outcome of the previous part and the intent of this one are committed together.
    await this.flush({ intents: [intent] });
    const reply = { author, type: part.type, html: part.html, plain: part.plain, createdAt: part.createdAt };
    const sent = await sendPart(context, intent, this.conversationId, reply, part.files, new Set(this.plan.sent.values()));
    if ('refused' in sent) {
      if (part.files.length > 1) return filesApart(part);
      this.refusals.push(refusedFile(this.draft.sourceId, part.files[0]!, sent.refused));
      return [namingFiles(part, part.files)];
    }
    const issues = this.late.has(part) ? [lateMessage(this.type, this.draft.sourceId, part)] : [];
    this.pending = { settled: [intent], issues: [...this.refusals.splice(0), ...issues] };
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
    // From here on they are compared with the planned parts.
    for (const [late, meant] of this.late) plan.parts.splice(plan.parts.indexOf(late), 1, meant);
    const { edits } = this;
    await clearConversation(context, this.type, plan, this.conversationId, edits);
    const view = await finishConversation(context, draft, this.conversationId, plan.companyId, edits);
    await this.verify(view, 4 + draft.tags.length);
  }

  /** @param answer to the last write, if it contains the whole conversation */
  private async verify(answer: ConversationView | null, weight: number): Promise<void> {
    const { context, draft, open } = this;
    const of = { sourceId: draft.sourceId, id: this.conversationId, expected: () => this.plan.expected(this.type) };
    const outcome = await context.readBack.conversation(of, answer);
    if (!outcome && context.readsBack)
      return context.journal.commit(await context.readBack.lost(this.type, draft.sourceId, this.conversationId));
    if (!outcome)
      throw new RecordFailure(
        'LOAD_FAILED',
        'Its conversation was deleted in Intercom.',
        'Call repairRecords, or waive the issue.',
      );
    await context.journal.commit({
      // A VERIFICATION only reads: what was asked to be written again stays asked.
      states: context.readsBack ? [] : [{ ...this.state('DONE'), digest: open.digest }],
      verifications: outcome.verifications,
      issues: [
        ...outcome.issues,
        // A sample does not hold every article: PRODUCTION says which links lead nowhere.
        ...(context.scope.environment === 'SANDBOX' ? [] : draft.deadLinks).map(link =>
          deadLink(this.type, draft.sourceId, link),
        ),
      ],
      weight,
    });
  }

  /** Adds the entries of a sent part to the next commit. */
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
