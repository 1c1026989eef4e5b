import { namedBy, textOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import { articleOf } from '../../sources/shapes.js';
import { destinationsOf, destinationUrlsOf } from '../../store/crosswalk.js';
import { readNames } from '../../store/lookups.js';
import { stagedPages } from '../../store/staged-pages.js';
import { keepTable, type Reporting } from './write-documents.js';

const columns = 'article_id language title status internal category_id author created updated old_url new_id new_url'.split(' ');

/** Every article in each of its languages, with its original dates, which cannot be set, and both addresses, for redirects. */
export async function writeArticleTable(context: Reporting): Promise<void> {
  const scope = {
    projectId: context.work.lease.projectId,
    organizationId: context.work.lease.organizationId,
    environment: context.environment,
  };
  const names = await context.work.transaction(tx => readNames(tx, context.work.lease.projectId));
  const urls = await context.work.transaction(tx => destinationUrlsOf(tx, scope, 'ARTICLE'));
  const rows = async function* () {
    for await (const page of stagedPages(context, listingOf('ARTICLE'))) {
      const ids = page.map(({ sourceId }) => sourceId);
      const made = await context.work.transaction(tx => destinationsOf(tx, scope, 'ARTICLE', 'ARTICLE', ids));
      for (const { sourceId, record } of page) {
        const article = articleOf(record);
        for (const version of [article, ...article.translations]) {
          yield [
            sourceId,
            version.language,
            version.title,
            version.status ?? '',
            article.isInternal,
            article.categoryId,
            namedBy(names.users, article.authorId),
            textOf(article.createdDate),
            textOf(article.updatedDate),
            version.url,
            made.get(sourceId) ?? null,
            version === article ? (urls.get(sourceId) ?? null) : null,
          ];
        }
      }
    }
  };
  await keepTable(
    context,
    {
      kind: 'REPORT_DATA',
      name: `${context.environment.toLowerCase()}/articles.csv`,
      title: context.texts.tables.articles,
    },
    columns,
    rows(),
  );
}
