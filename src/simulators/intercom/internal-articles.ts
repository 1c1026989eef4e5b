import { missing, notFound } from './errors.js';
import { paged, stored } from './help-center.js';
import type { InternalArticle, Json, Workspace } from './workspace.js';

export async function createInternalArticle(w: Workspace, body: Json): Promise<Json> {
  if (!body.title) throw missing('title');
  for (const name of ['author_id', 'owner_id']) if (!w.admin(body[name])) throw missing(name);
  const made: InternalArticle = {
    id: w.id(),
    title: body.title,
    body: await stored(w, body.body ?? ''),
    author_id: Number(body.author_id),
    owner_id: Number(body.owner_id),
    locale: w.helpCenters[0]!.default_locale,
    created_at: w.now(),
    updated_at: w.now(),
  };
  w.internalArticles.set(made.id, made);
  return { type: 'internal_article', ...made };
}

export async function updateInternalArticle(w: Workspace, id: string, body: Json): Promise<Json> {
  const found = internalArticleById(w, id);
  if (typeof body.title === 'string') found.title = body.title;
  if (typeof body.body === 'string') found.body = await stored(w, body.body);
  found.updated_at = w.now();
  return { type: 'internal_article', ...found };
}

function internalArticleById(w: Workspace, id: string): InternalArticle {
  const found = w.internalArticles.get(id);
  if (!found) throw notFound('Internal article', 'internal_article_not_found');
  return found;
}

export const internalArticle = (w: Workspace, id: string): Json => ({ type: 'internal_article', ...internalArticleById(w, id) });

export function listInternalArticles(w: Workspace, query: URLSearchParams): Json {
  return paged([...w.internalArticles.values()].toReversed(), query, each => ({ type: 'internal_article', ...each }));
}

export function deleteInternalArticle(w: Workspace, id: string): Json {
  internalArticleById(w, id);
  w.internalArticles.delete(id);
  return { id, object: 'internal_article', deleted: true };
}
