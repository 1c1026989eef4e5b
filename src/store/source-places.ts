import { recordOf } from '../domain/model/record-fields.js';
import type { RecordType } from '../domain/model/record-type.js';
import { listingOf } from '../domain/model/record-types.js';
import { articleOf } from '../sources/shapes.js';
import type { Tx } from './transaction.js';

/** A record of a project. */
export interface RecordKey {
  projectId: string;
  recordType: RecordType;
  sourceId: string;
}

const columns = (keys: readonly RecordKey[]) => [
  keys.map(each => each.projectId),
  keys.map(each => each.recordType),
  keys.map(each => each.sourceId),
];

/** The ticket that contains each message, call or file, in the given order; null if it is in none. */
export async function ticketsOf(tx: Tx, keys: readonly RecordKey[]): Promise<(string | null)[]> {
  if (keys.length === 0) return [];
  const rows = await tx.manager.query<{ ticketId: string | null }[]>(
    `SELECT coalesce(
       (SELECT s.parent_id FROM landfall.staged_records s WHERE k.record_type = 'MESSAGE' AND s.project_id = k.project_id AND s.listing = $4 AND s.source_id = k.source_id),
       (SELECT t.source_id FROM landfall.crosswalk c JOIN landfall.crosswalk t ON t.destination_id = c.conversation_id AND t.project_id = c.project_id
          AND t.environment = c.environment AND t.source_type = 'TICKET' AND t.destination_type = 'CONVERSATION'
        WHERE c.source_id = k.source_id AND c.project_id = k.project_id AND c.source_type = k.record_type LIMIT 1)) AS "ticketId"
     FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS k (project_id, record_type, source_id, place) ORDER BY k.place`,
    [...columns(keys), listingOf('MESSAGE')],
  );
  return rows.map(({ ticketId }) => ticketId);
}

/** The address of each article in the help center, in the given order; null if it is not known any more. */
export async function articleUrlsOf(tx: Tx, keys: readonly RecordKey[]): Promise<(string | null)[]> {
  if (keys.length === 0) return [];
  const rows = await tx.manager.query<{ raw: string | null }[]>(
    `SELECT s.raw FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS k (project_id, record_type, source_id, place)
     LEFT JOIN landfall.staged_records s ON s.project_id = k.project_id AND s.listing = $4 AND s.source_id = k.source_id ORDER BY k.place`,
    [...columns(keys), listingOf('ARTICLE')],
  );
  return rows.map(({ raw }) => (raw === null ? null : articleOf(recordOf(raw)).url));
}
