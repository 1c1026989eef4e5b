import type { EmailShape, Mailbox } from '../../domain/model/source-shapes.js';
import { plainToHtml, storableText } from '../../domain/text/html-text.js';
import { ticketOf } from '../../sources/shapes.js';
import type { TypeMapping } from './field-values.js';
import type { TicketRecord } from './ticket-record.js';

/** Important headers of a mail, in lines before its text, without those that the mapping ignores. */
export function emailHeading(email: EmailShape | undefined, { record }: TicketRecord, mapping: TypeMapping): string {
  if (!email) return '';
  const goes = (path: string) => (mapping.get(`email.${path}`)?.action ?? 'IGNORE') !== 'IGNORE';
  const people = (mailboxes: readonly Mailbox[]) => mailboxes.map(shownMailbox).filter(Boolean).join(', ');
  const { subject } = email;
  const lines = [
    ['From', goes('from.address') || goes('from') ? people(email.from) : ''],
    ['To', goes('to') ? people(email.to) : ''],
    ['Cc', goes('cc') ? people(email.cc) : ''],
    // The title of the conversation is the subject of the ticket.
    ['Subject', goes('subject') && bare(subject) !== bare(ticketOf(record).subject) ? subject : ''],
  ].filter(([, text]) => text !== '');
  return plainToHtml(lines.map(([name, text]) => `${name}: ${storableText(text!)}`).join('\n'));
}

const shownMailbox = ({ name, address }: Mailbox): string => (name && address ? `${name} <${address}>` : name || address);

/** Without prefixes of replies and forwards, including Turkish ones. */
const bare = (subject: string) =>
  subject
    .replace(/^\s*((re|fw|fwd|ynt|ilt|yan|cvp)\s*:\s*)+/i, '')
    .trim()
    .toLowerCase();
