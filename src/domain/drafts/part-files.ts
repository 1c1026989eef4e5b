import { plainToHtml } from '../text/html-text.js';
import { packedFilePath } from '../text/package-paths.js';
import type { FileDraft, PartDraft } from './drafts.js';

/** The line that names a file which is in the package instead. */
export const keptLine = ({ id, name, byteSize }: FileDraft) =>
  `Attachment: ${name} (${byteSize} bytes), in the package as ${packedFilePath(id, name)}`;

/** A part with the same author and time that only carries files which did not fit into the part before. */
export function continuation(part: PartDraft, files: FileDraft[], text: string): PartDraft {
  return {
    ...part,
    messages: [],
    continues: true,
    calls: [],
    recordings: [],
    kept: [],
    files,
    html: part.plain ? text : plainToHtml(text),
    charactersRemoved: false,
  };
}

/** A separate part for each of these files. */
function apart(part: PartDraft, files: readonly FileDraft[]): PartDraft[] {
  return files.map(file => continuation(part, [file], `Attachment of the message before: ${file.name}`));
}

/** A part for each file: the first one with the text, the others in parts that follow. */
export function filesApart(part: PartDraft): PartDraft[] {
  const [first, ...others] = part.files;
  return [{ ...part, files: [first!] }, ...apart(part, others)];
}

/** Names files in the text instead of sending them. The package contains them. */
export function namingFiles(part: PartDraft, named: readonly FileDraft[]): PartDraft {
  if (named.length === 0) return part;
  const lines = named.map(keptLine).join('\n');
  return {
    ...part,
    files: part.files.filter(file => !named.includes(file)),
    kept: [...part.kept, ...named],
    html: part.plain ? `${part.html}\n${lines}` : part.html + plainToHtml(lines),
  };
}

/** The key of a part: its first message, or which text of the ticket it is. */
export function keyOf({ messages, calls, type, continues, files, kept }: PartDraft): string {
  if (continues) return fileKey((files[0] ?? kept[0])!.id);
  if (messages.length > 0) return `MESSAGE ${messages.at(-1)}`;
  return calls.length > 0 ? `CALL ${calls[0]}` : type === 'note' ? 'NOTE' : 'TEXT';
}

const fileKey = (id: string) => `ATTACHMENT ${id}`;

/** The parts of a conversation that already exist. */
export interface ExistingParts {
  /** Part ids by the key of the part. */
  sent: ReadonlyMap<string, string>;
  /** Files in parts, and files in the package instead, by their ids. */
  carried: ReadonlyMap<string, string>;
  kept: ReadonlyMap<string, string>;
}

/**
 * Parts as they were sent. A refused file stays named in the text. A file that was sent separately stays separate. A file whose
 * text was sent without it follows separately.
 */
export function asSent(parts: readonly PartDraft[], { sent, carried, kept }: ExistingParts): PartDraft[] {
  return parts.flatMap(part => {
    const key = keyOf(part);
    const wentApart = ({ id }: FileDraft) => fileKey(id) !== key && sent.has(fileKey(id));
    const isLeft = ({ id }: FileDraft) => sent.has(key) && !carried.has(id) && !kept.has(id);
    const others = part.files.filter(file => wentApart(file) || isLeft(file));
    const own = { ...part, files: part.files.filter(file => !others.includes(file)) };
    return [own, ...apart(part, others)].map(each =>
      namingFiles(
        each,
        each.files.filter(({ id }) => kept.has(id)),
      ),
    );
  });
}
