import type { RecordType } from '../../domain/model/record-type.js';
import { readText } from '../../domain/text/html-text.js';
import type { Loading } from './engine/loading.js';
import { writeOnce } from './engine/write-once.js';

/** Adds a note if none with its text is there: notes can neither be changed nor deleted. */
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
  // Of an earlier run, or of a worker that died behind it.
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
