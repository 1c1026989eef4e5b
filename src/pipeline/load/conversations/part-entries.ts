import type { FileDraft, PartDraft } from '../../../domain/drafts/drafts.js';
import { crosswalkEntry, type DestinationType, type NewCrosswalkEntry } from '../../../domain/model/crosswalk.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import type { RecordType } from '../../../domain/model/record-type.js';
import { listingOf } from '../../../domain/model/record-types.js';
import { packedFilePath } from '../../../domain/text/package-paths.js';

/** Crosswalk entries for all records in a part. */
export function entriesOf(part: PartDraft, partId: string, conversationId: string, ticketId: string): NewCrosswalkEntry[] {
  const entry = (sourceType: RecordType, sourceId: string, destinationType: DestinationType, destinationId = partId) =>
    crosswalkEntry([sourceType, sourceId], [destinationType, destinationId], { conversationId });
  const entries = [
    ...part.messages.map(id => entry('MESSAGE', id, 'CONVERSATION_PART')),
    ...part.calls.map(id => entry('CALL', id, 'CONVERSATION_PART')),
    ...part.recordings.map(id => entry('RECORDING', id, 'NOTE')),
  ];
  // It has no message that could be its key.
  if (part.continues) entries.push(entry('ATTACHMENT', (part.files[0] ?? part.kept[0])!.id, 'CONVERSATION_PART'));
  if (entries.length === 0) entries.push(entry('TICKET', ticketId, part.type === 'note' ? 'NOTE' : 'CONVERSATION_PART'));
  // Files have no id at the destination. They are identified by their part and their position in it.
  return [
    ...entries,
    ...part.files.map(({ id }, position) => entry('ATTACHMENT', id, 'ATTACHMENT', `${partId}/${position}`)),
    ...part.kept.map(({ id, name }) => entry('ATTACHMENT', id, 'DOCUMENT', packedFilePath(id, name))),
  ];
}

/** The issue of a file that Intercom refuses. */
export const refusedFile = (ticketId: string, { id, name, byteSize }: FileDraft, reason: string): NewIssue => ({
  code: 'ATTACHMENT_NAMED',
  severity: 'WARNING',
  recordType: 'ATTACHMENT',
  listing: listingOf('ATTACHMENT'),
  sourceId: id,
  about: ticketId,
  message: `The file “${name}” (${byteSize} bytes) of ticket ${ticketId} is only named in the text, because Intercom refuses it: ${reason}`,
  hint: 'The file is in the recording package: see recordings.zip and kept-files.csv in the documents.',
});
