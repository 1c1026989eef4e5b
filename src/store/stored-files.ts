import type { DestinationType } from '../domain/model/crosswalk.js';
import type { Environment } from '../domain/model/run.js';
import { keptText } from '../domain/text/kept-text.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

export type FileState = 'STORED' | 'MISSING' | 'FORBIDDEN' | 'TOO_LARGE' | 'CORRUPT' | 'FAILED';

/** A file of the source, and the state of its bytes. */
export interface StoredFile {
  sourceId: string;
  name: string;
  contentType: string;
  state: FileState;
  sha256: string | null;
  byteSize: number | null;
  reason: string | null;
}

export async function saveStoredFile(tx: Tx, lease: RunLease, file: StoredFile): Promise<void> {
  await tx.manager.query(
    `INSERT INTO landfall.stored_files AS f (project_id, organization_id, source_id, name, content_type, state, sha256, byte_size, reason, failed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $6 = 'FAILED' THEN clock_timestamp() END)
     ON CONFLICT (project_id, source_id) DO UPDATE SET name = excluded.name, content_type = excluded.content_type, state = excluded.state,
       sha256 = excluded.sha256, byte_size = excluded.byte_size, reason = excluded.reason,
       failed_at = CASE WHEN excluded.state = 'FAILED' THEN coalesce(f.failed_at, excluded.failed_at) END`,
    [
      lease.projectId,
      lease.organizationId,
      file.sourceId,
      keptText(file.name, 1_000),
      keptText(file.contentType, 255),
      file.state,
      file.sha256,
      file.byteSize,
      file.reason === null ? null : keptText(file.reason),
    ],
  );
}

/** Known files among these ids, by id. */
export async function storedFiles(
  tx: Tx,
  projectId: string,
  sourceIds: readonly string[],
): Promise<Map<string, StoredFile & { failedAt: Date | null }>> {
  const rows = await tx.manager.query<(StoredFile & { failedAt: Date | null })[]>(
    `SELECT source_id AS "sourceId", name, content_type AS "contentType", state, sha256, byte_size::float8 AS "byteSize", reason, failed_at AS "failedAt"
     FROM landfall.stored_files WHERE project_id = $1 AND source_id = ANY($2)`,
    [projectId, sourceIds],
  );
  return new Map(rows.map(row => [row.sourceId, row]));
}

/** The number in each state. */
export async function countStoredFiles(tx: Tx, projectId: string): Promise<{ all: number; stored: number; failed: number }> {
  const rows = await tx.manager.query<Record<'all' | 'stored' | 'failed', string>[]>(
    `SELECT count(*) AS all, count(*) FILTER (WHERE state = 'STORED') AS stored, count(*) FILTER (WHERE state = 'FAILED') AS failed
     FROM landfall.stored_files WHERE project_id = $1`,
    [projectId],
  );
  const { all, stored, failed } = rows[0]!;
  return { all: Number(all), stored: Number(stored), failed: Number(failed) };
}

/** Where a file is: `part/position` of a conversation, an article, or a path in the package; null if it is nowhere. */
export interface FileDestination extends StoredFile {
  destinationType: DestinationType | null;
  destinationId: string | null;
  conversationId: string | null;
}

/** A page of all files by their ids, each with its first destination. */
export function fileDestinations(
  tx: Tx,
  { projectId, environment }: { projectId: string; environment: Environment },
  after: string,
  limit: number,
): Promise<FileDestination[]> {
  return tx.manager.query(
    `SELECT f.source_id AS "sourceId", f.name, f.content_type AS "contentType", f.state, f.sha256, f.byte_size::float8 AS "byteSize", f.reason,
       c.destination_type AS "destinationType", c.destination_id AS "destinationId", c.conversation_id AS "conversationId"
     FROM landfall.stored_files f LEFT JOIN LATERAL (
       SELECT destination_type, destination_id, conversation_id FROM landfall.crosswalk
       WHERE project_id = $1 AND environment = $2 AND source_type = 'ATTACHMENT' AND source_id = f.source_id AND state = 'ACTIVE'
         AND destination_type IN ('ATTACHMENT', 'ARTICLE', 'DOCUMENT')
       ORDER BY array_position(ARRAY['ATTACHMENT', 'ARTICLE', 'DOCUMENT'], destination_type), destination_id LIMIT 1
     ) c ON true
     WHERE f.project_id = $1 AND f.source_id > $3 ORDER BY f.source_id LIMIT $4`,
    [projectId, environment, after, limit],
  );
}
