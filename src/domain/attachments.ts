import { createHash } from 'node:crypto';
import { keptId } from './kept-text.js';
import { type Fields, isFilled, textOf } from './record-fields.js';

/** A file that a message or a mail carries. */
export interface Attachment {
  id: string;
  name: string;
  contentType: string;
  url: string;
  /** In bytes, as the source tells it. */
  size: number | null;
}

/** The files of a record, each once; one without an id is known by its address. */
export function attachmentsOf(record: Fields | undefined): Attachment[] {
  const listed = Array.isArray(record?.attachments) ? (record.attachments as Fields[]) : [];
  const files = listed
    .filter(file => typeof file === 'object' && file !== null && (isFilled(file.id) || isFilled(file.url)))
    .map(file => ({
      id: keptId(textOf(file.id) || textOf(file.url)),
      name: textOf(file.name) || `file ${keptId(textOf(file.id))}`.trim(),
      contentType: textOf(file.contentType) || 'application/octet-stream',
      url: textOf(file.url),
      size: sizeOf(file.size),
    }));
  return [...new Map(files.map(file => [file.id, file])).values()];
}

/** A number that no file's size can be says nothing. */
const sizeOf = (size: unknown) => (Number.isSafeInteger(size) && (size as number) > 0 ? (size as number) : null);

const dataImage = /<img\b[^>]*?\bsrc\s*=\s*["']?data:(image\/[\w.+-]+);base64,([\w+/=\s]+)/gi;

/** The files of the source that a text shows or links to, and images that it holds itself; each once. */
export function inlineFiles(text: string, hosts: readonly string[]): Attachment[] {
  const files = new Map<string, Attachment>();
  for (const [, id] of text.matchAll(fileLinks(hosts)))
    files.set(keptId(id!), { id: keptId(id!), name: `file ${keptId(id!)}`, contentType: '', url: `/v1/files/${id}`, size: null });
  for (const [, contentType, data] of text.matchAll(dataImage)) {
    const id = `inline:${createHash('sha256').update(data!).digest('hex').slice(0, 32)}`;
    const name = `image.${contentType!.split('/')[1]!.replace(/\W.*/, '')}`;
    files.set(id, {
      id,
      name,
      contentType: contentType!,
      url: `data:${contentType};base64,${data!.replace(/\s/g, '')}`,
      size: null,
    });
  }
  return [...files.values()];
}

/** A file of the source by its address; the id is the first group. */
function fileLinks(hosts: readonly string[]): RegExp {
  const host = hosts.map(each => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|') || '(?!)';
  return new RegExp(`(?:(?:https?:)?//(?:[\\w-]+\\.)*(?:${host})(?::\\d+)?|(?<![\\w/]))/v1/files/([\\w-]+)`, 'gi');
}
