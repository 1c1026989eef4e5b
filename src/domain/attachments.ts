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
      id: textOf(file.id) || textOf(file.url),
      name: textOf(file.name) || `file ${textOf(file.id)}`.trim(),
      contentType: textOf(file.contentType) || 'application/octet-stream',
      url: textOf(file.url),
      size: typeof file.size === 'number' && file.size > 0 ? file.size : null,
    }));
  return [...new Map(files.map(file => [file.id, file])).values()];
}
