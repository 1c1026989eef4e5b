import { randomUUID } from 'node:crypto';
import { isPlain, mergeAttributes } from './attributes.js';
import { companyById, companyView } from './companies.js';
import { attributesView } from './custom-objects.js';
import { ApiError, invalid, missing, notFound } from './errors.js';
import { tagsOf } from './tags.js';
import type { Contact, Json, Workspace } from './workspace.js';

const maxNested = 10;
const companiesPerPage = 50;
const maxCompanies = 1_000;
const addressShape = /^[^\s@<>()",;:]+@[^\s@<>()",;:.]+(\.[^\s@<>()",;:.]+)+$/;

const nested = (all: Json[], url: string): Json => ({
  type: 'list',
  data: all.slice(0, maxNested),
  url,
  total_count: all.length,
  has_more: all.length > maxNested,
});

export function contactView(w: Workspace, contact: Contact): Json {
  const { id, companies, tags, notes, archived: _a, deleted: _d, blocked: _b, custom_attributes, ...fields } = contact;
  return {
    type: 'contact',
    workspace_id: w.app.id_code,
    ...fields,
    custom_attributes: attributesView(w, custom_attributes),
    id,
    has_hard_bounced: false,
    tags: nested(
      tagsOf(w, tags).map(({ type, id: tag }) => ({ type, id: tag, url: `/tags/${tag}` })),
      `/contacts/${id}/tags`,
    ),
    notes: nested(
      notes.map(note => ({ type: 'note', id: note.id, url: `/notes/${note.id}` })),
      `/contacts/${id}/notes`,
    ),
    companies: nested(
      [...companies].map(each => ({ type: 'company', id: each, url: `/companies/${each}` })),
      `/contacts/${id}/companies`,
    ),
    location: { type: 'location', country: null, region: null, city: null },
  };
}

export function createContact(w: Workspace, body: Json): Json {
  if (!body.role && !body.email && !body.external_id) throw missing('role');
  const role = body.role ?? 'user';
  if (role !== 'user' && role !== 'lead') throw invalid('role must be user or lead', 'role');
  const contact: Contact = {
    id: w.hexId(),
    role,
    external_id: null,
    email: null,
    phone: null,
    name: null,
    owner_id: null,
    signed_up_at: null,
    last_seen_at: null,
    unsubscribed_from_emails: false,
    custom_attributes: {},
    companies: new Set(),
    tags: new Set(),
    notes: [],
    created_at: w.now(),
    updated_at: w.now(),
    archived: false,
    deleted: false,
    blocked: false,
  };
  const changes = checked(w, body, contact);
  // The external_id of a lead is always generated.
  if (role === 'lead') changes.external_id = randomUUID();
  refuseDuplicate(w, { ...contact, ...changes });
  Object.assign(contact, changes);
  w.contacts.set(contact.id, contact);
  putInIndex(w, contact);
  w.touch(contact);
  return contactView(w, contact);
}

export function updateContact(w: Workspace, id: string, body: Json): Json {
  const contact = contactById(w, id);
  const changes = checked(w, body, contact);
  if (contact.role === 'user' && body.role === 'lead') throw invalid("user role can't be converted to a lead", 'role');
  if (body.role) changes.role = body.role;
  refuseDuplicate(w, { ...contact, ...changes });
  takeFromIndex(w, contact);
  Object.assign(contact, changes);
  putInIndex(w, contact);
  w.touch(contact);
  return contactView(w, contact);
}

function checked(w: Workspace, body: Json, current: Contact): Partial<Contact> {
  const changes: Json = {};
  for (const name of ['external_id', 'email', 'phone', 'name']) {
    if (!(name in body)) continue;
    const value = body[name];
    if (value !== null && (typeof value !== 'string' || value.length > 255 || !isPlain(value)))
      throw invalid(`${name} is invalid`, name);
    changes[name] = value;
  }
  if (changes.email && !addressShape.test(changes.email)) throw invalid('email is invalid', 'email');
  if (changes.phone) changes.phone = normalisedPhone(changes.phone);
  for (const name of ['signed_up_at', 'last_seen_at']) {
    if (!(name in body)) continue;
    if (body[name] !== null && !Number.isInteger(body[name])) throw invalid(`${name} is invalid`, name);
    changes[name] = body[name];
  }
  if ('owner_id' in body) {
    if (body.owner_id !== null && !w.admin(body.owner_id))
      throw invalid('The owner specified is not a member of the workspace', 'owner_id');
    changes.owner_id = body.owner_id === null ? null : String(body.owner_id);
  }
  if (typeof body.unsubscribed_from_emails === 'boolean') changes.unsubscribed_from_emails = body.unsubscribed_from_emails;
  changes.custom_attributes = mergeAttributes(w, 'contact', current.custom_attributes, body.custom_attributes);
  return changes;
}

function normalisedPhone(phone: string): string {
  const digits = phone.replace(/[\s().-]/g, '');
  if (!/^\+[1-9]\d{6,14}$/.test(digits)) throw invalid('phone is not a valid phone number', 'phone');
  return digits;
}

/** external_id is unique among all contacts, e-mail among users. Archived and recently deleted contacts count too. */
function refuseDuplicate(w: Workspace, { id, role, external_id, email }: Contact): void {
  if (role !== 'user') return;
  const same = [
    external_id === null ? undefined : w.index.externalId.get(external_id),
    email === null ? undefined : w.index.email.get(email.toLowerCase()),
  ];
  for (const other of same) {
    if (!other || other.id === id) continue;
    const what = other.archived ? 'An archived contact' : 'A contact';
    throw new ApiError(409, 'conflict', `${what} matching those details already exists with id=${other.id}`);
  }
}

function putInIndex(w: Workspace, contact: Contact): void {
  if (contact.role !== 'user') return;
  if (contact.external_id !== null) w.index.externalId.set(contact.external_id, contact);
  if (contact.email !== null) w.index.email.set(contact.email.toLowerCase(), contact);
}

function takeFromIndex(w: Workspace, contact: Contact): void {
  if (contact.role !== 'user') return;
  if (contact.external_id !== null) w.index.externalId.delete(contact.external_id);
  if (contact.email !== null) w.index.email.delete(contact.email.toLowerCase());
}

export function contactById(w: Workspace, id: string): Contact {
  const contact = w.contacts.get(id);
  if (!contact || contact.archived) throw notFound('User');
  return contact;
}

export function contactByExternalId(w: Workspace, externalId: string): Json {
  const contact = w.index.externalId.get(externalId);
  if (!contact || contact.archived) throw notFound('User');
  return contactView(w, contact);
}

export function setArchived(w: Workspace, id: string, archived: boolean): Json {
  const contact = w.contacts.get(id);
  if (!contact || (contact.deleted && archived)) throw notFound('User');
  if (contact.deleted)
    throw new ApiError(400, 'not_restorable', 'This contact is marked for permanent deletion and is not restorable');
  contact.archived = archived;
  w.touch(contact);
  return { type: 'contact', id, external_id: contact.external_id, archived };
}

/** The keys of a deleted user stay reserved for about a week. A lead is deleted immediately. */
export function deleteContact(w: Workspace, id: string): Json {
  const contact = contactById(w, id);
  Object.assign(contact, { archived: true, deleted: true });
  for (const conversation of w.conversations.values()) if (conversation.contacts.has(id)) w.conversations.delete(conversation.id);
  return { type: 'contact', id, external_id: contact.external_id, deleted: true };
}

export function attachCompany(w: Workspace, id: string, body: Json): Json {
  const contact = contactById(w, id);
  if (!body.id) throw missing('id');
  const company = companyById(w, String(body.id));
  if (contact.companies.size >= maxCompanies) throw new ApiError(400, 'contact_company_limit_exceeded', 'Too many companies');
  contact.companies.add(company.id);
  company.contacts.add(contact.id);
  w.touch(contact);
  return companyView(w, company);
}

export function detachCompany(w: Workspace, id: string, companyId: string): Json {
  const contact = contactById(w, id);
  const company = companyById(w, companyId);
  contact.companies.delete(companyId);
  company.contacts.delete(id);
  w.touch(contact);
  return companyView(w, company);
}

export function listContactTags(w: Workspace, id: string): Json {
  return { type: 'list', data: tagsOf(w, contactById(w, id).tags) };
}

/** Fifty companies per page, as was observed. */
export function listContactCompanies(w: Workspace, id: string, query: URLSearchParams): Json {
  const all = [...contactById(w, id).companies];
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const shown = all
    .slice((page - 1) * companiesPerPage, page * companiesPerPage)
    .map(each => companyView(w, w.companies.get(each)!));
  return {
    type: 'list',
    [w.settings.asRecorded ? 'data' : 'companies']: shown,
    total_count: all.length,
    pages: { type: 'pages', page, per_page: companiesPerPage, total_pages: Math.ceil(all.length / companiesPerPage) },
  };
}
