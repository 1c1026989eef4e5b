import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Destination } from '../../domain/ports/destination.js';
import type { ContactFields, ContactView } from '../../domain/ports/destination-records.js';
import { type Answer, idIn, orNull } from './answer.js';
import type { IntercomClient } from './client.js';
import { wholeList } from './lists.js';

const valuesIn = (list: Answer | undefined, field: string): string[] =>
  (list?.data ?? []).map((each: Answer) => String(each[field]));

const isScalar = (value: unknown) => typeof value !== 'object' || value === null;

const scalars = (attributes: Answer | undefined) =>
  Object.fromEntries(Object.entries(attributes ?? {}).filter(([, value]) => isScalar(value))) as ContactView['attributes'];

/** The API answers with the objects themselves, or with their ids. */
function referencesIn(attributes: Answer | undefined): Record<string, string[]> {
  const lists = Object.entries(attributes ?? {}).filter(([, value]) => !isScalar(value)) as [string, Answer][];
  return Object.fromEntries(
    lists.map(([name, value]) => {
      const instances: unknown[] = Array.isArray(value) ? value : (value.instances ?? value.data ?? []);
      return [name, instances.map(each => String(typeof each === 'object' && each !== null ? (each as Answer).id : each))];
    }),
  );
}

const toContact = (answer: Answer): ContactView => ({
  id: idIn(answer),
  role: answer.role,
  externalId: answer.external_id ?? null,
  name: answer.name ?? null,
  email: answer.email ?? null,
  phone: answer.phone ?? null,
  ownerId: answer.owner_id === null || answer.owner_id === undefined ? null : String(answer.owner_id),
  signedUpAt: answer.signed_up_at ?? null,
  attributes: scalars(answer.custom_attributes),
  references: referencesIn(answer.custom_attributes),
  tags: valuesIn(answer.tags, 'id'),
  companies: valuesIn(answer.companies, 'id'),
  noteCount: typeof answer.notes?.total_count === 'number' ? answer.notes.total_count : null,
});

const bodyOf = ({ externalId, name, email, phone, ownerId, signedUpAt, attributes }: ContactFields) => ({
  external_id: externalId,
  name,
  email,
  phone,
  owner_id: ownerId,
  signed_up_at: signedUpAt,
  custom_attributes: attributes,
});

/** A contact names only ten of its tags and companies; the rest is read from their lists. */
async function readContact(client: IntercomClient, id: string): Promise<ContactView> {
  const answer = await client.read(`contacts/${id}`);
  // An archived contact is not found, or says that it is archived: both occur.
  if (answer.archived === true) throw new CallFailure('NOT_FOUND', 'The contact is archived.');
  const contact = toContact(answer);
  const ids = async (list: 'tags' | 'companies') =>
    (await wholeList(client, `contacts/${id}/${list}`, list)).map(each => String(each.id));
  if (answer.tags?.has_more) contact.tags = await ids('tags');
  if (answer.companies?.has_more) contact.companies = await ids('companies');
  return contact;
}

export function contacts(client: IntercomClient) {
  return {
    contact: id => orNull(() => readContact(client, id)),

    async createContact(fields) {
      return toContact(await client.write('POST', 'contacts', { role: 'user', ...bodyOf(fields) }));
    },

    async updateContact(id, fields) {
      return toContact(await client.write('PUT', `contacts/${id}`, bodyOf(fields)));
    },

    async unarchiveContact(id) {
      await client.write('POST', `contacts/${id}/unarchive`);
    },

    async attachCompany(contactId, companyId) {
      await client.write('POST', `contacts/${contactId}/companies`, { id: companyId });
    },

    async tagContact(contactId, tagId) {
      await client.write('POST', `contacts/${contactId}/tags`, { id: tagId });
    },

    async referToObjects(contactId, attribute, ids) {
      await client.write('PUT', `contacts/${contactId}`, { custom_attributes: { [attribute]: ids } });
    },
  } satisfies Partial<Destination>;
}
