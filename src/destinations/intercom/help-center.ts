import type {
  ArticleFields,
  ArticleView,
  CollectionFields,
  CollectionView,
  HelpCenterView,
} from '../../domain/model/help-center.js';
import { orNull } from './companies.js';
import { type Answer, type IntercomClient, idIn } from './intercom-client.js';
import { numberedPages } from './lists.js';

export async function helpCenter(client: IntercomClient): Promise<HelpCenterView | null> {
  const centers: Answer[] = (await orNull(() => client.read('help_center/help_centers')))?.data ?? [];
  const center = centers.find(each => each.default) ?? centers[0];
  if (!center) return null;
  const locales: string[] = center.locales ?? [];
  return {
    id: String(center.id),
    url: center.url ?? null,
    locales,
    defaultLocale: (await defaultLocale(client, center)) ?? locales[0] ?? null,
  };
}

/** A help centre tells only which languages it has; what stands in it tells which of them is the first. */
async function defaultLocale(client: IntercomClient, center: Answer): Promise<string | null> {
  if (center.default_locale) return center.default_locale;
  for (const path of ['help_center/collections', 'articles']) {
    const found: Answer | undefined = (await orNull(() => client.read(path, { page: '1', per_page: '1' })))?.data?.[0];
    if (found?.default_locale) return found.default_locale;
  }
  return null;
}

const toCollection = (answer: Answer): CollectionView => ({
  id: idIn(answer),
  createdAt: Number(answer.created_at),
  name: answer.name,
  description: answer.description ?? null,
  parentId: answer.parent_id === null || answer.parent_id === undefined ? null : String(answer.parent_id),
  url: answer.url ?? null,
  translations: Object.fromEntries(
    Object.entries((answer.translated_content ?? {}) as Record<string, Answer | null>).flatMap(([locale, content]) =>
      content && typeof content === 'object' ? [[locale, { name: content.name, description: content.description ?? null }]] : [],
    ),
  ),
});

const collectionBody = ({ name, description, parentId, translations }: CollectionFields) => ({
  name,
  ...(description === null ? {} : { description }),
  parent_id: parentId,
  translated_content: Object.fromEntries(
    Object.entries(translations).map(([locale, each]) => [
      locale,
      { name: each.name, ...(each.description === null ? {} : { description: each.description }) },
    ]),
  ),
});

export async function saveCollection(
  client: IntercomClient,
  id: string | null,
  fields: CollectionFields,
): Promise<CollectionView> {
  const path = 'help_center/collections';
  return toCollection(
    await (id
      ? client.write('PUT', `${path}/${id}`, collectionBody(fields))
      : client.write('POST', path, collectionBody(fields))),
  );
}

export function readCollection(client: IntercomClient, id: string): Promise<CollectionView | null> {
  return orNull(async () => toCollection(await client.read(`help_center/collections/${id}`)));
}

const batchSize = 50;

async function* pages(client: IntercomClient, path: string): AsyncGenerator<Answer> {
  for await (const { data } of numberedPages(client, path, batchSize)) yield* data ?? [];
}

export async function* collections(client: IntercomClient): AsyncGenerator<CollectionView> {
  for await (const each of pages(client, 'help_center/collections')) yield toCollection(each);
}

const path = (isInternal: boolean) => (isInternal ? 'internal_articles' : 'articles');

function toArticle(answer: Answer): ArticleView {
  const main = {
    title: answer.title ?? '',
    html: answer.body ?? '',
    published: answer.state === 'published',
    url: answer.url ?? null,
  };
  const others = Object.entries((answer.translated_content ?? {}) as Record<string, Answer | null>).flatMap(
    ([locale, content]) =>
      content && typeof content === 'object'
        ? [
            [
              locale,
              {
                title: content.title ?? '',
                html: content.body ?? '',
                published: content.state === 'published',
                url: content.url ?? null,
              },
            ] as const,
          ]
        : [],
  );
  return {
    id: idIn(answer),
    createdAt: Number(answer.created_at),
    authorId: String(answer.author_id),
    parentIds: (answer.parent_ids ?? (answer.parent_id ? [answer.parent_id] : [])).map(String),
    main,
    translations: Object.fromEntries(others),
  };
}

function articleBody({ isInternal, authorId, parentId, main, translations }: ArticleFields, isNew: boolean): Answer {
  const author_id = Number(authorId);
  if (isInternal) return { title: main.title, body: main.html, author_id, owner_id: author_id };
  const state = (published: boolean) => (published ? 'published' : 'draft');
  return {
    title: main.title,
    body: main.html,
    author_id,
    state: state(main.published),
    // One way takes a number, the other a text.
    ...(parentId === null ? {} : { parent_id: isNew ? Number(parentId) : parentId, parent_type: 'collection' }),
    translated_content: Object.fromEntries(
      Object.entries(translations).map(([locale, each]) => [
        locale,
        { title: each.title, body: each.html, author_id, state: state(each.published) },
      ]),
    ),
  };
}

export async function saveArticle(client: IntercomClient, id: string | null, fields: ArticleFields): Promise<ArticleView> {
  const where = path(fields.isInternal);
  return toArticle(
    await (id
      ? client.write('PUT', `${where}/${id}`, articleBody(fields, false))
      : client.write('POST', where, articleBody(fields, true))),
  );
}

export function readArticle(client: IntercomClient, id: string, isInternal: boolean): Promise<ArticleView | null> {
  return orNull(async () => toArticle(await client.read(`${path(isInternal)}/${id}`)));
}

export async function* articles(client: IntercomClient, isInternal: boolean): AsyncGenerator<ArticleView> {
  for await (const each of pages(client, path(isInternal))) yield toArticle(each);
}

export async function createRedirect(
  client: IntercomClient,
  centerId: string,
  { from, locale, articleId }: { from: string; locale: string; articleId: string },
): Promise<void> {
  const body = { from_url: from, locale, target_type: 'article', target_id: articleId };
  await client.write('POST', `help_center/help_centers/${centerId}/redirects`, body);
}
