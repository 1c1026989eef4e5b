import type { ArticleDraft, ContactDraft, ConversationDraft, DraftType } from '../../domain/drafts/drafts.js';
import type { DestinationType } from '../../domain/model/crosswalk.js';
import { recordOf, textOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import type { Destination } from '../../domain/ports/destination.js';
import {
  type ReviewedMessage,
  type ReviewLine,
  reviewArticle,
  reviewContact,
  reviewConversation,
  type SampleReview,
  sampleDigest,
} from '../../domain/sample/review.js';
import { plainText } from '../../domain/text/html-text.js';
import { articleOf, emailOf, messageOf, ticketOf } from '../../sources/shapes.js';
import { destinationsOf } from '../../store/crosswalk.js';
import { loadedDrafts } from '../../store/drafts.js';
import type { LoadScope } from '../../store/load-scope.js';
import type { RunWork } from '../../store/run-work.js';
import { saveReviews } from '../../store/sample-reviews.js';
import { sampleRecords } from '../../store/samples.js';
import { childrenOf, recordsByIds } from '../../store/staged-records.js';

const batchSize = 50;
const concurrentCalls = 8;
/** Messages of one conversation that are shown side by side. */
const shownMessages = 200;

interface Reviewing {
  work: RunWork;
  scope: LoadScope;
  destination: Destination;
}

interface Loaded {
  sourceId: string;
  body: string;
  destinationId: string;
}

/** Reads each sampled conversation, contact and article back, with its values at the source; for people, and for the sign-off. */
export async function reviewSample(context: Reviewing): Promise<void> {
  const { work } = context;
  const reasons = new Map(
    (await work.transaction(tx => sampleRecords(tx, work.lease.projectId))).map(each => [
      `${each.listing} ${each.sourceId}`,
      each.reason,
    ]),
  );
  const reviews: SampleReview[] = [];
  const review = async (
    recordType: 'TICKET' | 'CONTACT' | 'ARTICLE',
    destinationType: DestinationType,
    linesOf: (loaded: Loaded) => Promise<ReviewLine[] | null>,
  ) => {
    for await (const loaded of loadedRecords(context, recordType, destinationType)) {
      work.checkHalt();
      const found = await Promise.all(loaded.map(async each => ({ ...each, lines: await linesOf(each) })));
      for (const { sourceId, destinationId, lines } of found) {
        const reason = reasons.get(`${listingOf(recordType)} ${sourceId}`) ?? '';
        if (lines) reviews.push({ recordType, sourceId, destinationId, reason, lines });
      }
    }
  };
  await review('TICKET', 'CONVERSATION', each => conversationLines(context, each));
  await review('CONTACT', 'CONTACT', each => contactLines(context, each));
  await review('ARTICLE', 'ARTICLE', each => articleLines(context, each));
  await work.fencedTransaction(tx => saveReviews(tx, work.lease, reviews, sampleDigest(reviews)));
}

async function* loadedRecords(
  { work, scope }: Reviewing,
  type: DraftType,
  destinationType: DestinationType,
): AsyncGenerator<Loaded[]> {
  for (let after = ''; ; ) {
    const batch = await work.transaction(tx => loadedDrafts(tx, scope, type, after, batchSize));
    if (batch.length === 0) return;
    const ids = await work.transaction(tx =>
      destinationsOf(
        tx,
        scope,
        type,
        destinationType,
        batch.map(each => each.sourceId),
      ),
    );
    const loaded = batch.flatMap(each => {
      const destinationId = ids.get(each.sourceId);
      return destinationId ? [{ ...each, destinationId }] : [];
    });
    for (let from = 0; from < loaded.length; from += concurrentCalls) yield loaded.slice(from, from + concurrentCalls);
    after = batch.at(-1)!.sourceId;
  }
}

const recordOfType = async ({ work }: Reviewing, type: DraftType, sourceId: string) => {
  const [staged] = await work.transaction(tx => recordsByIds(tx, work.lease.projectId, listingOf(type), [sourceId]));
  return staged ? recordOf(staged.raw) : null;
};

async function conversationLines(context: Reviewing, { sourceId, body, destinationId }: Loaded): Promise<ReviewLine[] | null> {
  const { work, scope, destination } = context;
  const record = await recordOfType(context, 'TICKET', sourceId);
  const view = await destination.conversation(destinationId);
  if (!record || !view) return null;
  const logs = await work.transaction(tx => childrenOf(tx, work.lease.projectId, listingOf('MESSAGE'), [sourceId]));
  const shown = logs.slice(0, shownMessages);
  const parts = await work.transaction(tx =>
    destinationsOf(
      tx,
      scope,
      'MESSAGE',
      'CONVERSATION_PART',
      shown.map(each => each.sourceId),
    ),
  );
  const messages = shown.map(({ sourceId: id, raw }): ReviewedMessage => {
    const log = recordOf(raw);
    const { html, text: plain } = emailOf(log);
    const message = messageOf(log);
    const text = plainText(message.content || plain || html);
    return { sourceId: id, at: textOf(message.createdDate), text, partId: parts.get(id) ?? null };
  });
  messages.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const { status } = ticketOf(record);
  return reviewConversation({ record, status }, JSON.parse(body) as ConversationDraft, messages, view);
}

async function contactLines(context: Reviewing, { sourceId, body, destinationId }: Loaded): Promise<ReviewLine[] | null> {
  const record = await recordOfType(context, 'CONTACT', sourceId);
  const view = await context.destination.contact(destinationId);
  return record && view ? reviewContact(record, JSON.parse(body) as ContactDraft, view) : null;
}

async function articleLines(context: Reviewing, { sourceId, body, destinationId }: Loaded): Promise<ReviewLine[] | null> {
  const draft = JSON.parse(body) as ArticleDraft;
  const record = await recordOfType(context, 'ARTICLE', sourceId);
  const view = await context.destination.article(destinationId, draft.isInternal);
  return record && view ? reviewArticle(articleOf(record), draft, view) : null;
}
