import type { RecordType } from '../../domain/model/record-type.js';
import { readText } from '../../domain/text/html-text.js';
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
  const isThere = async () => {
    const wanted = readText(html);
    return (await destination.notes(on, id)).some(note => readText(note) === wanted) || undefined;
  };
  // From an earlier run, or a worker that died after it.
  if (await isThere()) return void (await journal.commit({ settled: [intent] }));
  await journal.commit({ intents: [intent] });
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
