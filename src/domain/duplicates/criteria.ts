import { addressOf, type ContactTargets } from '../mapping/contact-address.js';
import { type Fields, textOf } from '../model/record-fields.js';
import { foldedEmail } from '../text/email-address.js';
import { e164 } from '../text/phone-number.js';
import type { DuplicateOutcome, DuplicateReason } from './duplicate-group.js';
import { foldedCompany, foldedPerson } from './folded-words.js';
import { ownDomain } from './own-domain.js';

/** What records of a group share. Records with the same key belong to the same group; null: to none. */
export interface Criterion {
  outcome: DuplicateOutcome;
  reason: DuplicateReason;
  key: (record: Fields) => string | null;
}

/**
 * Contacts: the load makes one of those with the same address, and of no others.
 * @param country of telephone numbers without a country code
 */
export function contactCriteria(mapping: ContactTargets, country: string | null): Criterion[] {
  const address = (record: Fields) => addressOf(record, mapping);
  const alike = (reason: DuplicateReason, key: Criterion['key']): Criterion => ({ outcome: 'LOOKS_ALIKE', reason, key });
  const named = (reason: DuplicateReason, other: (record: Fields) => string | null) =>
    alike(reason, record => {
      const [name, shared] = [foldedPerson(nameOf(record)), other(record)];
      return name !== '' && shared !== null ? `${name}\0${shared}` : null;
    });
  return [
    { outcome: 'WILL_MERGE', reason: 'SAME_ADDRESS', key: address },
    alike('SIMILAR_ADDRESS', record => {
      const own = address(record);
      return own && foldedEmail(own);
    }),
    named('SAME_NAME_AND_PHONE', record => e164(textOf(record.phone), country)),
    named('SAME_NAME_AND_COMPANY', record => textOf(record.companyId) || null),
    named('SAME_NAME_AND_DOMAIN', record => ownDomain(address(record) ?? '')),
  ];
}

/** Companies are never merged by a load. */
export const companyCriteria: readonly Criterion[] = [
  { outcome: 'LOOKS_ALIKE', reason: 'SAME_NAME', key: record => foldedCompany(textOf(record.name)) || null },
  {
    outcome: 'LOOKS_ALIKE',
    reason: 'SAME_DOMAIN',
    key: record => ownDomain(textOf(record.website)) ?? ownDomain(textOf(record.email)),
  },
];

/** The name of a contact, without its address. */
const nameOf = ({ fullName, firstName, lastName }: Fields) =>
  textOf(fullName) || [textOf(firstName), textOf(lastName)].filter(Boolean).join(' ');
