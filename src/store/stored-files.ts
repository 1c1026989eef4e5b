import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

export type FileState = 'STORED' | 'MISSING' | 'FORBIDDEN' | 'TOO_LARGE' | 'CORRUPT' | 'FAILED';

/** A file of the source, and what became of its bytes. */
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
    `INSERT INTO landfall.stored_files (project_id, organization_id, source_id, name, content_type, state, sha256, byte_size, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (project_id, source_id) DO UPDATE SET name = excluded.name, content_type = excluded.content_type, state = excluded.state,
       sha256 = excluded.sha256, byte_size = excluded.byte_size, reason = excluded.reason`,
    [
      lease.projectId,
      lease.organizationId,
      file.sourceId,
      file.name,
      file.contentType,
      file.state,
      file.sha256,
      file.byteSize,
      file.reason,
    ],
  );
}

/** Of the source's ids those that are known, by id. */
export async function storedFiles(tx: Tx, projectId: string, sourceIds: readonly string[]): Promise<Map<string, StoredFile>> {
  const rows = await tx.manager.query<StoredFile[]>(
    `SELECT source_id AS "sourceId", name, content_type AS "contentType", state, sha256, byte_size::float8 AS "byteSize", reason
     FROM landfall.stored_files WHERE project_id = $1 AND source_id = ANY($2)`,
    [projectId, sourceIds],
  );
  return new Map(rows.map(row => [row.sourceId, row]));
}

/** How many there are in each state. */
export async function countStoredFiles(tx: Tx, projectId: string): Promise<{ all: number; stored: number; failed: number }> {
  const rows = await tx.manager.query<Record<'all' | 'stored' | 'failed', string>[]>(
    `SELECT count(*) AS all, count(*) FILTER (WHERE state = 'STORED') AS stored, count(*) FILTER (WHERE state = 'FAILED') AS failed
     FROM landfall.stored_files WHERE project_id = $1`,
    [projectId],
  );
  const { all, stored, failed } = rows[0]!;
  return { all: Number(all), stored: Number(stored), failed: Number(failed) };
}
