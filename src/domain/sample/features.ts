import { customFieldLabel, type Fields, fieldsOf, isFilled, textOf } from '../model/record-fields.js';

/** Letters of any script but Latin. */
const otherScript = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;
/** Enough of a text to see its script. */
const readOf = 500;

/** What any record shows: its custom fields that are filled, and whether its texts are written in another script than Latin. */
export function commonFeatures(record: Fields): string[] {
  const fields = [...fieldsOf(record)].filter(([, value]) => isFilled(value));
  const labels = fields.map(([path]) => customFieldLabel(path)).filter(label => label !== null);
  const isOther = fields.some(([, value]) => typeof value === 'string' && otherScript.test(value.slice(0, readOf)));
  return [...labels.map(label => `custom field ${label.slice(0, 100)}`), ...(isOther ? ['another script than Latin'] : [])];
}

/** What a ticket shows without its messages. */
export function ticketFeatures(
  record: Fields,
  people: { contacts: ReadonlySet<string>; users: ReadonlyMap<string, unknown> },
): string[] {
  const contact = textOf(record.contactId);
  const owners = [record.ownerIds].flat().map(textOf).filter(Boolean);
  return [
    ...commonFeatures(record),
    `channel ${textOf(record.channel) || 'unknown'}`,
    `status ${textOf(record.status) || 'unknown'}`,
    ...(isFilled(record.mergedIntoId) ? ['merged into another ticket'] : []),
    ...(contact === '' || !people.contacts.has(contact) ? ['without a known contact'] : []),
    ...(owners.some(id => !people.users.has(id)) ? ['unknown agent'] : []),
  ];
}

/** What its messages add. @param logs in the order in which they were written */
export function threadFeatures(logs: readonly Fields[], users: ReadonlyMap<string, unknown>): string[] {
  const authors = logs.map(log => textOf(log.userId)).filter(Boolean);
  return [
    ...(logs[0]?.isAgent === true ? ['opened by an agent'] : []),
    ...(authors.some(id => !users.has(id)) ? ['unknown agent'] : []),
    ...(fileCount(logs) > 0 ? ['with files'] : []),
    ...(logs.some(log => isFilled(log.emailId)) ? ['with e-mails'] : []),
    ...(logs.some(log => log.isInternal === true) ? ['with internal notes'] : []),
  ];
}

/** How many files its messages carry. */
export const fileCount = (logs: readonly Fields[]): number =>
  logs.reduce((sum, { attachments }) => sum + (Array.isArray(attachments) ? attachments.length : 0), 0);

export function contactFeatures(record: Fields): string[] {
  return [
    ...commonFeatures(record),
    ...(isFilled(record.email) ? [] : ['without an address']),
    ...(isFilled(record.phone) ? ['with a telephone number'] : []),
  ];
}

export function articleFeatures(record: Fields): string[] {
  return [
    ...commonFeatures(record),
    `status ${textOf(record.status) || 'unknown'}`,
    ...(record.isInternal === true ? ['internal'] : []),
    ...(Array.isArray(record.translations) && record.translations.length > 0 ? ['with translations'] : []),
    ...(/<img\b/i.test(textOf(record.html)) ? ['with images'] : []),
  ];
}
