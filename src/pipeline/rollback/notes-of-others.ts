import { CallFailure } from '../../domain/ports/call-failure.js';
import { noteDigest } from '../../domain/text/note-digest.js';
import { writtenNotes } from '../../store/written-notes.js';
import type { RollbackWork } from './rollback-work.js';

const types = { contact: 'CONTACT', company: 'COMPANY' } as const;

/** How many notes of an object Landfall did not write; infinite if there are more than can be read. */
export async function countNotesOfOthers(
  { destination, work, scope }: RollbackWork,
  on: 'contact' | 'company',
  id: string,
): Promise<number> {
  const written = (await work.transaction(tx => writtenNotes(tx, scope, types[on], [id]))).get(id);
  try {
    return (await destination.notes(on, id)).filter(note => !written?.has(noteDigest(note))).length;
  } catch (error) {
    if (error instanceof CallFailure && error.kind === 'REJECTED') return Number.POSITIVE_INFINITY;
    throw error;
  }
}
