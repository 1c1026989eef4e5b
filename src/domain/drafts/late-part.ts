import { plainToHtml } from '../text/html-text.js';
import type { PartDraft } from './drafts.js';

const timeLine = (seconds: number) => `[sent ${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC]`;

/** A message that comes after others that were sent later: its text contains its time. */
export function latePart(part: PartDraft): PartDraft {
  const line = timeLine(part.createdAt);
  return { ...part, html: part.plain ? `${line}\n${part.html}` : plainToHtml(line) + part.html };
}

/** Content of a ticket without another place: it follows the messages that existed when it was written. */
export const isTicketNote = ({ messages, calls, continues, type }: PartDraft) =>
  messages.length === 0 && calls.length === 0 && !continues && type === 'note';
