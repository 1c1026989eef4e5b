import { escapeText } from 'entities';
import type { PartDraft } from '../../domain/drafts/drafts.js';
import { compareIds } from '../../domain/model/ids.js';
import { type Fields, textOf } from '../../domain/model/record-fields.js';
import { nameOfContentId } from '../../domain/text/attachments.js';
import { either, lineOf, type SourceText } from '../../domain/text/html/source-text.js';
import { isBlank, storableText, withoutSourceLinks } from '../../domain/text/html-text.js';
import { type MessageHtml, messageHtml, showsSomething } from '../../domain/text/message-html.js';
import { SourceLinks } from '../../domain/text/source-links.js';
import type { Lookups } from '../../store/lookups.js';
import { asNote, attributionOf, headingLine, type People } from './attribution.js';
import { callNote, startOf } from './call-note.js';
import { emailHeading } from './email-heading.js';
import type { TypeMapping } from './field-values.js';
import { filesOf } from './message-files.js';
import { inTimeOrder, type MessageTimes, type Moment, statedTimeLine, tellMoment } from './message-times.js';
import type { ReadRecord, TellIssue, TicketRecord } from './ticket-record.js';

/** What messages are drafted by. */
export interface MessageRules extends People {
  lookups: Lookups;
  messageMapping: TypeMapping;
  callMapping: TypeMapping;
  /** Whether what the system wrote is one note, or a note each. */
  historyAs: 'NOTE' | 'PARTS';
  /** Called between messages: a ticket may have ten thousand. */
  yieldToEventLoop(): Promise<void>;
}

export const noText = '<p>(no text)</p>';

/** The messages of a ticket in the order of their times, system logs gathered in one note. */
export async function messageParts(
  ticket: TicketRecord,
  times: MessageTimes,
  rules: MessageRules,
  tell: TellIssue,
): Promise<PartDraft[]> {
  const { lookups, callMapping, historyAs } = rules;
  const dated = ticket.logs
    .map(log => ({ log, moment: times.of(log.stagedAt, log.record.createdDate) }))
    .sort((a, b) => inTimeOrder(a.moment, b.moment) || compareIds(a.log.sourceId, b.log.sourceId));
  const system = dated.filter(({ log }) => log.record.type === 'system');
  const parts: { part: PartDraft; moment: Moment }[] = [];
  for (const { log, moment } of dated) {
    await rules.yieldToEventLoop();
    const call = log.record.type === 'call' ? ticket.calls.get(textOf(log.record.callId)) : undefined;
    if (call) {
      const { html, charactersRemoved } = bodyOf(either(textOf(log.record.content)), log, ticket, rules, tell);
      const files = filesOf(log, ticket, lookups.sourceHosts, tell);
      const recording = ticket.recordings.get(textOf(log.record.callId));
      const began = startOf(call, times);
      const part = callNote(call.record, callMapping, rules, began, recording, {
        messages: [log.sourceId],
        html,
        charactersRemoved,
        ...files,
      });
      parts.push({ part, moment: began });
      tellMoment(began, 'CALL', call.sourceId, tell);
    } else if (log.record.type !== 'system') parts.push({ part: partOf(log, moment, ticket, rules, tell), moment });
    else if (historyAs === 'PARTS') parts.push({ part: systemNote([{ log, moment }], lookups, ticket, tell), moment });
    else if (log === system.at(-1)!.log) parts.push({ part: systemNote(system, lookups, ticket, tell), moment });
    if (!call) tellMoment(moment, 'MESSAGE', log.sourceId, tell);
  }
  const told = new Set(parts.flatMap(({ part }) => part.calls));
  for (const [id, call] of ticket.calls) {
    if (told.has(id)) continue;
    const began = startOf(call, times);
    parts.push({ part: callNote(call.record, callMapping, rules, began, ticket.recordings.get(id)), moment: began });
    tellMoment(began, 'CALL', id, tell);
  }
  // The note of a call stands where the call began, not where its log was written.
  return parts
    .map((each, place) => ({ ...each, place }))
    .sort((a, b) => inTimeOrder(a.moment, b.moment) || a.place - b.place)
    .map(({ part }) => part);
}

