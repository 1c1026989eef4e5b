import type { ArticleFields, ArticleView } from '../../domain/model/help-center.js';
import type { Destination } from '../../domain/ports/destination.js';
import { type Answer, idIn, orNull } from './answer.js';
import type { IntercomClient } from './client.js';
import { numberedPages } from './lists.js';
import { translationsIn } from './translations.js';

const pathOf = (isInternal: boolean) => (isInternal ? 'internal_articles' : 'articles');
const pageSize = 50;

const toContent = ({ title, body, state, url }: Answer) => ({
  title: title ?? '',
  html: body ?? '',
  published: state === 'published',
  url: url ?? null,
});

const toArticle = (answer: Answer): ArticleView => ({
  id: idIn(answer),
  createdAt: Number(answer.created_at),
  authorId: String(answer.author_id),
  parentIds: (answer.parent_ids ?? (answer.parent_id ? [answer.parent_id] : [])).map(String),
  main: toContent(answer),
  translations: translationsIn(answer, toContent),
});

function bodyOf({ isInternal, authorId, parentId, main, translations }: ArticleFields, isNew: boolean): Answer {
  const author_id = Number(authorId);
  if (isInternal) return { title: main.title, body: main.html, author_id, owner_id: author_id };
  const state = (published: boolean) => (published ? 'published' : 'draft');
  return {
    title: main.title,
    body: main.html,
    author_id,
    state: state(main.published),
    // POST takes a number, PUT a text.
    ...(parentId === null ? {} : { parent_id: isNew ? Number(parentId) : parentId, parent_type: 'collection' }),
    translated_content: Object.fromEntries(
      Object.entries(translations).map(([locale, each]) => [
        locale,
        { title: each.title, body: each.html, author_id, state: state(each.published) },
      ]),
    ),
  };
}

export function articles(client: IntercomClient) {
  return {
    article: (id, isInternal) => orNull(async () => toArticle(await client.read(`${pathOf(isInternal)}/${id}`))),

    async *articles(isInternal) {
      for await (const { data } of numberedPages(client, pathOf(isInternal), pageSize))
        for (const each of (data ?? []) as Answer[]) yield toArticle(each);
    },

    async saveArticle(id, fields) {
      const path = pathOf(fields.isInternal);
      return toArticle(
        await (id
          ? client.write('PUT', `${path}/${id}`, bodyOf(fields, false))
          : client.write('POST', path, bodyOf(fields, true))),
      );
    },
  } satisfies Partial<Destination>;
}
