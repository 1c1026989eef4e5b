import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Conversation, Json, Note } from '../../src/simulators/intercom/workspace.js';
import { fixedNow } from './extraction.js';

/**
 * What a workspace holds, in the terms of the source: its own ids, times of writing and addresses are replaced by keys. Two
 * workspaces that hold the same are equal.
 */
export function canonical({ workspace: w, url }: IntercomSimulator): Json {
  const names = new Map<string, string>([[w.app.id_code, 'APP']]);
  const name = (id: string, as: unknown) => names.set(id, String(as));
  for (const each of w.companies.values()) name(each.id, `company ${each.company_id}`);
  for (const each of w.contacts.values()) name(each.id, `contact ${each.external_id ?? each.email}`);
  for (const each of w.tags.values()) name(each.id, `tag ${each.name}`);
  for (const each of w.collections.values()) name(each.id, `collection ${each.name}`);
  for (const each of w.articles.values()) name(each.id, `article ${Object.values(each.content)[0]?.title}`);
  for (const each of w.internalArticles.values()) name(each.id, `internal article ${each.title}`);
  for (const each of w.conversations.values())
    name(each.id, `conversation ${each.custom_attributes.infoset_ticket_id ?? each.source.body}`);
  for (const instances of w.objectInstances.values())
    for (const each of instances.values()) name(each.id, `object ${each.external_id}`);
  const said = <T>(value: T): T =>
    JSON.parse(
      JSON.stringify(value ?? null)
        .replaceAll(url, 'INTERCOM')
        .replace(/[0-9a-f]{24}|[0-9a-f]{8}|\d{5,}/g, id => names.get(id) ?? id),
    );
  const sorted = (values: Iterable<Json>) => [...values].map(value => JSON.stringify(said(value))).sort();
  const notes = (all: Note[]) => all.map(({ body, admin_id }) => ({ body, admin_id })).sort((a, b) => (a.body < b.body ? -1 : 1));
  const conversation = ({ id: _i, updated_at: _u, source, parts, snoozed_until: _s, tags, contacts, ...rest }: Conversation) => ({
    ...rest,
    source: { body: source.body, author: source.author },
    tags: [...tags].map(id => names.get(id)).sort(),
    contacts: [...contacts].map(id => names.get(id)).sort(),
    // In their order. Events of our updates may come again: a repeated assignment is one more event.
    parts: parts
      .filter(part => part.body !== null)
      .map(({ part_type, body, created_at, author, attachments }) => ({
        part_type,
        body,
        // What has the time of the test: a recording that is attached, and a message of the source after it.
        created_at: created_at > fixedNow.getTime() / 1_000 ? 'later' : created_at,
        author,
        files: attachments.map(({ name: called, sha256 }) => [called, sha256]),
      })),
  });
  return {
    tags: sorted(w.tags.values()),
    companies: sorted(
      [...w.companies.values()].map(({ id: _i, created_at: _c, updated_at: _u, ...each }) => ({
        ...each,
        tags: [...each.tags].sort(),
        contacts: [...each.contacts].map(id => names.get(id)).sort(),
        notes: notes(each.notes),
      })),
    ),
    contacts: sorted(
      [...w.contacts.values()].map(({ id: _i, created_at: _c, updated_at: _u, ...each }) => ({
        ...each,
        companies: [...each.companies].map(id => names.get(id)).sort(),
        tags: [...each.tags].map(id => names.get(id)).sort(),
        notes: notes(each.notes),
      })),
    ),
    conversations: sorted([...w.conversations.values()].map(conversation)),
    objects: sorted(
      [...w.objectInstances.values()]
        .flatMap(all => [...all.values()])
        .map(({ id: _i, created_at: _c, updated_at: _u, ...each }) => each),
    ),
    collections: sorted([...w.collections.values()].map(({ id: _i, created_at: _c, ...each }) => each)),
    articles: sorted([...w.articles.values()].map(({ id: _i, created_at: _c, updated_at: _u, ...each }) => each)),
    internalArticles: sorted([...w.internalArticles.values()].map(({ id: _i, created_at: _c, updated_at: _u, ...each }) => each)),
  };
}
