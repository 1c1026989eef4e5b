import { escapeText } from 'entities';
import type { PartDraft } from '../../domain/drafts/drafts.js';
import { replaced } from '../../domain/mapping/renamed-tags.js';
import { compareIds } from '../../domain/model/ids.js';
import type { MessageShape } from '../../domain/model/source-shapes.js';
import { either, lineOf, type SourceText } from '../../domain/text/html/source-text.js';
import { isBlank, storableText, withoutSourceLinks } from '../../domain/text/html-text.js';
import { type MessageHtml, messageHtml, showsSomething } from '../../domain/text/message-html.js';
import { SourceLinks } from '../../domain/text/source-links.js';
import { emailOf, messageOf, nameOfContentId, ticketOf } from '../../sources/shapes.js';
import type { Lookups } from '../../store/lookups.js';
import { asNote, attributionOf, headingLine, type People } from './attribution.js';
import { callNote, startOf } from './call-note.js';
import { emailHeading } from './email-heading.js';
import type { TypeMapping } from './field-values.js';
import { emailRecordOf, filesOf } from './message-files.js';
import { inTimeOrder, type MessageTimes, type Moment, reportMoment, statedTimeLine } from './message-times.js';
import type { ReadRecord, ReportIssue, TicketRecord } from './ticket-record.js';

/** The context for drafts of messages. */
export interface MessageRules extends People {
  lookups: Lookups;
  messageMapping: TypeMapping;
  callMapping: TypeMapping;
  /** Whether system logs become one note or a note each. */
  historyAs: 'NOTE' | 'PARTS';
  /** Called between messages: a ticket can have ten thousand. */
  yieldToEventLoop(): Promise<void>;
}

export const noText = '<p>(no text)</p>';

/** The messages of a ticket by time, with system logs combined in one note. */
export async function messageParts(
  ticket: TicketRecord,
  times: MessageTimes,
  rules: MessageRules,
  report: ReportIssue,
): Promise<PartDraft[]> {
  const { lookups, callMapping, historyAs } = rules;
  const dated = ticket.logs
    .map(log => ({ log, message: messageOf(log.record) }))
    .map(each => ({ ...each, moment: times.of(each.log.stagedAt, each.message.createdDate) }))
    .sort((a, b) => inTimeOrder(a.moment, b.moment) || compareIds(a.log.sourceId, b.log.sourceId));
  const system = dated.filter(({ message }) => message.kind === 'SYSTEM');
  const parts: { part: PartDraft; moment: Moment }[] = [];
  for (const { log, message, moment } of dated) {
    await rules.yieldToEventLoop();
    const call = message.kind === 'CALL' ? ticket.calls.get(message.callId) : undefined;
    if (call) {
      const { html, charactersRemoved } = bodyOf(either(message.content), log, ticket, rules, report);
      const files = filesOf(log, ticket, lookups.sourceHosts, report);
      const recording = ticket.recordings.get(message.callId);
      const began = startOf(call, times);
      const part = callNote(call, callMapping, rules, began, recording, {
        messages: [log.sourceId],
        html,
        charactersRemoved,
        ...files,
      });
      parts.push({ part, moment: began });
      reportMoment(began, 'CALL', call.sourceId, report);
    } else if (message.kind !== 'SYSTEM') parts.push({ part: partOf(log, moment, ticket, rules, report), moment });
    else if (historyAs === 'PARTS') parts.push({ part: systemNote([{ log, moment }], lookups, ticket, report), moment });
    else if (log === system.at(-1)!.log) parts.push({ part: systemNote(system, lookups, ticket, report), moment });
    if (!call) reportMoment(moment, 'MESSAGE', log.sourceId, report);
  }
  const included = new Set(parts.flatMap(({ part }) => part.calls));
  for (const [id, call] of ticket.calls) {
    if (included.has(id)) continue;
    const began = startOf(call, times);
    parts.push({ part: callNote(call, callMapping, rules, began, ticket.recordings.get(id)), moment: began });
    reportMoment(began, 'CALL', id, report);
  }
  // The note of a call is at the time when the call began, not when its log was written.
  return parts
    .map((each, position) => ({ ...each, position }))
    .sort((a, b) => inTimeOrder(a.moment, b.moment) || a.position - b.position)
    .map(({ part }) => part);
}

