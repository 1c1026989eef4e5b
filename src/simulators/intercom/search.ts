import { contactView } from './contacts.js';
import { conversationView } from './conversations.js';
import { ApiError, invalid } from './errors.js';
import type { Contact, Conversation, Json, Workspace } from './workspace.js';

const maxFilters = 15;
const daySeconds = 86_400;

/** Searches by a query of at most two levels. Changes within the lag are not found yet. */
export function searchContacts(w: Workspace, body: Json): Json {
  const found = [...w.contacts.values()].filter(each => !each.archived).filter(matching(w, body.query, contactFields));
  return page(found, body, 50, items => ({ type: 'list', data: items.map(item => contactView(w, item)) }));
}

export function searchConversations(w: Workspace, body: Json): Json {
  const found = [...w.conversations.values()].filter(matching(w, body.query, conversationFields));
  return page(found, body, 20, items => ({
    type: 'conversation.list',
    conversations: items.map(item => conversationView(w, item, false)),
  }));
}

type Field<T> = { type: 'text' | 'number' | 'truth' | 'day' | 'set'; of: (object: T, updatedAt: number) => unknown };

const contactFields: Record<string, Field<Contact>> = {
  id: { type: 'text', of: contact => contact.id },
  role: { type: 'text', of: contact => contact.role },
  name: { type: 'text', of: contact => contact.name },
  email: { type: 'text', of: contact => contact.email?.toLowerCase() ?? null },
  email_domain: { type: 'text', of: contact => contact.email?.split('@')[1] ?? null },
  phone: { type: 'text', of: contact => contact.phone },
  external_id: { type: 'text', of: contact => contact.external_id },
  owner_id: { type: 'text', of: contact => contact.owner_id },
  created_at: { type: 'day', of: contact => contact.created_at },
  signed_up_at: { type: 'day', of: contact => contact.signed_up_at },
  last_seen_at: { type: 'day', of: contact => contact.last_seen_at },
  unsubscribed_from_emails: { type: 'truth', of: contact => contact.unsubscribed_from_emails },
  updated_at: { type: 'day', of: (_, updatedAt) => updatedAt },
  tag_id: { type: 'set', of: contact => [...contact.tags] },
};

const conversationFields: Record<string, Field<Conversation>> = {
  id: { type: 'text', of: conversation => conversation.id },
  created_at: { type: 'number', of: conversation => conversation.created_at },
  updated_at: { type: 'number', of: (_, updatedAt) => updatedAt },
  'source.type': { type: 'text', of: () => 'conversation' },
  'source.id': { type: 'text', of: conversation => conversation.source.id },
  'source.delivered_as': { type: 'text', of: () => 'customer_initiated' },
  'source.subject': { type: 'text', of: () => '' },
  'source.url': { type: 'text', of: () => null },
  'source.body': { type: 'text', of: conversation => conversation.source.body },
  'source.author.id': { type: 'text', of: conversation => conversation.source.author.id },
  'source.author.type': { type: 'text', of: conversation => conversation.source.author.type },
  'source.author.name': { type: 'text', of: conversation => conversation.source.author.name },
  'source.author.email': { type: 'text', of: conversation => conversation.source.author.email },
  state: { type: 'text', of: conversation => conversation.state },
  open: { type: 'truth', of: conversation => conversation.state !== 'closed' },
  read: { type: 'truth', of: conversation => conversation.read },
  priority: { type: 'text', of: () => 'none' },
  waiting_since: { type: 'number', of: () => null },
  snoozed_until: { type: 'number', of: conversation => conversation.snoozed_until },
  admin_assignee_id: { type: 'text', of: conversation => conversation.admin_assignee_id },
  team_assignee_id: { type: 'text', of: conversation => conversation.team_assignee_id },
  teammate_ids: { type: 'set', of: conversation => teammatesOf(conversation) },
  contact_ids: { type: 'set', of: conversation => [...conversation.contacts] },
  tag_ids: { type: 'set', of: conversation => [...conversation.tags] },
};

