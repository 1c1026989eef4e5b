import { type Fields, isFilled, textOf } from '../../../domain/model/record-fields.js';
import type {
  BreachShape,
  EmailShape,
  Mailbox,
  MessageShape,
  TextPattern,
  TicketShape,
} from '../../../domain/model/source-shapes.js';

const closed = new Set(['3', '4', 'resolved', 'closed']);
const pending = new Set(['2', 'pending']);

const stateOf = (status: string): TicketShape['state'] =>
  closed.has(status) ? 'CLOSED' : pending.has(status) ? 'PENDING' : 'OPEN';

/** The ticket that a ticket was merged into; '' if it was not merged. */
export const mergedInto = ({ mergedIntoId }: Fields): string => textOf(mergedIntoId);

export function ticketOf(ticket: Fields): TicketShape {
  const status = textOf(ticket.status);
  const { score, comment } = (typeof ticket.csat === 'object' && ticket.csat !== null ? ticket.csat : {}) as Fields;
  return {
    contactId: textOf(ticket.contactId),
    ownerIds: [ticket.ownerIds ?? []].flat().map(textOf),
    subject: textOf(ticket.subject),
    content: textOf(ticket.content),
    channel: textOf(ticket.channelType),
    status,
    state: stateOf(status),
    isClosed: isFilled(ticket.closedDate),
    rating: { score, comment: textOf(comment) },
    mergedInto: mergedInto(ticket),
    pipelineId: textOf(ticket.pipelineId),
    createdDate: ticket.createdDate,
    dates: [ticket.createdDate, ticket.updatedDate, ticket.closedDate],
  };
}

/** A record that has only the text of a ticket. */
export const textOnly = ({ content }: Fields): Fields => ({ content });

const kinds: Record<string, MessageShape['kind']> = { system: 'SYSTEM', call: 'CALL', note: 'NOTE', email: 'EMAIL' };

export function messageOf(log: Fields): MessageShape {
  const type = textOf(log.type);
  return {
    kind: (Object.hasOwn(kinds, type) && kinds[type]) || 'OTHER',
    channel: type,
    network: textOf(log.network),
    event: textOf(log.event),
    content: textOf(log.content),
    userId: textOf(log.userId),
    contactId: textOf(log.contactId),
    callId: textOf(log.callId),
    emailId: textOf(log.emailId),
    fromUserId: textOf(log.fromUserId),
    toUserId: textOf(log.toUserId),
    isAgent: log.isAgent === true,
    isBot: log.isBot === true,
    isInternal: log.isInternal === true,
    createdDate: log.createdDate,
  };
}

/** A message that an agent wrote to the customer. */
export const agentReply: TextPattern = {
  matches: String.raw`"isAgent"\s*:\s*true`,
  matchesNone: [String.raw`"isInternal"\s*:\s*true`, String.raw`"type"\s*:\s*"note"`],
};

export const emailOf = ({ from, to, cc, subject, htmlBody, textBody }: Fields): EmailShape => ({
  from: mailboxesOf(from),
  to: mailboxesOf(to),
  cc: mailboxesOf(cc),
  subject: textOf(subject),
  html: textOf(htmlBody),
  text: textOf(textBody),
});

const mailboxesOf = (value: unknown): Mailbox[] => (Array.isArray(value) ? value : [value]).filter(isFilled).map(mailboxOf);

function mailboxOf(value: unknown): Mailbox {
  if (typeof value !== 'object' || value === null) return { name: '', address: textOf(value) };
  const { name, address } = value as Fields;
  return { name: textOf(name), address: textOf(address) };
}

export const breachOf = ({ policy, name, breachedDate, createdDate }: Fields): BreachShape => ({
  policy: textOf(policy) || textOf(name),
  date: textOf(breachedDate) || textOf(createdDate),
});
