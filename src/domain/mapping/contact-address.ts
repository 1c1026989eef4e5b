import { type Fields, fieldsOf, textOf } from '../model/record-fields.js';
import { canonicalEmail, isAcceptedEmail } from '../text/email-address.js';
import type { FieldMapping } from './field-mapping.js';

/** The targets of the fields of contacts, by path. */
export type ContactTargets = ReadonlyMap<string, Pick<FieldMapping, 'targetPath' | 'action'>>;

/** What is proposed while no mapping exists. */
export const proposedTargets: ContactTargets = new Map([['email', { targetPath: 'contact.email', action: 'MAP' }]]);

/** The field that is mapped to the address; null if there is none. */
export const addressPath = (mapping: ContactTargets) =>
  [...mapping].find(([, { targetPath, action }]) => targetPath === 'contact.email' && action !== 'IGNORE')?.[0] ?? null;

/** The canonical address of a contact; null if it has none that Intercom accepts. Contacts with the same one become one. */
export function addressOf(record: Fields, mapping: ContactTargets): string | null {
  const path = addressPath(mapping);
  const address = path === null ? '' : canonicalEmail(textOf(fieldsOf(record).get(path)));
  return address !== '' && isAcceptedEmail(address) ? address : null;
}
