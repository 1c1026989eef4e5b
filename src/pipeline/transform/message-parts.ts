import { escapeText } from 'entities';
import { inlineFiles } from '../../domain/attachments.js';
import { cleanBody, readText, storableText, withoutSourceLinks } from '../../domain/html-text.js';
import type { Author, PartDraft } from '../../domain/load/drafts.js';
import { type Fields, textOf } from '../../domain/record-fields.js';
import type { Lookups } from '../../store/lookups.js';
import { callNote } from './call-note.js';
import { emailHeading } from './email-heading.js';
import { type TypeMapping, unixSeconds } from './field-values.js';
import { filesOf } from './message-files.js';
import type { LogRecord, TellIssue, TicketRecord } from './ticket-record.js';

/** What messages are drafted by. */
export interface MessageRules {
  lookups: Lookups;
  messageMapping: TypeMapping;
  callMapping: TypeMapping;
  /** Whether what the system wrote is one note, or a note each. */
  historyAs: 'NOTE' | 'PARTS';
}

/** Whether a person sees nothing of it. */
export const isBlank = (html: string) => !html.includes('<img') && readText(html) === '';

export const noText = '<p>(no text)</p>';

/** The messages of a ticket in the order of their times, system logs gathered in one note. */
export function messageParts(
  ticket: TicketRecord,
  { lookups, messageMapping, callMapping, historyAs }: MessageRules,
  tell: TellIssue,
): PartDraft[] {
  const dated = ticket.logs
    .map(log => ({ log, at: timeOf(log, ticket, lookups) }))
    .sort((a, b) => a.at - b.at || byId(a.log, b.log));
  const system = dated.filter(({ log }) => log.record.type === 'system');
  const parts: PartDraft[] = [];
  for (const { log, at } of dated) {
    const call = log.record.type === 'call' ? ticket.calls.get(textOf(log.record.callId)) : undefined;
    if (call)
      parts.push(
        callNote(call, callMapping, lookups, ticket.recordings.get(textOf(log.record.callId)), {
          messages: [log.sourceId],
          text: withoutSourceLinks(textOf(log.record.content), { hosts: lookups.sourceHosts }),
          ...filesOf(log, ticket, lookups.sourceHosts, tell),
        }),
      );
    else if (log.record.type !== 'system') parts.push(partOf(log, at, ticket, { lookups, messageMapping }, tell));
    else if (historyAs === 'PARTS') parts.push(systemNote([{ log, at }], lookups, ticket, tell));
    else if (log === system.at(-1)!.log) parts.push(systemNote(system, lookups, ticket, tell));
  }
  const told = new Set(parts.flatMap(({ calls }) => calls));
  for (const [id, call] of ticket.calls) {
    if (!told.has(id)) parts.push(callNote(call, callMapping, lookups, ticket.recordings.get(id)));
  }
  // The note of a call stands where the call began, not where its log was written.
  return parts
    .map((part, place) => ({ part, place }))
    .sort((a, b) => a.part.createdAt - b.part.createdAt || a.place - b.place)
    .map(({ part }) => part);
}

const byId = (a: LogRecord, b: LogRecord) => Number(a.sourceId) - Number(b.sourceId) || (a.sourceId < b.sourceId ? -1 : 1);

const timeOf = ({ record }: LogRecord, ticket: TicketRecord, lookups: Lookups) =>
  Math.max(0, unixSeconds(record.createdDate, lookups.timeZone) ?? unixSeconds(ticket.record.createdDate, lookups.timeZone) ?? 0);

