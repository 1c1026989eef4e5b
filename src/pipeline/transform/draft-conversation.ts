import { decodeHTML } from 'entities';
import type { ConversationDraft, PartDraft } from '../../domain/drafts/drafts.js';
import { type Fields, isFilled, textOf } from '../../domain/model/record-fields.js';
import type { TicketShape } from '../../domain/model/source-shapes.js';
import { either, lineOf } from '../../domain/text/html/source-text.js';
import { isBlank, isPlainMarkup, plainText, plainToHtml, storableText, withoutSourceLinks } from '../../domain/text/html-text.js';
import { messageOf, textOnly, textsOf, ticketOf } from '../../sources/shapes.js';
import type { Lookups } from '../../store/lookups.js';
import { contactAttribution, headingLine } from './attribution.js';
import { ownText, valueFor } from './draft-company.js';
import type { TypeMapping } from './field-values.js';
import { cut, mapFields, unixSeconds, wholeValuesNote } from './field-values.js';
import { mappedTags } from './mapped-tags.js';
import { continued, filesOf } from './message-files.js';
import { bodyOf, type MessageRules, messageParts, noText } from './message-parts.js';
import { MessageTimes, type Moment, reportMoment, statedTimeLine } from './message-times.js';
import type { ReportIssue, TicketRecord } from './ticket-record.js';

export interface ConversationRules extends MessageRules {
  mapping: TypeMapping;
  tagMapping: TypeMapping;
  /** Whether comments are sent as HTML. */
  replyHtml: boolean;
  /** State of conversations of pending tickets. */
  pendingAs: 'OPEN' | 'SNOOZED';
}

/** Drafts a ticket of any length as one conversation. */
export async function draftConversation(
  ticket: TicketRecord,
  rules: ConversationRules,
  report: ReportIssue,
): Promise<ConversationDraft> {
  const { mapping, tagMapping, lookups, replyHtml } = rules;
  const { sourceId, record } = ticket;
  const mapped = mapFields(record, mapping, 'conversation', lookups.timeZone, (path, value) =>
    nameOf(path, value, record, lookups),
  );
  const times = new MessageTimes(ticket, lookups.timeZone);
  const { createdDate, state } = ticketOf(record);
  const begun = times.of(ticket.stagedAt, createdDate);
  const messages = await messageParts(ticket, times, rules, report);
  const parts = continued(await withTicketText(messages, ticket, begun, rules, report));
  const contact = textOf(valueFor(mapped, mapping, 'conversation.contacts'));
  const known = lookups.contacts.has(contact) ? contact : null;
  const { opening, replies } = open(sourceId, known, parts, begun.at, replyHtml);
  const { attributes } = mapped;
  const createdAt = unixSeconds(createdDate, lookups.timeZone);
  if (createdAt !== null) attributes.infoset_created_at = createdAt;
  const owners = [valueFor(mapped, mapping, 'conversation.admin_assignee_id')].flat().map(textOf).filter(Boolean);
  if (owners.length > 0)
    attributes.infoset_owners = cut(
      owners.map(id => lookups.users.get(id)?.email ?? lookups.users.get(id)?.name ?? id).join(', '),
    );
  const team = lookups.teams.get(textOf(valueFor(mapped, mapping, 'conversation.team_assignee_id'))) ?? null;
  if (team) attributes.infoset_team = cut(team);
  const company = textOf(valueFor(mapped, mapping, 'conversation.company_id'));
  const title = ownText(mapped, mapping, 'conversation.title');
  const { breaches, mergedFrom } = ticket;
  if (breaches.length > 0) attributes.infoset_sla_breaches = breaches.length;
  if (mergedFrom.length > 0) attributes.infoset_merged_from = cut(mergedFrom.join(', '));
  const note = ticketNote(ticket, wholeValuesNote(mapped.whole, lookups.sourceHosts), mapping);
  if (note) replies.push(placeholderNote(note, lookups.sourceHosts, Math.max(opening.createdAt, replies.at(-1)?.createdAt ?? 0)));
  if (!replyHtml)
    for (const part of opening.part ? [opening.part, ...replies] : replies)
      Object.assign(part, { html: plainText(part.html), plain: true });
  return {
    sourceId,
    contact: known,
    company: lookups.companies.has(company) ? company : null,
    title,
    opening,
    parts: replies,
    team,
    assigneeAgents: owners.filter(id => lookups.users.has(id)),
    state: stateOf(state, rules.pendingAs),
    attributes,
    tags: mappedTags(record, mapping, tagMapping, 'conversation.tags', mapped.losses),
    fields: mapped.fields,
    note: null,
    losses: mapped.losses,
  };
}

function stateOf(state: TicketShape['state'], pendingAs: ConversationRules['pendingAs']): ConversationDraft['state'] {
  if (state === 'CLOSED') return 'closed';
  return state === 'PENDING' && pendingAs === 'SNOOZED' ? 'snoozed' : 'open';
}

