import { customFieldLabel, type Fields, fieldsOf, isFilled } from '../model/record-fields.js';
import type { ArticleShape, MessageShape, TicketShape } from '../model/source-shapes.js';

/** Letters of any script but Latin. */
const otherScript = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;
/** Enough of a text to see its script. */
const readOf = 500;

/** Features of any record: its custom fields that are filled, and whether its texts are written in another script than Latin. */
export function commonFeatures(record: Fields): string[] {
  const fields = [...fieldsOf(record)].filter(([, value]) => isFilled(value));
  const labels = fields.map(([path]) => customFieldLabel(path)).filter(label => label !== null);
  const isOther = fields.some(([, value]) => typeof value === 'string' && otherScript.test(value.slice(0, readOf)));
  return [...labels.map(label => `custom field ${label.slice(0, 100)}`), ...(isOther ? ['another script than Latin'] : [])];
}

/** Features of a ticket without its messages. */
export function ticketFeatures(
  record: Fields,
  { contactId, ownerIds, channel, status, mergedInto }: TicketShape,
  people: { contacts: ReadonlySet<string>; users: ReadonlyMap<string, unknown> },
): string[] {
  return [
    ...commonFeatures(record),
    `channel ${channel || 'unknown'}`,
    `status ${status || 'unknown'}`,
    ...(mergedInto ? ['merged into another ticket'] : []),
    ...(contactId === '' || !people.contacts.has(contactId) ? ['without a known contact'] : []),
    ...(ownerIds.some(id => id !== '' && !people.users.has(id)) ? ['unknown agent'] : []),
  ];
}

/** A message, and how many files it lists. */
export interface ThreadMessage {
  message: MessageShape;
  files: number;
}

/** Features that its messages add. @param thread in the order in which they were written */
export function threadFeatures(thread: readonly ThreadMessage[], users: ReadonlyMap<string, unknown>): string[] {
  const messages = thread.map(({ message }) => message);
  return [
    ...(messages[0]?.isAgent ? ['opened by an agent'] : []),
    ...(messages.some(({ userId }) => userId !== '' && !users.has(userId)) ? ['unknown agent'] : []),
    ...(fileCount(thread) > 0 ? ['with files'] : []),
    ...(messages.some(({ emailId }) => emailId !== '') ? ['with e-mails'] : []),
    ...(messages.some(({ isInternal }) => isInternal) ? ['with internal notes'] : []),
  ];
}

/** How many files its messages list. */
export const fileCount = (thread: readonly ThreadMessage[]): number => thread.reduce((sum, { files }) => sum + files, 0);

export function contactFeatures(record: Fields, { hasAddress, hasPhone }: { hasAddress: boolean; hasPhone: boolean }): string[] {
  return [
    ...commonFeatures(record),
    ...(hasAddress ? [] : ['without an address']),
    ...(hasPhone ? ['with a telephone number'] : []),
  ];
}

export function articleFeatures(record: Fields, { status, isInternal, translations, html }: ArticleShape): string[] {
  return [
    ...commonFeatures(record),
    `status ${status || 'unknown'}`,
    ...(isInternal ? ['internal'] : []),
    ...(translations.length > 0 ? ['with translations'] : []),
    ...(/<img\b/i.test(html) ? ['with images'] : []),
  ];
}
