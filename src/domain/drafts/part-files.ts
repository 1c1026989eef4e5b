import { plainToHtml } from '../text/html-text.js';
import { packedFilePath } from '../text/package-paths.js';
import type { FileDraft, PartDraft } from './drafts.js';

/** How a file is named that is in the package instead. */
export const keptLine = ({ id, name, byteSize }: FileDraft) =>
  `Attachment: ${name} (${byteSize} bytes), in the package as ${packedFilePath(id, name)}`;

/** A part of the same author and time that only carries files which the part before could not. */
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

/** A part each for files that go apart from the rest. */
function apart(part: PartDraft, files: readonly FileDraft[]): PartDraft[] {
  return files.map(file => continuation(part, [file], `Attachment of the message before: ${file.name}`));
}

/** Each file on its own: the first one with the text, every other one in a part that follows. */
export function filesApart(part: PartDraft): PartDraft[] {
  const [first, ...others] = part.files;
  return [{ ...part, files: [first!] }, ...apart(part, others)];
}

/** Names files in the text instead of carrying them: they stay in the package. */
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

/** What a part is known by: its first message, or what of the ticket it holds. */
export function keyOf({ messages, calls, type, continues, files, kept }: PartDraft): string {
  if (continues) return fileKey((files[0] ?? kept[0])!.id);
  if (messages.length > 0) return `MESSAGE ${messages.at(-1)}`;
  return calls.length > 0 ? `CALL ${calls[0]}` : type === 'note' ? 'NOTE' : 'TEXT';
}

const fileKey = (id: string) => `ATTACHMENT ${id}`;

/** What is there of a conversation already. */
export interface PartsThere {
  /** Part ids by the key of the part. */
  sent: ReadonlyMap<string, string>;
  /** Files that parts carry, and files that the package holds instead, by their ids. */
  carried: ReadonlyMap<string, string>;
  kept: ReadonlyMap<string, string>;
}

/**
 * Parts as they were sent: a file that the destination refused stays named, one that went apart from its text stays apart, and
 * one that has not gone yet though its text has follows apart.
 */
export function asSent(parts: readonly PartDraft[], { sent, carried, kept }: PartsThere): PartDraft[] {
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