function systemNote(
  logs: readonly { log: ReadRecord; moment: Moment }[],
  { users, sourceHosts }: Lookups,
  ticket: TicketRecord,
  report: ReportIssue,
): PartDraft {
  const carried = logs.map(({ log }) => filesOf(log, ticket, sourceHosts, report));
  const person = (id: string) => (id === '' ? '' : (users.get(id)?.name ?? `user ${id}`));
  const lines = logs.map(({ log: { record }, moment: { at, original } }) => {
    const { event, content, fromUserId, toUserId } = messageOf(record);
    const change = [person(fromUserId), person(toUserId)].filter(Boolean).join(' → ');
    const when = original ?? `${new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return `${when} · ${[event, change, withoutSourceLinks(lineOf(either(content)), { hosts: sourceHosts })].filter(Boolean).join(' · ')}`;
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

function partOf(log: ReadRecord, moment: Moment, ticket: TicketRecord, rules: MessageRules, report: ReportIssue): PartDraft {
  const message = messageOf(log.record);
  const internal = message.isInternal || message.kind === 'NOTE' || message.kind === 'CALL';
  const written = attributionOf(message, ticketOf(ticket.record).contactId, rules);
  const { author, named: who } = internal ? asNote(written) : written;
  const body = bodyOf(textFor(log, ticket, report), log, ticket, rules, report);
  const { files, kept, named } = filesOf(log, ticket, rules.lookups.sourceHosts, report);
  const email = emailRecordOf(message, ticket);
  const html = [
    headingLine(who, channelOf(message, ticket, rules.messageMapping), statedTimeLine(moment)),
    emailHeading(email && emailOf(email), ticket, rules.messageMapping),
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
    // A message must have a text, even beside a file.
    html: isBlank(html) ? noText : html,
    plain: false,
    charactersRemoved: body.charactersRemoved,
  };
}

/** The text of a log for a message. What it cannot show is reported. */
export function bodyOf(
  source: SourceText,
  { sourceId, record }: Pick<ReadRecord, 'sourceId' | 'record'>,
  ticket: TicketRecord,
  { lookups: { sourceHosts: hosts } }: Pick<MessageRules, 'lookups'>,
  report: ReportIssue,
  recordType: 'MESSAGE' | 'TICKET' = 'MESSAGE',
): MessageHtml {
  const carriers = [record, ticket.emails.get(messageOf(record).emailId)];
  const body = messageHtml(source, { hosts, nameOfContentId: address => nameOfContentId(address, carriers) });
  const about = { severity: 'WARNING', recordType, sourceId } as const;
  const links = new SourceLinks(hosts);
  for (const link of body.removedLinks) {
    if (links.fileIdsIn(link).some(id => ticket.files.get(id)?.state === 'STORED')) continue;
    report({
      ...about,
      code: 'SOURCE_LINK_REMOVED',
      about: link.slice(0, 200),
      message: 'A link to the source was removed from the text. The file is named instead.',
      hint: 'The link stops working when the account is closed.',
    });
  }
  for (const what of new Set(body.left))
    report({
      ...about,
      code: 'CONTENT_REMOVED',
      about: what.slice(0, 200),
      message: `The text contains something that a message cannot show: ${what}. Its words stay.`,
      hint: 'Compare the message with the source, and add what is important by hand.',
    });
  for (const code of new Set(body.code))
    report({
      ...about,
      code: 'CONTENT_REMOVED',
      about: code,
      message: `Code between the paragraphs of the text, of which a browser shows nothing, is left out: ${code}`,
      hint: 'If a person typed it, add it by hand.',
    });
  return body;
}

/** The whole text of a mail instead of its preview: the first version that shows something. */
function textFor({ sourceId, record }: ReadRecord, ticket: TicketRecord, report: ReportIssue): SourceText {
  const message = messageOf(record);
  const { emailId } = message;
  const preview = either(message.content);
  if (message.kind !== 'EMAIL' || emailId === '') return preview;
  const email = emailRecordOf(message, ticket);
  if (email) {
    const { html, text } = emailOf(email);
    const parts: SourceText[] = [
      { text: html, as: 'HTML' },
      { text, as: 'PLAIN' },
    ];
    return parts.find(showsSomething) ?? preview;
  }
  report({
    code: 'EMAIL_BODY_MISSING',
    severity: 'WARNING',
    recordType: 'MESSAGE',
    sourceId,
    about: emailId,
    message: `The source does not have the body of e-mail ${emailId}. Its preview is loaded.`,
    hint: 'There is nothing to do: the source does not have it.',
  });
  return preview;
}

/** Parts have no attributes: the text names the channel if it differs from the ticket's. */
function channelOf({ kind, channel, network }: MessageShape, { record }: TicketRecord, mapping: TypeMapping): string {
  if (kind === 'NOTE') return '';
  const named = (path: string, value: string) => replaced(mapping.get(path)?.values ?? [], value);
  const full = [named('type', channel), named('network', network)].filter(Boolean).join(' ');
  return channel === ticketOf(record).channel && !network ? '' : full && `[${full}]`;
}
