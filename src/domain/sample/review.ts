import { createHash } from 'node:crypto';
import type { ArticleDraft, ContactDraft, ConversationDraft } from '../drafts/drafts.js';
import { canonicalJson } from '../model/canonical-json.js';
import type { ArticleView } from '../model/help-center.js';
import { type Fields, fieldsOf, shown } from '../model/record-fields.js';
import type { RecordType } from '../model/record-type.js';
import type { ArticleVersion } from '../model/source-shapes.js';
import type { ContactView, ConversationView } from '../ports/destination-records.js';
import { readText } from '../text/html-text.js';

/** One field or message of a record: at the source, and as it was read back from the workspace. */
export interface ReviewLine {
  field: string;
  source: string | null;
  destination: string | null;
}

/** A sampled record that people compare. */
export interface SampleReview {
  recordType: RecordType;
  sourceId: string;
  destinationId: string;
  /** Why it is in the sample. */
  reason: string;
  lines: ReviewLine[];
}

const longest = 2_000;
const text = (value: unknown) => shown(value).slice(0, longest) || null;
/** A Date holds no more. */
const maxSeconds = 8.64e12;
const isDate = /^\d{4}-\d{2}-\d{2}/;

/** As people compare it: times as dates where the source has a date, lists without brackets. */
function readable(value: unknown, source: unknown): string | null {
  if (typeof value === 'number' && Math.abs(value) <= maxSeconds && typeof source === 'string' && isDate.test(source))
    return new Date(value * 1000).toISOString().replace('.000', '');
  return text(Array.isArray(value) ? value.map(shown).join(', ') : value);
}

/** A line for each field that the mapping moves. @param read by the name of the destination's field */
function fieldLines(
  record: Fields,
  draft: { fields: Record<string, string> },
  read: Record<string, unknown>,
  attributes: Record<string, unknown>,
): ReviewLine[] {
  const values = fieldsOf(record);
  return Object.entries(draft.fields).map(([path, target]) => {
    const attribute = /^attributes\.(.+)$/s.exec(target)?.[1];
    const found = attribute ? (Object.hasOwn(attributes, attribute) ? attributes[attribute] : null) : read[target];
    const value = values.get(path);
    const source = target === 'body' ? text(readText(shown(value))) : readable(value, null);
    return { field: path, source, destination: readable(found, value) };
  });
}

/** A message of the source, and the part that it became. */
export interface ReviewedMessage {
  sourceId: string;
  at: string;
  text: string;
  partId: string | null;
}

/** @param ticket the fields of a ticket, and its status */
export function reviewConversation(
  { record, status }: { record: Fields; status: string },
  draft: ConversationDraft,
  messages: readonly ReviewedMessage[],
  view: ConversationView,
): ReviewLine[] {
  const parts = new Map(view.parts.map(part => [part.id, part]));
  const first = draft.opening.part
    ? view.openingBody
    : view.partsCut
      ? null
      : view.parts.find(({ type }) => type === 'comment')?.body;
  // The ticket's own text may be any of its messages.
  const content = readText(shown(record.content));
  const texts = [view.openingBody, ...view.parts.map(({ body }) => body)].map(body => readText(body ?? ''));
  const read = {
    title: view.title,
    body: texts.find(each => content !== '' && each.includes(content)) ?? readText(first ?? ''),
    created_at: view.createdAt,
    contacts: view.contactIds,
    company_id: view.companyId,
    admin_assignee_id: view.adminAssigneeId,
    team_assignee_id: view.teamAssigneeId,
    tags: view.tags,
  };
  return [
    { field: 'state', source: text(status), destination: view.state },
    ...fieldLines(record, draft, read, view.attributes),
    ...messages.map(({ sourceId, at, text: written, partId }): ReviewLine => {
      const part = partId === null ? undefined : parts.get(partId);
      const body = part?.body ?? (partId === null ? null : view.openingBody);
      return { field: `message ${sourceId}, ${at}`, source: text(written), destination: text(readText(body ?? '')) };
    }),
  ];
}

export function reviewContact(record: Fields, draft: ContactDraft, view: ContactView): ReviewLine[] {
  const read = {
    external_id: view.externalId,
    name: view.name,
    email: view.email,
    phone: view.phone,
    signed_up_at: view.signedUpAt,
    owner_id: view.ownerId,
    companies: view.companies,
    tags: view.tags,
  };
  const references = Object.entries(view.references).map(
    ([name, ids]): ReviewLine => ({ field: name, source: null, destination: text(ids) }),
  );
  return [...fieldLines(record, draft, read, view.attributes), ...references];
}

export function reviewArticle(article: ArticleVersion, draft: ArticleDraft, view: ArticleView): ReviewLine[] {
  const [main] = draft.contents;
  const lines: ReviewLine[] = [
    { field: 'title', source: text(article.title), destination: view.main.title },
    { field: 'html', source: text(readText(article.html)), destination: text(readText(view.main.html)) },
    { field: 'status', source: text(article.status), destination: view.main.published ? 'published' : 'draft' },
  ];
  for (const { language, title } of draft.contents.filter(each => each !== main))
    lines.push({ field: `title in ${language}`, source: title, destination: view.translations[language]?.title ?? null });
  return lines;
}

/** Digest of what was read back: a sign-off is bound to it. */
export function sampleDigest(reviews: readonly SampleReview[]): string {
  const hash = createHash('sha256');
  const sorted = reviews.map(each => canonicalJson(each)).sort();
  for (const each of sorted) hash.update(each).update('\n');
  return hash.digest('hex');
}
