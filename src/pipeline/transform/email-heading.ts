import { type Fields, isFilled, textOf } from '../../domain/model/record-fields.js';
import { plainToHtml, storableText } from '../../domain/text/html-text.js';
import type { TypeMapping } from './field-values.js';
import type { TicketRecord } from './ticket-record.js';

/** Important headers of a mail, in lines before its text, without those that the mapping ignores. */
export function emailHeading(email: Fields | undefined, { record }: TicketRecord, mapping: TypeMapping): string {
  if (!email) return '';
  const goes = (path: string) => (mapping.get(`email.${path}`)?.action ?? 'IGNORE') !== 'IGNORE';
  const people = (value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter(isFilled).map(mailbox).filter(Boolean).join(', ');
  const subject = textOf(email.subject);
  const lines = [
    ['From', goes('from.address') || goes('from') ? people(email.from) : ''],
    ['To', goes('to') ? people(email.to) : ''],
    ['Cc', goes('cc') ? people(email.cc) : ''],
    // The title of the conversation is the subject of the ticket.
    ['Subject', goes('subject') && bare(subject) !== bare(textOf(record.subject)) ? subject : ''],
  ].filter(([, text]) => text !== '');
  return plainToHtml(lines.map(([name, text]) => `${name}: ${storableText(text!)}`).join('\n'));
}

function mailbox(value: unknown): string {
  if (typeof value !== 'object' || value === null) return textOf(value);
  const { name, address } = value as Fields;
  const [who, where] = [textOf(name), textOf(address)];
  return who && where ? `${who} <${where}>` : who || where;
}

/** Without prefixes of replies and forwards, including Turkish ones. */
const bare = (subject: string) =>
  subject
    .replace(/^\s*((re|fw|fwd|ynt|ilt|yan|cvp)\s*:\s*)+/i, '')
    .trim()
    .toLowerCase();
