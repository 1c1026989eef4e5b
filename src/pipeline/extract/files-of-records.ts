import { recordOf } from '../../domain/model/record-fields.js';
import { imagesOfArticle } from '../../domain/text/article-html.js';
import { type Attachment, inlineFiles } from '../../domain/text/attachments.js';
import { articleOf, attachmentsOf, textsOf } from '../../sources/shapes.js';

/** The attachments of a record, and the files in its texts. */
export function filesOfRecord(raw: string, hosts: readonly string[]): Attachment[] {
  const record = recordOf(raw);
  return [...attachmentsOf(record), ...textsOf(record).flatMap(text => inlineFiles(text, hosts))];
}

/** The images of an article in all of its languages, on any host: Intercom refuses a text with a missing image. */
export function imagesOfRecord(raw: string, apiHosts: readonly string[]): Attachment[] {
  const article = articleOf(recordOf(raw));
  return [article, ...article.translations].flatMap(({ html, url }) =>
    imagesOfArticle(html, { url: url || article.url, apiHosts }),
  );
}
