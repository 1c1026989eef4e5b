import type { ContactDraft } from '../../domain/drafts/drafts.js';
import { addressOf, addressPath } from '../../domain/mapping/contact-address.js';
import { keyOf } from '../../domain/model/destination-key.js';
import { compareIds } from '../../domain/model/ids.js';
import { type Fields, fieldsOf, isFilled, textOf } from '../../domain/model/record-fields.js';
import { storableText, withoutSourceLinks } from '../../domain/text/html-text.js';
import { e164 } from '../../domain/text/phone-number.js';
import { trimmed } from '../../domain/text/visible-text.js';
import { companyOf, updatedDateOf } from '../../sources/shapes.js';
import type { Lookups } from '../../store/lookups.js';
import { ownText, valueFor } from './draft-company.js';
import type { TypeMapping } from './field-values.js';
import { cut, longestAttribute, mapFields, nativeTimeOf, unixSeconds, wholeValuesNote } from './field-values.js';
import { mappedTags } from './mapped-tags.js';
import type { ReadRecord } from './ticket-record.js';

/**
 * Contacts with the same address become one: the most recently updated gives the fields, and a note lists what differs in the
 * others.
 * @param group one record, or all with the same address
 */
export function draftContact(
  group: readonly ReadRecord[],
  mapping: TypeMapping,
  tagMapping: TypeMapping,
  lookups: Lookups,
): ContactDraft {
  const updated = ({ record }: ReadRecord) => unixSeconds(updatedDateOf(record), lookups.timeZone) ?? 0;
  const [leader, ...others] = [...group].sort((a, b) => updated(b) - updated(a) || compareIds(a.sourceId, b.sourceId)) as [
    ReadRecord,
    ...ReadRecord[],
  ];
  const { sourceId, record } = leader;
  const mapped = mapFields(record, mapping, 'contact', lookups.timeZone);
  const { attributes, losses, fields } = mapped;

  const stated = trimmed(textOf(valueFor(mapped, mapping, 'contact.email')));
  const email = addressOf(record, mapping);
  const path = addressPath(mapping) ?? 'email';
  if (stated !== '' && email === null) {
    attributes.infoset_email = cut(stated);
    fields[path] = 'attributes.infoset_email';
    losses.push({ field: path, code: 'EMAIL_REFUSED', lossy: true });
  } else if (email !== null && email !== stated) losses.push({ field: path, code: 'NORMALISED', lossy: false });
  const number = textOf(valueFor(mapped, mapping, 'contact.phone'));
  const phone = number === '' ? null : e164(number, lookups.country);
  if (number !== '' && phone === null) {
    attributes.infoset_phone = cut(number);
    fields.phone = 'attributes.infoset_phone';
    losses.push({ field: 'phone', code: 'PHONE_REFUSED', lossy: true });
  }
  const owner = textOf(valueFor(mapped, mapping, 'contact.owner_id'));
  const ownerAgent = lookups.users.has(owner) ? owner : null;
  if (owner !== '' && ownerAgent === null) {
    losses.push({ field: 'ownerId', code: 'OWNER_GONE', lossy: true });
    delete fields.ownerId;
  }
  const company = textOf(valueFor(mapped, mapping, 'contact.companies'));
  const companies = [company, ...others.map(other => companyOf(other.record))].filter(id => lookups.companies.has(id));
  if (!companies.includes(company)) delete fields.companyId;
  const name = nameOf(mapped, mapping);
  for (const _ of others) losses.push({ field: 'email', code: 'DUPLICATE_MERGED', lossy: false });
  const signedUpAt = nativeTimeOf(mapped, mapping, 'contact.signed_up_at', {
    latest: leader.stagedAt,
    timeZone: lookups.timeZone,
  });
  const notes = [
    wholeValuesNote(mapped.whole, lookups.sourceHosts),
    ...others.map(other => differencesNote(record, other, lookups.sourceHosts)),
  ].filter(Boolean);
  return {
    sourceId,
    merged: others.map(other => other.sourceId),
    key: keyOf(lookups.account, sourceId),
    name,
    email,
    phone,
    signedUpAt,
    ownerAgent,
    companies: [...new Set(companies)],
    attributes,
    tags: [...new Set([leader, ...others].flatMap(each => mappedTags(each.record, mapping, tagMapping, 'contact.tags', losses)))],
    fields,
    note: notes.length > 0 ? notes.join('\n\n') : null,
    losses,
  };
}

/** The full name, or first and last name if there is none. */
function nameOf(mapped: ReturnType<typeof mapFields>, mapping: TypeMapping): string | null {
  const goes = (path: string) => mapping.get(path)?.targetPath === 'contact.name' && isFilled(mapped.targets.get(path));
  if (goes('fullName')) {
    for (const part of ['firstName', 'lastName']) delete mapped.fields[part];
    return ownText(mapped, new Map([['fullName', mapping.get('fullName')!]]), 'contact.name');
  }
  if (!goes('firstName') && !goes('lastName')) return ownText(mapped, mapping, 'contact.name');
  const both = ['firstName', 'lastName'].filter(goes).map(path => trimmed(textOf(mapped.targets.get(path))));
  for (const part of ['firstName', 'lastName']) delete mapped.fields[part];
  const name = storableText(both.join(' '));
  if (name.length > longestAttribute) {
    mapped.losses.push({ field: 'fullName', code: 'TOO_LONG', lossy: true });
    mapped.whole.push({ label: 'firstName lastName', text: name });
  }
  return cut(name) || null;
}

function differencesNote(record: Fields, other: ReadRecord, hosts: readonly string[]): string {
  const mine = fieldsOf(record);
  const lines = [...fieldsOf(other.record)]
    .filter(([path, value]) => isFilled(value) && textOf(value) !== textOf(mine.get(path)))
    .map(([path, value]) => `${path}: ${textOf(value)}`);
  const note = [
    `Infoset contact ${other.sourceId} had the same e-mail address and was merged into this one. It differed in:`,
    ...lines,
  ].join('\n');
  return withoutSourceLinks(storableText(note), { hosts });
}