const teammatesOf = ({ parts }: Conversation) =>
  parts.filter(({ author }) => author.type === 'admin').map(({ author }) => author.id);

function matching<T extends Contact | Conversation>(
  w: Workspace,
  query: Json,
  fields: Record<string, Field<T>>,
): (object: T) => boolean {
  const test = build(query, fields, 0);
  return object => {
    const updatedAt = w.searchableUpdatedAt(object);
    return updatedAt !== null && test(object, updatedAt);
  };
}

function build<T>(query: Json, fields: Record<string, Field<T>>, level: number): (object: T, updatedAt: number) => boolean {
  if (!query || typeof query !== 'object') throw invalid('query is required', 'query');
  if (query.operator === 'AND' || query.operator === 'OR') {
    if (level >= 2) throw invalid('Queries are nested at most twice', 'query');
    if (!Array.isArray(query.value) || query.value.length > maxFilters) throw invalid('At most 15 filters in a group', 'query');
    const tests = query.value.map((each: Json) => build(each, fields, level + 1));
    return (object, at) =>
      query.operator === 'AND' ? tests.every(test => test(object, at)) : tests.some(test => test(object, at));
  }
  const custom = /^custom_attributes\.(.+)$/.exec(query.field)?.[1];
  const field: Field<T> | undefined = custom
    ? { type: 'text', of: object => (object as Json).custom_attributes[custom] ?? null }
    : fields[query.field];
  if (!field) throw invalid(`${query.field} cannot be searched`, query.field);
  return compare(field, query.operator, query.value);
}

function compare<T>({ type, of }: Field<T>, operator: string, wanted: unknown): (object: T, updatedAt: number) => boolean {
  if (type === 'day') {
    if (!['=', '<', '>'].includes(operator)) throw invalid(`${operator} does not compare dates`);
    const day = Math.floor(Number(wanted) / daySeconds);
    return (object, at) => {
      const value = Math.floor(Number(of(object, at)) / daySeconds);
      return operator === '=' ? value === day : operator === '<' ? value < day : value > day;
    };
  }
  const among = (value: unknown) => [wanted].flat().some(each => String(each).toLowerCase() === String(value).toLowerCase());
  const tests: Record<string, (value: unknown) => boolean> = {
    '=': among,
    '!=': value => !among(value),
    IN: among,
    NIN: value => !among(value),
    '~': value => plain(value).includes(plain(wanted)),
    '!~': value => !plain(value).includes(plain(wanted)),
    '^': value => plain(value).startsWith(plain(wanted)),
    $: value => plain(value).endsWith(plain(wanted)),
    '<': value => Number(value) <= Number(wanted),
    '>': value => Number(value) >= Number(wanted),
  };
  const test = tests[operator];
  if (!test) throw new ApiError(400, 'parameter_invalid', `operator ${operator} is unknown`, 'operator');
  return (object, at) => {
    const value = of(object, at);
    if (!Array.isArray(value)) return test(value);
    // A negated test must hold for every element.
    return operator.startsWith('!') || operator === 'NIN' ? value.every(test) : value.some(test);
  };
}

/** Ignores case. */
const plain = (value: unknown) => String(value ?? '').toLowerCase();

/** Cursors are positions in the list. */
export function page<T>(found: T[], body: Json, defaultSize: number, list: (items: T[]) => Json): Json {
  const perPage = Math.min(150, Math.max(1, Number(body.pagination?.per_page ?? defaultSize)));
  const from = Number(body.pagination?.starting_after ?? 0);
  const items = found.slice(from, from + perPage);
  const more = from + perPage < found.length;
  return {
    ...list(items),
    total_count: found.length,
    pages: {
      type: 'pages',
      page: Math.floor(from / perPage) + 1,
      per_page: perPage,
      total_pages: Math.ceil(found.length / perPage),
      next: more ? { per_page: perPage, starting_after: String(from + perPage) } : null,
    },
  };
}

export const cursorOf = (query: URLSearchParams): Json => ({
  pagination: { per_page: query.get('per_page') ?? undefined, starting_after: query.get('starting_after') ?? undefined },
});
