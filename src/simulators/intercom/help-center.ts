import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, invalid, missing, notFound } from './errors.js';
import { keptHtml } from './kept-html.js';
import type { Article, Collection, Json, Workspace } from './workspace.js';

const maxLevels = 3;
const imageTypes = /^image\/(png|jpe?g|gif|svg\+xml)\b/;
export function listHelpCenters(w: Workspace, query: URLSearchParams): Json {
  // Answers do not include the default locale.
  const { data } = paged(w.helpCenters, query, ({ default_locale: _, ...shown }) => shown);
  return { type: 'list', data };
}

const collectionView = (
  w: Workspace,
  { id, name, description, parent_id, help_center_id, order, created_at, translated_content }: Collection,
): Json => ({
  id,
  workspace_id: w.app.id_code,
  name,
  description,
  created_at,
  updated_at: created_at,
  url: `${w.helpCenters[0]!.url}/${w.helpCenters[0]!.default_locale}/collections/${id}-${slug(name)}`,
  icon: 'book-bookmark',
  order,
  default_locale: w.helpCenters[0]!.default_locale,
  translated_content,
  parent_id,
  help_center_id,
});

export function listCollections(w: Workspace, query: URLSearchParams): Json {
  return paged([...w.collections.values()], query, each => collectionView(w, each));
}

export const collection = (w: Workspace, id: string): Json => collectionView(w, collectionById(w, id));

export function createCollection(w: Workspace, body: Json): Json {
  if (typeof body.name !== 'string' || body.name === '')
    throw new ApiError(400, 'parameter_not_found', 'Name is a required parameter.');
  const parent_id = body.parent_id === null || body.parent_id === undefined ? null : String(body.parent_id);
  checkNesting(w, parent_id, 1);
  const made: Collection = {
    id: w.id(),
    name: body.name,
    description: body.description ?? null,
    parent_id,
    help_center_id: Number(w.helpCenters[0]!.id),
    order: [...w.collections.values()].filter(each => each.parent_id === parent_id).length + 1,
    created_at: w.now(),
    translated_content: checkedLocales(w, body.translated_content),
  };
  w.collections.set(made.id, made);
  return collectionView(w, made);
}

/** @param levels of the collection itself and of those below it */
function checkNesting(w: Workspace, parentId: string | null, levels: number): void {
  let above = 0;
  for (let at = parentId; at !== null; at = collectionById(w, at).parent_id) above++;
  if (above + levels > maxLevels) throw invalid(`Collections nest at most ${maxLevels} levels deep`, 'parent_id');
}

function levelsFrom(w: Workspace, id: string): number {
  const below = [...w.collections.values()].filter(each => each.parent_id === id);
  return 1 + Math.max(0, ...below.map(each => levelsFrom(w, each.id)));
}

function moveCollection(w: Workspace, found: Collection, parentId: string | null): void {
  for (let at = parentId; at !== null; at = collectionById(w, at).parent_id)
    if (at === found.id) throw invalid('A collection cannot contain itself', 'parent_id');
  checkNesting(w, parentId, levelsFrom(w, found.id));
  found.parent_id = parentId;
}

export function updateCollection(w: Workspace, id: string, body: Json): Json {
  const found = collectionById(w, id);
  if ('parent_id' in body) moveCollection(w, found, body.parent_id === null ? null : String(body.parent_id));
  if (typeof body.name === 'string') found.name = body.name;
  if ('description' in body) found.description = body.description;
  if (body.translated_content)
    found.translated_content = { ...found.translated_content, ...checkedLocales(w, body.translated_content) };
  return collectionView(w, found);
}

export function deleteCollection(w: Workspace, id: string): Json {
  collectionById(w, id);
  w.collections.delete(id);
  return { id, object: 'collection', deleted: true };
}

function collectionById(w: Workspace, id: string): Collection {
  const found = w.collections.get(String(id));
  if (!found) throw notFound('Collection');
  return found;
}

function checkedLocales(w: Workspace, content: Json | null | undefined): Json {
  const given = Object.entries(content ?? {}).filter(([locale]) => locale !== 'type');
  for (const [locale] of given)
    if (!w.helpCenters[0]!.locales.includes(locale)) throw invalid(`The locale ${locale} is not enabled`, 'translated_content');
  return Object.fromEntries(given);
}

export function paged<T>(all: T[], query: URLSearchParams, view: (item: T) => Json): Json {
  const perPage = Math.min(150, Math.max(1, Number(query.get('per_page') ?? 10) || 10));
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  return {
    type: 'list',
    data: all.slice((page - 1) * perPage, page * perPage).map(view),
    total_count: all.length,
    pages: { type: 'pages', page, per_page: perPage, total_pages: Math.ceil(all.length / perPage), next: null },
  };
}

const slug = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

function articleView(w: Workspace, article: Article): Json {
  const { content, parent_id, ...rest } = article;
  const center = w.helpCenters[0]!;
  const urlOf = (locale: string, { title, state }: Json) =>
    state === 'published' ? `${center.url}/${locale}/articles/${article.id}-${slug(title)}` : null;
  const main = content[center.default_locale]!;
  const translated = Object.fromEntries(
    Object.entries(content).map(([locale, each]) => [
      locale,
      { type: 'article_content', ...each, ...(urlOf(locale, each) ? { url: urlOf(locale, each) } : {}) },
    ]),
  );
  return {
    type: 'article',
    workspace_id: w.app.id_code,
    ...rest,
    ...main,
    url: urlOf(center.default_locale, main),
    parent_ids: parent_id === null ? [] : [Number(parent_id)],
    default_locale: center.default_locale,
    translated_content: { type: 'article_translated_content', ...translated },
    tags: { type: 'tag.list', tags: [] },
  };
}

