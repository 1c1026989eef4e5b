import { type Fields, recordOf } from '../../domain/model/record-fields.js';
import { detailListings, listingOf } from '../../domain/model/record-types.js';
import { imagesOfArticle } from '../../domain/text/article-html.js';
import { inlineFiles } from '../../domain/text/attachments.js';
import { articleOf, attachmentsOf, messageOf, textsOf } from '../../sources/shapes.js';
import { childrenOf, recordsByIds } from '../../store/staged-records.js';
import type { Sampling } from './sampling.js';

/** Ids of the files that the chosen records carry or show. */
export async function filesOfSample(
  { work, lookups }: Sampling,
  chosen: { tickets: readonly string[]; articles: readonly string[] },
): Promise<Set<string>> {
  const { projectId } = work.lease;
  const files = new Set<string>();
  const addFrom = (record: Fields) => {
    for (const { id } of attachmentsOf(record)) files.add(id);
    for (const text of textsOf(record)) for (const { id } of inlineFiles(text, lookups.sourceHosts)) files.add(id);
  };
  for (let from = 0; from < chosen.tickets.length; from += 20) {
    const some = chosen.tickets.slice(from, from + 20);
    const tickets = await work.transaction(tx => recordsByIds(tx, projectId, listingOf('TICKET'), some));
    const logs = await work.transaction(tx => childrenOf(tx, projectId, listingOf('MESSAGE'), some));
    const records = [...tickets, ...logs].map(({ raw }) => recordOf(raw));
    const emailIds = [...new Set(records.map(record => messageOf(record).emailId).filter(Boolean))];
    const emails = await work.transaction(tx => recordsByIds(tx, projectId, detailListings.EMAIL, emailIds));
    for (const record of [...records, ...emails.map(({ raw }) => recordOf(raw))]) addFrom(record);
  }
  for (const { raw } of await work.transaction(tx => recordsByIds(tx, projectId, listingOf('ARTICLE'), chosen.articles))) {
    const article = articleOf(recordOf(raw));
    for (const { url, html } of [article, ...article.translations]) {
      const about = { url: url || article.url, apiHosts: lookups.sourceHosts };
      for (const { id } of imagesOfArticle(html, about)) files.add(id);
    }
  }
  return files;
}
