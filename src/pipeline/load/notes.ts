import type { RecordType } from '../../domain/model/record-type.js';
import { noteDigest } from '../../domain/text/note-digest.js';
import type { WrittenNote } from '../../store/written-notes.js';
import type { Loading } from './engine/loading.js';
import { writeOnce } from './engine/write-once.js';

/** Adds a note unless one with its text exists: notes cannot be changed or deleted. */
export async function addNoteOnce(
  context: Loading,
  on: 'contact' | 'company',
  recordType: RecordType,
  sourceId: string,
  id: string,
  html: string,
): Promise<void> {
  const { destination, journal, refs } = context;
  const intent = { recordType, sourceId, step: 'note' };
  const digest = noteDigest(html);
  const isThere = async () => (await destination.notes(on, id)).some(each => noteDigest(each) === digest) || undefined;
  // From an earlier run, a worker that died after it, or a person.
  if (await isThere()) return void (await journal.commit({ settled: [intent] }));
  const note: WrittenNote = { destinationType: on === 'contact' ? 'CONTACT' : 'COMPANY', destinationId: id, digest };
  await journal.commit({ intents: [intent], notes: [note] });
  await writeOnce(
    context,
    intent,
    async () => {
      await destination.addNote(on, id, html, refs.placeholderTeammate);
      return true;
    },
    isThere,
  );
  await journal.commit({ settled: [intent] });
}