function systemNote(
  logs: readonly { log: ReadRecord; moment: Moment }[],
  { users, sourceHosts }: Lookups,
  ticket: TicketRecord,
  tell: TellIssue,
): PartDraft {
  const carried = logs.map(({ log }) => filesOf(log, ticket, sourceHosts, tell));
  const person = (id: unknown) => (textOf(id) === '' ? '' : (users.get(textOf(id))?.name ?? `user ${textOf(id)}`));
  const lines = logs.map(({ log: { record }, moment: { at, told } }) => {
    const change = [person(record.fromUserId), person(record.toUserId)].filter(Boolean).join(' → ');
    const when = told ?? `${new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return `${when} · ${[textOf(record.event), change, withoutSourceLinks(lineOf(either(textOf(record.content))), { hosts: sourceHosts })].filter(Boolean).join(' · ')}`;
  });
  return {
    messages: logs.map(({ log }) => log.sourceId),
    continues: false,
    calls: [],
    recordings: [],
    files: carried.flatMap(each => each.files),
    kept: carried.flatMap(each => each.kept),
    author: { kind: 'PLACEHOLDER_TEAMMATE' },
    type: 'note',
    createdAt: logs.at(-1)!.moment.at,
    ...(logs.length > 1 ? { times: logs.map(({ moment }) => moment.at) } : {}),
    html: `<p>Infoset system log<br>${lines.map(line => escapeText(storableText(line))).join('<br>')}</p>${carried.map(each => each.named).join('')}`,
    plain: false,
    charactersRemoved: false,
  };
}

function partOf(log: ReadRecord, moment: Moment, ticket: TicketRecord, rules: MessageRules, tell: TellIssue): PartDraft {
  const { record } = log;
  const internal = record.isInternal === true || record.type === 'note' || record.type === 'call';
  const written = attributionOf(record, textOf(ticket.record.contactId), rules);
  const { author, named: who } = internal ? asNote(written) : written;
  const body = bodyOf(textFor(log, ticket, tell), log, ticket, rules, tell);
  const { files, kept, named } = filesOf(log, ticket, rules.lookups.sourceHosts, tell);
  const email = record.type === 'email' ? ticket.emails.get(textOf(record.emailId)) : undefined;
  const html = [
    headingLine(who, channelOf(record, ticket), statedTimeLine(moment)),
    emailHeading(email, ticket, rules.messageMapping),
    body.html,
    named,
  ].join('');
  return {
    messages: [log.sourceId],
    continues: false,
    calls: [],
    recordings: [],
    files,
    kept,
    author,
    type: internal ? 'note' : 'comment',
    createdAt: moment.at,
    // Nobody may say nothing, also beside a file.
    html: isBlank(html) ? noText : html,
    plain: false,
    charactersRemoved: body.charactersRemoved,
  };
}

/** The text of a log as a message holds it; what it can't hold is told. */
export function bodyOf(
  source: SourceText,
  { sourceId, record }: Pick<ReadRecord, 'sourceId' | 'record'>,
  ticket: TicketRecord,
  { lookups: { sourceHosts: hosts } }: Pick<MessageRules, 'lookups'>,
  tell: TellIssue,
  recordType: 'MESSAGE' | 'TICKET' = 'MESSAGE',
): MessageHtml {
  const carriers = [record, ticket.emails.get(textOf(record.emailId))];
  const body = messageHtml(source, { hosts, nameOfContentId: address => nameOfContentId(address, carriers) });
  const about = { severity: 'WARNING', recordType, sourceId } as const;
  const links = new SourceLinks(hosts);
  for (const link of body.removedLinks) {
    if (links.fileIdsIn(link).some(id => ticket.files.get(id)?.state === 'STORED')) continue;
    tell({
      ...about,
      code: 'SOURCE_LINK_REMOVED',
      about: link.slice(0, 200),
      message: 'A link to the source was taken out of the text; the file is named instead.',
      hint: 'It would lead nowhere once the account is closed.',
    });
  }
  for (const what of new Set(body.left))
    tell({
      ...about,
      code: 'CONTENT_REMOVED',
      about: what.slice(0, 200),
      message: `The text shows something that no message can hold: ${what}. Its words stay.`,
      hint: 'Look at the message at the source, and add by hand what matters.',
    });
  return body;
}

/** The whole text of a mail instead of its preview; a part of it that shows nothing gives way to the next. */
function textFor({ sourceId, record }: ReadRecord, ticket: TicketRecord, tell: TellIssue): SourceText {
  const emailId = textOf(record.emailId);
  const preview = either(textOf(record.content));
  if (record.type !== 'email' || emailId === '') return preview;
  const email = ticket.emails.get(emailId);
  if (email) {
    const parts: SourceText[] = [
      { text: textOf(email.htmlBody), as: 'HTML' },
      { text: textOf(email.textBody), as: 'PLAIN' },
    ];
    return parts.find(showsSomething) ?? preview;
  }
  tell({
    code: 'EMAIL_BODY_MISSING',
    severity: 'WARNING',
    recordType: 'MESSAGE',
    sourceId,
    about: emailId,
    message: `The source does not have the body of e-mail ${emailId}: its preview moves.`,
    hint: 'Nothing can be done: the source does not have it.',
  });
  return preview;
}

/** Parts have no attributes: the channel is named where it is not the ticket's. */
function channelOf({ type, network }: Fields, { record }: TicketRecord): string {
  if (type === 'note') return '';
  const channel = [textOf(type), textOf(network)].filter(Boolean).join(' ');
  return textOf(type) === textOf(record.channelType) && !textOf(network) ? '' : channel && `[${channel}]`;
}