function systemNote(
  logs: readonly { log: LogRecord; at: number }[],
  { users, sourceHosts }: Lookups,
  ticket: TicketRecord,
  tell: TellIssue,
): PartDraft {
  const carried = logs.map(({ log }) => filesOf(log, ticket, sourceHosts, tell));
  const person = (id: unknown) => (textOf(id) === '' ? '' : (users.get(textOf(id))?.name ?? `user ${textOf(id)}`));
  const lines = logs.map(({ log: { record }, at }) => {
    const change = [person(record.fromUserId), person(record.toUserId)].filter(Boolean).join(' → ');
    const when = new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ');
    return `${when} UTC · ${[textOf(record.event), change, withoutSourceLinks(readText(textOf(record.content)), { hosts: sourceHosts })].filter(Boolean).join(' · ')}`;
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
    createdAt: logs.at(-1)!.at,
    html: `<p>Infoset system log<br>${lines.map(line => escapeText(storableText(line))).join('<br>')}</p>${carried.map(each => each.named).join('')}`,
    plain: false,
    charactersRemoved: false,
  };
}

function partOf(
  log: LogRecord,
  createdAt: number,
  ticket: TicketRecord,
  { lookups, messageMapping }: Pick<MessageRules, 'lookups' | 'messageMapping'>,
  tell: TellIssue,
): PartDraft {
  const { record } = log;
  const { author, attribution } = authorOf(record, ticket, lookups);
  const internal = record.isInternal === true || record.type === 'note' || record.type === 'call';
  const body = cleanBody(textFor(log, ticket, tell), { hosts: lookups.sourceHosts });
  for (const link of body.removedLinks) {
    if (inlineFiles(link, lookups.sourceHosts).some(({ id }) => ticket.files.get(id)?.state === 'STORED')) continue;
    if (link.startsWith('data:image')) continue;
    tell({
      code: 'SOURCE_LINK_REMOVED',
      severity: 'WARNING',
      recordType: 'MESSAGE',
      sourceId: log.sourceId,
      about: link.slice(0, 200),
      message: 'A link to the source was taken out of the text; the file is named instead.',
      hint: 'It would lead nowhere once the account is closed.',
    });
  }
  // A contact can't write a note: who wrote it is named.
  const asTeammate = internal && (author.kind === 'CONTACT' || author.kind === 'PLACEHOLDER_CONTACT');
  const who = asTeammate && !attribution ? `Contact ${author.kind === 'CONTACT' ? author.id : ''}`.trim() : attribution;
  const heading = [who ? `${who}:` : '', channelOf(record, ticket)].filter(Boolean).join(' ');
  const { files, kept, named } = filesOf(log, ticket, lookups.sourceHosts, tell);
  const html = [
    heading ? `<p><i>${escapeText(storableText(heading))}</i></p>` : '',
    record.type === 'email' ? emailHeading(ticket.emails.get(textOf(record.emailId)), ticket, messageMapping) : '',
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
    author: asTeammate ? { kind: 'PLACEHOLDER_TEAMMATE' } : author,
    type: internal ? 'note' : 'comment',
    createdAt,
    // Nobody may say nothing, also beside a file.
    html: isBlank(html) ? noText : html,
    plain: false,
    charactersRemoved: body.charactersRemoved,
  };
}

/** The whole text of a mail instead of its preview. */
function textFor({ sourceId, record }: LogRecord, ticket: TicketRecord, tell: TellIssue): string {
  const emailId = textOf(record.emailId);
  if (record.type !== 'email' || emailId === '') return textOf(record.content);
  const email = ticket.emails.get(emailId);
  if (email) return textOf(email.htmlBody) || textOf(email.textBody) || textOf(record.content);
  tell({
    code: 'EMAIL_BODY_MISSING',
    severity: 'WARNING',
    recordType: 'MESSAGE',
    sourceId,
    about: emailId,
    message: `The source does not have the body of e-mail ${emailId}: its preview moves.`,
    hint: 'Nothing more can be had of it.',
  });
  return textOf(record.content);
}

/** Who is credited, and who is named in the text because he can't be. */
function authorOf(record: Fields, ticket: TicketRecord, lookups: Lookups): { author: Author; attribution: string | null } {
  const user = textOf(record.userId);
  const contact = textOf(record.contactId);
  if (record.isBot === true) return { author: { kind: 'PLACEHOLDER_TEAMMATE' }, attribution: 'Bot' };
  if (record.isAgent === true || (user !== '' && contact === '')) {
    if (lookups.users.has(user)) return { author: { kind: 'AGENT', id: user }, attribution: null };
    return { author: { kind: 'PLACEHOLDER_TEAMMATE' }, attribution: user ? `Agent ${user}` : 'Agent' };
  }
  const id = contact || textOf(ticket.record.contactId);
  if (lookups.contacts.has(id)) return { author: { kind: 'CONTACT', id }, attribution: null };
  return { author: { kind: 'PLACEHOLDER_CONTACT' }, attribution: id ? `Contact ${id}` : null };
}

/** Parts have no attributes: the channel is named where it is not the ticket's. */
function channelOf({ type, network }: Fields, { record }: TicketRecord): string {
  if (type === 'note') return '';
  const channel = [textOf(type), textOf(network)].filter(Boolean).join(' ');
  return textOf(type) === textOf(record.channelType) && !textOf(network) ? '' : channel && `[${channel}]`;
}
