import type { FileDraft, PartDraft } from '../../domain/drafts/drafts.js';
import { continuation, keptLine } from '../../domain/drafts/part-files.js';
import type { Fields } from '../../domain/model/record-fields.js';
import type { MessageShape } from '../../domain/model/source-shapes.js';
import { inlineFiles } from '../../domain/text/attachments.js';
import { plainToHtml, storableText } from '../../domain/text/html-text.js';
import { attachmentsOf, messageOf, textsOf } from '../../sources/shapes.js';
import type { ReadRecord, ReportIssue, TicketRecord } from './ticket-record.js';

/** Limits for the files of a message. */
const maxFiles = 10;
const largestFile = 10 * 1024 * 1024;

/** Files that are sent with a message, and files that are only named in it. */
export interface MessageFiles {
  files: FileDraft[];
  kept: FileDraft[];
  /** Lines of HTML. */
  named: string;
}

/** The e-mail of a message; undefined if it has none, or the source does not have it. */
export const emailRecordOf = ({ kind, emailId }: MessageShape, { emails }: TicketRecord): Fields | undefined =>
  kind === 'EMAIL' ? emails.get(emailId) : undefined;

/** The files of a log and of its mail, including those in their texts. */
export function filesOf(
  { sourceId, record }: Pick<ReadRecord, 'sourceId' | 'record'>,
  ticket: TicketRecord,
  hosts: readonly string[],
  report: ReportIssue,
): MessageFiles {
  const email = emailRecordOf(messageOf(record), ticket);
  const texts = [...textsOf(record), ...textsOf(email)];
  const carried = [...attachmentsOf(record), ...attachmentsOf(email)];
  const all = new Map(texts.flatMap(text => inlineFiles(text, hosts)).map(file => [file.id, file]));
  for (const file of carried) all.set(file.id, file);
  const files: FileDraft[] = [];
  const kept: FileDraft[] = [];
  const lines: string[] = [];
  for (const file of all.values()) {
    const stored = ticket.files.get(file.id);
    const name = storableText(file.name);
    if (stored?.state !== 'STORED') {
      lines.push(`Attachment: ${name} (not available)`);
      continue;
    }
    const { sha256, byteSize, contentType } = stored;
    const draft = { id: file.id, sha256: sha256!, name, contentType: file.contentType || contentType, byteSize: byteSize! };
    if (draft.byteSize <= largestFile) {
      files.push(draft);
      continue;
    }
    kept.push(draft);
    lines.push(keptLine(draft));
    report({
      code: 'ATTACHMENT_NAMED',
      severity: 'WARNING',
      recordType: 'ATTACHMENT',
      sourceId: file.id,
      about: sourceId,
      message: `The file “${name}” of message ${sourceId} is only named in the text. A message carries files of at most ${largestFile / 1024 / 1024} MB.`,
      hint: 'The file is in the recording package: see recordings.zip and kept-files.csv in the documents.',
    });
  }
  return { files, kept, named: plainToHtml(lines.join('\n')) };
}

/** Splits parts with too many files: the rest follows in parts with the same author and time. */
export function continued(parts: readonly PartDraft[]): PartDraft[] {
  return parts.flatMap(part => {
    const rest: PartDraft[] = [];
    for (let from = maxFiles; from < part.files.length; from += maxFiles) {
      const files = part.files.slice(from, from + maxFiles);
      rest.push(continuation(part, files, `Attachments ${from + 1} to ${from + files.length} of the message before`));
    }
    return rest.length === 0 ? [part] : [{ ...part, files: part.files.slice(0, maxFiles) }, ...rest];
  });
}
