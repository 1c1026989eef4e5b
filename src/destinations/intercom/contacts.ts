import { CallFailure } from '../../domain/ports/call-failure.js';
import type { ContactFields, ContactView } from '../../domain/ports/destination-records.js';
import { type Answer, type IntercomClient, idIn } from './intercom-client.js';
import { numberedPages, wholeList } from './lists.js';

const listed = (list: Answer | undefined, field: string): string[] =>
  (list?.data ?? []).map((each: Answer) => String(each[field]));

const isScalar = (value: unknown) => typeof value !== 'object' || value === null;

const scalars = (attributes: Answer | undefined) =>
  Object.fromEntries(Object.entries(attributes ?? {}).filter(([, value]) => isScalar(value))) as ContactView['attributes'];

/** Objects are read as a list of themselves, or of their ids. */
function referencesIn(attributes: Answer | undefined): Record<string, string[]> {
  const lists = Object.entries(attributes ?? {}).filter(([, value]) => !isScalar(value)) as [string, Answer][];
  return Object.fromEntries(
    lists.map(([name, value]) => {
      const instances: unknown[] = Array.isArray(value) ? value : (value.instances ?? value.data ?? []);
      return [name, instances.map(each => String(typeof each === 'object' && each !== null ? (each as Answer).id : each))];
    }),
  );
}

export const toContact = (answer: Answer): ContactView => ({
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
  tags: listed(answer.tags, 'id'),
  companies: listed(answer.companies, 'id'),
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

export async function createContact(client: IntercomClient, fields: ContactFields): Promise<ContactView> {
  return toContact(await client.write('POST', 'contacts', { role: 'user', ...bodyOf(fields) }));
}

export async function updateContact(client: IntercomClient, id: string, fields: ContactFields): Promise<ContactView> {
  return toContact(await client.write('PUT', `contacts/${id}`, bodyOf(fields)));
}

/** A contact, with all of its tags and companies, of which the contact itself names ten. */
export async function readContact(client: IntercomClient, id: string): Promise<ContactView> {
  const answer = await client.read(`contacts/${id}`);
  // One that is archived is not found, or tells that it is archived: both were seen.
  if (answer.archived === true) throw new CallFailure('NOT_FOUND', 'The contact is archived.');
  const contact = toContact(answer);
  const ids = async (what: 'tags' | 'companies') =>
    (await wholeList(client, `contacts/${id}/${what}`, what)).map(each => String(each.id));
  if (answer.tags?.has_more) contact.tags = await ids('tags');
  if (answer.companies?.has_more) contact.companies = await ids('companies');
  return contact;
}

const notesAtOnce = 50;
/** Of one contact or company, in characters; far more than we write. */
const maxNotes = 32 * 1024 * 1024;

/** Bodies of all notes of a contact or a company, however many of them an answer holds. */
export async function readNotes(client: IntercomClient, path: string): Promise<string[]> {
  const notes = new Map<string, string>();
  let length = 0;
  for await (const { data } of numberedPages(client, `${path}/notes`, notesAtOnce, 'TO_THE_LAST')) {
    const before = notes.size;
    for (const note of (data ?? []) as Answer[]) {
      notes.set(String(note.id), String(note.body));
      length += String(note.body).length;
    }
    if (length > maxNotes) throw new CallFailure('REJECTED', 'The notes of one record are longer than is read.');
    // A page without anything new is the last one, also where pages are not known.
    if (notes.size === before) break;
  }
  return [...notes.values()];
}