export function listArticles(w: Workspace, query: URLSearchParams): Json {
  const newest = [...w.articles.values()].sort((a, b) => b.updated_at - a.updated_at || Number(b.id) - Number(a.id));
  return paged(newest, query, each => articleView(w, each));
}

export const article = (w: Workspace, id: string): Json => articleView(w, articleById(w, id));

export async function createArticle(w: Workspace, body: Json): Promise<Json> {
  const { default_locale } = w.helpCenters[0]!;
  if (!body.title) throw missing('title');
  if (!w.admin(body.author_id))
    throw new ApiError(
      400,
      'parameter_not_found',
      'author_id must be in the main body or default locale translated_content object',
    );
  const made: Article = {
    id: w.id(),
    parent_id: parentOf(w, body),
    created_at: w.now(),
    updated_at: w.now(),
    content: await contentOf(w, body, {
      [default_locale]: { title: '', description: '', body: '', author_id: 0, state: 'draft' },
    }),
  };
  w.articles.set(made.id, made);
  return articleView(w, made);
}

export async function updateArticle(w: Workspace, id: string, body: Json): Promise<Json> {
  const found = articleById(w, id);
  if (body.author_id !== undefined && !w.admin(body.author_id)) throw invalid('author_id is not a teammate', 'author_id');
  found.content = await contentOf(w, body, found.content);
  if ('parent_id' in body) found.parent_id = parentOf(w, body);
  found.updated_at = w.now();
  return articleView(w, found);
}

export function deleteArticle(w: Workspace, id: string): Json {
  articleById(w, id);
  w.articles.delete(id);
  return { id, object: 'article', deleted: true };
}

function articleById(w: Workspace, id: string): Article {
  const found = w.articles.get(id);
  if (!found) throw notFound('Article', 'article_not_found');
  return found;
}

function parentOf(w: Workspace, { parent_id }: Json): string | null {
  if (parent_id === null || parent_id === undefined) return null;
  return collectionById(w, String(parent_id)).id;
}

async function contentOf(w: Workspace, body: Json, current: Article['content']): Promise<Article['content']> {
  const { default_locale } = w.helpCenters[0]!;
  const content = { ...current };
  const given: [string, Json][] = [
    [default_locale, body],
    ...Object.entries(checkedLocales(w, body.translated_content) as Record<string, Json>),
  ];
  for (const [locale, { title, description, body: html, author_id, state }] of given) {
    const before = content[locale] ?? {
      title: '',
      description: '',
      body: '',
      author_id: content[default_locale]?.author_id ?? 0,
      state: 'draft',
    };
    content[locale] = {
      title: title ?? before.title,
      description: description ?? before.description,
      body: html === undefined ? before.body : await stored(w, html),
      author_id: Number(author_id ?? before.author_id),
      state: state ?? before.state,
    };
  }
  return content;
}

/** Converts the HTML of an article. Intercom fetches its images and hosts them. */
export const stored = (w: Workspace, html: string): Promise<string> =>
  keptHtml(html, { image: source => hosted(w, source), isArticle: true });

async function hosted(w: Workspace, source: string): Promise<string> {
  const known = w.images.get(source);
  if (known) return known.url;
  if (source.startsWith('https://downloads.intercomcdn.com/')) return source;
  const refuse = (why: string) => invalid(`The image ${source} could not be uploaded: ${why}`, 'body');
  if (!/^https?:\/\//.test(source)) throw refuse('it is not an absolute address');
  let response: Response;
  try {
    response = await fetch(source, { signal: AbortSignal.timeout(5_000) });
  } catch {
    await sleep(0);
    throw refuse('it cannot be reached');
  }
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!response.ok) throw refuse(`${response.status}`);
  const type = response.headers.get('content-type') ?? '';
  if (bytes.length > w.settings.largestImage) throw refuse('it is too large');
  if (!imageTypes.test(type)) throw refuse(`${type} is not an image format`);
  const url = `https://downloads.intercomcdn.com/i/o/${w.id()}/image.${type.split(/[/+;]/)[1]}`;
  w.images.set(url, { url, bytes });
  return url;
}

export function createRedirect(w: Workspace, centerId: string, body: Json): Json {
  const center = w.helpCenters.find(each => each.id === centerId);
  if (!center) throw notFound('Help center');
  const { from_url, locale, target_type, target_id } = body;
  for (const name of ['from_url', 'locale', 'target_type', 'target_id']) if (!body[name]) throw missing(name);
  if (!String(from_url).startsWith(`${center.url}/`))
    throw new ApiError(422, 'data_invalid', 'from_url is not in the help center', 'from_url');
  if (w.redirects.some(each => each.from_url === from_url))
    throw new ApiError(409, 'resource_conflict', 'The redirect already exists');
  if (target_type === 'article') articleById(w, String(target_id));
  const made = {
    id: w.id(),
    type: 'help_center_redirect',
    from_url,
    locale,
    help_center_id: centerId,
    target_type,
    target_id,
    created_at: w.now(),
    updated_at: w.now(),
  };
  w.redirects.push(made);
  return made;
}

export function deleteRedirect(w: Workspace, centerId: string, id: string): Json {
  const index = w.redirects.findIndex(each => each.id === id && each.help_center_id === centerId);
  if (index < 0) throw notFound('Redirect');
  w.redirects.splice(index, 1);
  return { id, object: 'help_center_redirect', deleted: true };
}

export const listRedirects = (w: Workspace, centerId: string, query: URLSearchParams): Json =>
  paged(
    w.redirects.filter(each => each.help_center_id === centerId),
    query,
    each => each,
  );
