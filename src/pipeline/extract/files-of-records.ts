import { type Fields, recordOf, textOf } from '../../domain/model/record-fields.js';
import { imagesOfArticle } from '../../domain/text/article-html.js';
import { type Attachment, attachmentsOf, inlineFiles } from '../../domain/text/attachments.js';
import { textsOf } from '../../domain/text/html/source-text.js';

/** The attachments of a record, and the files in its texts. */
export function filesOfRecord(raw: string, hosts: readonly string[]): Attachment[] {
  const record = recordOf(raw);
  return [...attachmentsOf(record), ...textsOf(record).flatMap(text => inlineFiles(text, hosts))];
}

/** The images of an article in all of its languages, on any host: Intercom refuses a text with a missing image. */
export function imagesOfRecord(raw: string, apiHosts: readonly string[]): Attachment[] {
  const record = recordOf(raw);
  const versions = [record, ...(Array.isArray(record.translations) ? (record.translations as Fields[]) : [])];
  return versions.flatMap(version =>
    imagesOfArticle(textOf(version?.html), { url: textOf(version?.url) || textOf(record.url), apiHosts }),
  );
}
