import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Json, Note } from '../../src/simulators/intercom/workspace.js';
import { isMessage } from './load.js';

/** Objects by what people know them by, without ids and times that the workspace gives. */
export type WorkspaceImage = Record<string, string[]>;

/** The content of a workspace, read without the product. Two workspaces that hold the same have the same image. */
export function imageOf({ workspace: w }: IntercomSimulator): WorkspaceImage {
  const keys = new Map<string, string>();
  const named = (id: string, key: string) => keys.set(id, `<${key}>`);
  for (const each of w.tags.values()) named(each.id, `tag ${each.name}`);
  for (const each of w.companies.values()) named(each.id, `company ${each.company_id}`);
  for (const each of w.contacts.values()) named(each.id, `contact ${each.external_id}`);
  for (const each of w.conversations.values())
    named(each.id, `conversation ${each.custom_attributes.infoset_ticket_id ?? each.source.body}`);
  for (const each of w.collections.values()) named(each.id, `collection ${each.name}`);
  const titleOf = (content: object) => Object.values(content as Record<string, { title: string }>).map(({ title }) => title);
  for (const each of w.articles.values()) named(each.id, `article ${titleOf(each.content)}`);
  for (const each of w.internalArticles.values()) named(each.id, `internal article ${each.title}`);
  for (const all of w.objectInstances.values()) for (const each of all.values()) named(each.id, `object ${each.external_id}`);
  for (const { url, bytes } of w.images.values()) named(/\/o\/(\w+)\//.exec(url)![1]!, `image of ${bytes.length} bytes`);

  // Every id that the workspace has given, in whatever text it stands.
  const said = (value: unknown) =>
    JSON.stringify(value, (_name, each) => (each instanceof Set ? [...each].map(id => keys.get(id) ?? id).sort() : each)).replace(
      /(?<![\w.])(?:4\d{5}|[0-9a-f]{24})(?![\w.])/g,
      id => keys.get(id) ?? id,
    );
  const list = <T>(all: Iterable<T>, shown: (each: T) => unknown) => [...all].map(each => said(shown(each))).sort();
  const bodies = (notes: readonly Note[]) => notes.map(({ body, admin_id }) => [body, admin_id]).sort();
  return {
    tags: list(w.tags.values(), ({ name }) => name),
    attributes: list(w.attributes, ({ id: _, ...rest }) => rest),
    companies: list(w.companies.values(), ({ id: _i, created_at: _c, updated_at: _u, notes, contacts: _k, ...rest }) => ({
      ...rest,
      notes: bodies(notes),
    })),
    contacts: list(w.contacts.values(), ({ id: _i, created_at: _c, updated_at: _u, notes, ...rest }) => ({
      ...rest,
      notes: bodies(notes),
    })),
    conversations: list(w.conversations.values(), ({ id: _i, updated_at: _u, source, parts, ...rest }) => ({
      ...rest,
      opening: [source.body, source.author.id],
      parts: parts.filter(isMessage).map(part => ({
        at: part.created_at,
        type: part.part_type,
        author: part.author.id,
        body: part.body,
        files: part.attachments.map((file: Json) => [file.name, file.sha256]),
      })),
    })),
    collections: list(w.collections.values(), ({ id: _i, created_at: _c, order: _o, ...rest }) => rest),
    articles: list(w.articles.values(), ({ id: _i, created_at: _c, updated_at: _u, ...rest }) => rest),
    internalArticles: list(w.internalArticles.values(), ({ id: _i, created_at: _c, updated_at: _u, ...rest }) => rest),
    objects: list(
      [...w.objectInstances.values()].flatMap(all => [...all.values()]),
      ({ id: _i, created_at: _c, updated_at: _u, ...rest }) => rest,
    ),
    redirects: list(w.redirects, ({ id: _i, created_at: _c, updated_at: _u, ...rest }) => rest),
  };
}
