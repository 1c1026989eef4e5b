import type { CallRecording, ReattachmentStatus, RecordingAvailability } from '../domain/model/call-recording.js';
import { type Keyset, mapItems, type PageWindow, type Slice } from '../domain/model/page.js';
import { type List, pagesOf } from './pages.js';
import type { Tx } from './transaction.js';

export interface RecordingFilter {
  sourceCallId?: string | null;
  conversationId?: string | null;
  /** Every form of a number; one of them is enough. */
  phones?: readonly string[] | null;
  from?: Date | null;
  to?: Date | null;
  status?: ReattachmentStatus | null;
  availability?: RecordingAvailability | null;
}

/** An expired claim counts as PENDING. */
const status = `CASE WHEN r.status = 'CLAIMED' AND r.claim_expires_at <= clock_timestamp() THEN 'PENDING' ELSE r.status END`;
const whileClaimed = (column: string) => `CASE WHEN ${status} = 'PENDING' THEN NULL ELSE ${column} END`;
const order = `coalesce(r.started_at, 'epoch')`;

const columns = `r.id, r.project_id AS "projectId", r.organization_id AS "organizationId", r.call_id AS "callId", r.ticket_id AS "ticketId",
  r.contact_id AS "contactId", r.agent_id AS "agentId", r.phone, r.started_at AS "startedAt", r.duration_seconds AS "durationSeconds", r.availability,
  r.content_type AS "contentType", r.sha256, r.byte_size::float8 AS "byteSize", ${status} AS status, ${whileClaimed('r.claimed_by')} AS "claimedBy",
  ${whileClaimed('r.claimed_by_key')} AS "claimedByKey", ${whileClaimed('r.claim_expires_at')} AS "claimExpiresAt", r.closed_at AS "closedAt", r.note,
  CASE WHEN r.attach_until > clock_timestamp() THEN r.attach_by END AS "attachingBy",
  CASE WHEN r.attach_until > clock_timestamp() THEN r.attach_key END AS "attachingKey",
  (SELECT c.conversation_id FROM landfall.crosswalk c WHERE c.project_id = r.project_id AND c.environment = 'PRODUCTION' AND c.source_type = 'CALL'
     AND c.source_id = r.call_id AND c.state = 'ACTIVE' AND c.conversation_id IS NOT NULL LIMIT 1) AS "conversationId"`;

/** The recordings of a project, newest call first. */
export const recordingList = (filter: RecordingFilter): List => ({
  rows: `SELECT r.id, ${order} AS at FROM landfall.call_recordings r
     WHERE r.project_id = parent.id AND ($2::text IS NULL OR r.call_id = $2)
       AND ($3::text IS NULL OR r.call_id IN (SELECT source_id FROM landfall.crosswalk WHERE project_id = parent.id AND environment = 'PRODUCTION'
         AND source_type = 'CALL' AND conversation_id = $3 AND state = 'ACTIVE'))
       AND ($4::text[] IS NULL OR r.phones && $4)
       AND ($5::timestamptz IS NULL OR r.started_at >= $5) AND ($6::timestamptz IS NULL OR r.started_at <= $6)
       AND ($7::text IS NULL OR ${status} = $7) AND ($8::text IS NULL OR r.availability = $8)`,
  parameters: [
    filter.sourceCallId ?? null,
    filter.conversationId ?? null,
    filter.phones ?? null,
    filter.from ?? null,
    filter.to ?? null,
    filter.status ?? null,
    filter.availability ?? null,
  ],
  order: 'NEWEST',
});

/** A page of the recordings of each project. */
export async function pagesOfRecordings(
  tx: Tx,
  list: List,
  projectIds: readonly string[],
  window: PageWindow<Keyset>,
): Promise<Slice<CallRecording>[]> {
  const pages = await pagesOf<{ id: string }>(tx, list, projectIds, window);
  const rows = await tx.manager.query<CallRecording[]>(`SELECT ${columns} FROM landfall.call_recordings r WHERE r.id = ANY($1)`, [
    pages.flatMap(({ items }) => items.map(({ id }) => id)),
  ]);
  const byId = new Map(rows.map(row => [row.id, row]));
  return pages.map(page => mapItems(page, ({ id }) => byId.get(id)!));
}

export async function callRecordingById(tx: Tx, id: string): Promise<CallRecording | null> {
  const rows = await tx.manager.query<CallRecording[]>(`SELECT ${columns} FROM landfall.call_recordings r WHERE r.id = $1`, [id]);
  return rows[0] ?? null;
}

/** Locks a recording until the transaction ends. Nothing is sent while it is locked. */
export async function lockRecording(tx: Tx, id: string): Promise<void> {
  await tx.manager.query('SELECT FROM landfall.call_recordings WHERE id = $1 FOR NO KEY UPDATE', [id]);
}

/** Takes the right to upload a recording. @returns false if another caller has it */
export async function beginAttaching(
  tx: Tx,
  id: string,
  by: { token: string; name: string; idempotencyKey: string | null },
  forMs: number,
): Promise<boolean> {
  const [rows] = await tx.manager.query<[unknown[], number]>(
    `UPDATE landfall.call_recordings SET attach_token = $2, attach_by = $3, attach_key = $4,
       attach_until = clock_timestamp() + $5 * interval '1 millisecond'
     WHERE id = $1 AND (attach_until IS NULL OR attach_until <= clock_timestamp()) AND closed_at IS NULL RETURNING id`,
    [id, by.token, by.name, by.idempotencyKey, forMs],
  );
  return rows.length > 0;
}

/** @returns false if another caller has the right now */
export async function keepAttaching(tx: Tx, id: string, token: string, forMs: number): Promise<boolean> {
  const [rows] = await tx.manager.query<[unknown[], number]>(
    `UPDATE landfall.call_recordings SET attach_until = clock_timestamp() + $3 * interval '1 millisecond'
     WHERE id = $1 AND attach_token = $2 RETURNING id`,
    [id, token, forMs],
  );
  return rows.length > 0;
}

/** @returns false if another caller has the right now */
export async function endAttaching(tx: Tx, id: string, token: string): Promise<boolean> {
  const [rows] = await tx.manager.query<[unknown[], number]>(
    `UPDATE landfall.call_recordings SET attach_token = NULL, attach_by = NULL, attach_key = NULL, attach_until = NULL
     WHERE id = $1 AND attach_token = $2 RETURNING id`,
    [id, token],
  );
  return rows.length > 0;
}

export async function claimRecording(tx: Tx, id: string, by: { name: string; apiKeyId: string }, forMs: number): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.call_recordings SET status = 'CLAIMED', claimed_by = $2, claimed_by_key = $3,
       claim_expires_at = clock_timestamp() + $4 * interval '1 millisecond' WHERE id = $1`,
    [id, by.name, by.apiKeyId, forMs],
  );
}

export async function closeRecording(
  tx: Tx,
  id: string,
  by: { name: string; apiKeyId: string },
  end: 'ATTACHED' | 'NOT_POSSIBLE',
  note: string | null,
): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.call_recordings SET status = $4, claimed_by = $2, claimed_by_key = $3, claim_expires_at = NULL,
       closed_at = clock_timestamp(), note = $5 WHERE id = $1`,
    [id, by.name, by.apiKeyId, end, note],
  );
}

/** Recordings with bytes that nobody has attached or closed. */
export async function countWaitingRecordings(tx: Tx, projectId: string): Promise<number> {
  const [row] = await tx.manager.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM landfall.call_recordings
     WHERE project_id = $1 AND availability = 'DOWNLOADED' AND status IN ('PENDING', 'CLAIMED')`,
    [projectId],
  );
  return row!.count;
}
