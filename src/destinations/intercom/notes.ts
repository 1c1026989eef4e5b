import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Destination } from '../../domain/ports/destination.js';
import type { Answer } from './answer.js';
import type { IntercomClient } from './client.js';
import { numberedPages } from './lists.js';

const pageSize = 50;
/** Limit of the notes of one record, in characters; far more than the migration writes. */
const maxNotes = 32 * 1024 * 1024;

const paths = { contact: 'contacts', company: 'companies' };

/** Notes of contacts and companies. */
export function notes(client: IntercomClient) {
  return {
    async addNote(on, id, html, adminId) {
      await client.write('POST', `${paths[on]}/${id}/notes`, { body: html, admin_id: adminId });
    },

    async notes(on, id) {
      const bodies = new Map<string, string>();
      let length = 0;
      for await (const { data } of numberedPages(client, `${paths[on]}/${id}/notes`, pageSize, 'UNTIL_NOT_FULL')) {
        const before = bodies.size;
        for (const note of (data ?? []) as Answer[]) {
          bodies.set(String(note.id), String(note.body));
          length += String(note.body).length;
        }
        if (length > maxNotes) throw new CallFailure('REJECTED', 'The notes of one record are longer than the limit.');
        // The last page brings nothing new, even if the API ignores page numbers.
        if (bodies.size === before) break;
      }
      return [...bodies.values()];
    },
  } satisfies Partial<Destination>;
}