function nameOf(path: string, value: unknown, record: Fields, { pipelines, stages }: Lookups): unknown {
  if (path === 'pipelineId') return pipelines.get(textOf(value)) ?? value;
  if (path === 'stageId') return stages.get(`${ticketOf(record).pipelineId}/${textOf(value)}`) ?? value;
  return value;
}

/** The text of the ticket becomes a message, unless a message begins with the same text. */
async function withTicketText(
  parts: PartDraft[],
  ticket: TicketRecord,
  begun: Moment,
  rules: ConversationRules,
  report: ReportIssue,
): Promise<PartDraft[]> {
  const { mapping, lookups } = rules;
  const { record, logs, emails } = ticket;
  const { content, contactId } = ticketOf(record);
  if (mapping.get('content')?.action === 'IGNORE' || content === '') return parts;
  const source = either(content);
  const text = lineOf(source).toLowerCase();
  let isRepeated = text === '';
  for (const log of logs) {
    await rules.yieldToEventLoop();
    const texts = [...textsOf(log.record), ...textsOf(emails.get(messageOf(log.record).emailId))];
    isRepeated ||= texts.some(each => lineOf(each).toLowerCase().startsWith(text));
  }
  const own = { sourceId: ticket.sourceId, record: textOnly(record) };
  const shown = filesOf(own, ticket, lookups.sourceHosts, report);
  const carried = new Set(parts.flatMap(part => [...part.files, ...part.kept].map(file => file.id)));
  const isNew = ({ id }: { id: string }) => !carried.has(id);
  // Images that only the text of the ticket contains are sent even if the words are not.
  const [files, kept] = [shown.files.filter(isNew), shown.kept.filter(isNew)];
  if (isRepeated && files.length === 0 && kept.length === 0) return parts;
  const body = isRepeated ? { html: '', charactersRemoved: false } : bodyOf(source, own, ticket, rules, report, 'TICKET');
  const { author, named } = contactAttribution(contactId, rules);
  const createdAt = begun.at;
  reportMoment(begun, 'TICKET', ticket.sourceId, report);
  const html = `${body.html}${shown.named}`;
  const part: PartDraft = {
    messages: [],
    continues: false,
    calls: [],
    recordings: [],
    files,
    kept,
    author,
    type: 'comment',
    createdAt,
    html: headingLine(named, statedTimeLine(begun)) + (isBlank(html) ? noText : html),
    plain: false,
    charactersRemoved: body.charactersRemoved,
  };
  const at = parts.findIndex(part => part.createdAt >= createdAt);
  return at < 0 ? [...parts, part] : [...parts.slice(0, at), part, ...parts.slice(at)];
}

/**
 * Intercom opens conversations only as a contact, in plain text, without files. Other first messages are the first reply to a
 * neutral line.
 */
function open(sourceId: string, contact: string | null, parts: PartDraft[], createdAt: number, replyHtml: boolean) {
  const [first, ...rest] = parts;
  const same =
    first?.author.kind === 'CONTACT'
      ? first.author.id === contact
      : first?.author.kind === 'PLACEHOLDER_CONTACT' && contact === null;
  const plain = first ? plainText(first.html) : '';
  const direct =
    first &&
    same &&
    first.type === 'comment' &&
    plain !== '' &&
    isLiteral(plain) &&
    (isPlainMarkup(first.html) || !replyHtml) &&
    first.files.length === 0;
  if (direct) return { opening: { body: plain, createdAt: first.createdAt, part: first }, replies: rest };
  return { opening: { body: `Infoset #${sourceId}`, createdAt: first?.createdAt ?? createdAt, part: null }, replies: parts };
}

/** Whether plain text means the same as HTML: it is not documented whether the destination escapes an opening. */
const isLiteral = (plain: string) => !plain.includes('<') && decodeHTML(plain) === plain;

/** Content of a ticket without another place: cut values, the comment of its rating, its breaches; null if there is none. */
function ticketNote({ record, breaches }: TicketRecord, whole: string | null, mapping: TypeMapping): string | null {
  const { score, comment } = ticketOf(record).rating;
  const rated = mapping.get('csat.comment')?.action === 'IGNORE' ? '' : comment;
  const lines = [
    rated ? `Infoset rating${isFilled(score) ? ` ${textOf(score)}` : ''}: ${rated}` : '',
    ...breaches.map(({ policy, date }) => `Infoset SLA breach: ${[policy, date].filter(Boolean).join(', ')}`),
    whole ? `Infoset fields that are longer than an attribute:\n${whole}` : '',
  ].filter(Boolean);
  return lines.length > 0 ? lines.join('\n') : null;
}

function placeholderNote(text: string, hosts: readonly string[], createdAt: number): PartDraft {
  return {
    messages: [],
    continues: false,
    calls: [],
    recordings: [],
    files: [],
    kept: [],
    author: { kind: 'PLACEHOLDER_TEAMMATE' },
    type: 'note',
    createdAt,
    html: plainToHtml(withoutSourceLinks(storableText(text), { hosts })),
    plain: false,
    charactersRemoved: false,
  };
}
