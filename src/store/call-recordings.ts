import type { RecordingAvailability } from '../domain/model/call-recording.js';
import { listingOf } from '../domain/model/record-types.js';
import { keptId, keptText } from '../domain/text/kept-text.js';
import type { LoadScope } from './load-scope.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** The recording of a call, and its availability. */
export interface StoredRecording {
  callId: string;
  ticketId: string | null;
  contactId: string | null;
  agentId: string | null;
  phone: string | null;
  phones: string[];
  startedAt: Date | null;
  durationSeconds: number | null;
  availability: RecordingAvailability;
  reason: string | null;
  contentType: string | null;
  sha256: string | null;
  byteSize: number | null;
}

const textOf = (text: string | null) => (text === null ? null : keptText(text, 500));
const idOf = (id: string | null) => (id === null ? null : keptId(id));

/** Does not change what people have done with it. */
export async function saveRecording(tx: Tx, lease: RunLease, recording: StoredRecording): Promise<void> {
  await tx.manager.query(
    `INSERT INTO landfall.call_recordings (project_id, organization_id, call_id, ticket_id, contact_id, agent_id, phone, phones, started_at,
       duration_seconds, availability, reason, content_type, sha256, byte_size)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     ON CONFLICT (project_id, call_id) DO UPDATE SET ticket_id = excluded.ticket_id, contact_id = excluded.contact_id, agent_id = excluded.agent_id,
       phone = excluded.phone, phones = excluded.phones, started_at = excluded.started_at, duration_seconds = excluded.duration_seconds,
       availability = excluded.availability, reason = excluded.reason, content_type = excluded.content_type, sha256 = excluded.sha256,
       byte_size = excluded.byte_size`,
    [
      lease.projectId,
      lease.organizationId,
      recording.callId,
      idOf(recording.ticketId),
      idOf(recording.contactId),
      idOf(recording.agentId),
      textOf(recording.phone),
      recording.phones,
      recording.startedAt,
      recording.durationSeconds,
      recording.availability,
      textOf(recording.reason),
      textOf(recording.contentType),
      recording.sha256,
      recording.byteSize,
    ],
  );
}

const columns = `call_id AS "callId", ticket_id AS "ticketId", contact_id AS "contactId", agent_id AS "agentId", phone, phones, started_at AS "startedAt",
  duration_seconds AS "durationSeconds", availability, reason, content_type AS "contentType", sha256, byte_size::float8 AS "byteSize"`;

/** Known recordings of these calls, by call id. */
export async function recordingsOf(tx: Tx, projectId: string, callIds: readonly string[]): Promise<Map<string, StoredRecording>> {
  const rows = await tx.manager.query<StoredRecording[]>(
    `SELECT ${columns} FROM landfall.call_recordings WHERE project_id = $1 AND call_id = ANY($2)`,
    [projectId, callIds],
  );
  return new Map(rows.map(row => [row.callId, row]));
}

/** A recording by its own id. */
export async function recordingById(tx: Tx, id: string): Promise<StoredRecording | null> {
  const rows = await tx.manager.query<StoredRecording[]>(`SELECT ${columns} FROM landfall.call_recordings WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** Downloaded recordings that are not in the package yet with their current bytes. */
export function unpackedRecordings(
  tx: Tx,
  { projectId, environment }: LoadScope,
  after: string,
  limit: number,
): Promise<StoredRecording[]> {
  return tx.manager.query(
    `SELECT ${columns} FROM landfall.call_recordings r WHERE project_id = $1 AND availability = 'DOWNLOADED' AND call_id > $3
       AND NOT EXISTS (SELECT FROM landfall.load_states l WHERE l.project_id = $1 AND l.environment = $2 AND l.record_type = 'RECORDING'
         AND l.source_id = r.call_id AND l.state = 'DONE' AND l.digest = r.sha256)
       AND ($2 <> 'SANDBOX' OR EXISTS (SELECT FROM landfall.sample_records s WHERE s.project_id = $1 AND s.listing = $5 AND s.source_id = r.call_id))
     ORDER BY call_id LIMIT $4`,
    [projectId, environment, after, limit, listingOf('RECORDING')],
  );
}

/** The number in each state. */
export async function countRecordings(
  tx: Tx,
  projectId: string,
): Promise<Record<RecordingAvailability, number> & { all: number }> {
  const rows = await tx.manager.query<{ availability: RecordingAvailability; n: number }[]>(
    'SELECT availability, count(*)::int AS n FROM landfall.call_recordings WHERE project_id = $1 GROUP BY availability',
    [projectId],
  );
  const counts = { DOWNLOADED: 0, FORBIDDEN: 0, EXPIRED: 0, MISSING: 0, CORRUPT: 0, PENDING: 0, all: 0 };
  for (const { availability, n } of rows) {
    counts[availability] = n;
    counts.all += n;
  }
  return counts;
}
