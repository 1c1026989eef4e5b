import { type Fields, isFilled, textOf } from '../../../domain/model/record-fields.js';
import type { Attachment } from '../../../domain/text/attachments.js';
import { readableFileName } from '../../../domain/text/file-name.js';
import type { SourceText } from '../../../domain/text/html/source-text.js';
import { keptId } from '../../../domain/text/kept-text.js';

/** The texts of a ticket, a message or an e-mail, with the format of each field. */
export const textsOf = (record: Fields | undefined): SourceText[] => [
  { text: textOf(record?.content), as: 'EITHER' },
  { text: textOf(record?.htmlBody), as: 'HTML' },
  { text: textOf(record?.textBody), as: 'PLAIN' },
];

/** The distinct files of a record. A file without an id is identified by its address. */
export function attachmentsOf(record: Fields | undefined): Attachment[] {
  const files = listed(record).map(file => ({
    id: keptId(textOf(file.id) || textOf(file.url)),
    name: readableFileName(textOf(file.name)) || `file ${keptId(textOf(file.id))}`.trim(),
    contentType: textOf(file.contentType) || 'application/octet-stream',
    url: textOf(file.url),
    size: sizeOf(file.size),
  }));
  return [...new Map(files.map(file => [file.id, file])).values()];
}

/** How many files a message lists. */
export const fileCountOf = ({ attachments }: Fields): number => (Array.isArray(attachments) ? attachments.length : 0);

/** null for a number that cannot be a size. */
const sizeOf = (size: unknown) => (Number.isSafeInteger(size) && (size as number) > 0 ? (size as number) : null);

const listed = (record: Fields | undefined): Fields[] =>
  (Array.isArray(record?.attachments) ? (record.attachments as Fields[]) : []).filter(
    file => typeof file === 'object' && file !== null && (isFilled(file.id) || isFilled(file.url)),
  );

/** The name of the file that a `cid:` address refers to, found by content id or else by name; null if there is none. */
export function nameOfContentId(address: string, records: readonly (Fields | undefined)[]): string | null {
  const [scheme, ...rest] = address.split(':');
  if (scheme?.toLowerCase() !== 'cid') return null;
  const id = rest.join(':').replace(/^<|>$/g, '').toLowerCase();
  const name = id.split('@', 1)[0];
  const files = records.flatMap(listed);
  const found =
    files.find(file => [file.contentId, file.cid].some(each => textOf(each).replace(/^<|>$/g, '').toLowerCase() === id)) ??
    files.find(file => [id, name].includes(textOf(file.name).toLowerCase()));
  return found ? readableFileName(textOf(found.name)) || textOf(found.id) : null;
}
