import type { FileDraft, PartDraft } from '../../../domain/drafts/drafts.js';
import { crosswalkEntry, type DestinationType, type NewCrosswalkEntry } from '../../../domain/model/crosswalk.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import type { RecordType } from '../../../domain/model/record-type.js';
import { listingOf } from '../../../domain/model/record-types.js';
import { packedFilePath } from '../../../domain/text/package-paths.js';

/** Where everything went that a part holds. */
export function entriesOf(part: PartDraft, partId: string, conversationId: string, ticketId: string): NewCrosswalkEntry[] {
  const entry = (sourceType: RecordType, sourceId: string, destinationType: DestinationType, destinationId = partId) =>
    crosswalkEntry([sourceType, sourceId], [destinationType, destinationId], { conversationId });
  const entries = [
    ...part.messages.map(id => entry('MESSAGE', id, 'CONVERSATION_PART')),
    ...part.calls.map(id => entry('CALL', id, 'CONVERSATION_PART')),
    ...part.recordings.map(id => entry('RECORDING', id, 'NOTE')),
  ];
  // It has no message of its own to be known by.
  if (part.continues) entries.push(entry('ATTACHMENT', (part.files[0] ?? part.kept[0])!.id, 'CONVERSATION_PART'));
  if (entries.length === 0) entries.push(entry('TICKET', ticketId, part.type === 'note' ? 'NOTE' : 'CONVERSATION_PART'));
  // A file has no id of its own there: it is found by its part and its place in it.
  return [
    ...entries,
    ...part.files.map(({ id }, place) => entry('ATTACHMENT', id, 'ATTACHMENT', `${partId}/${place}`)),
    ...part.kept.map(({ id, name }) => entry('ATTACHMENT', id, 'DOCUMENT', packedFilePath(id, name))),
  ];
}

/** A file that Intercom does not take. */
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
