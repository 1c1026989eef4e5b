import { IsNull, Not } from 'typeorm';
import type { ShareToken } from '../domain/model/share-token.js';
import { ApiKeyRow } from './entities/api-key-row.js';
import type { List } from './pages.js';
import type { Tx } from './transaction.js';

/** A share token is a row of api_keys with a project, so that it is authenticated, followed and revoked like a key. */
export async function shareTokenById(tx: Tx, id: string): Promise<ShareToken | null> {
  const row = await tx.manager.findOneBy(ApiKeyRow, { id, sharedProjectId: Not(IsNull()) });
  if (!row) return null;
  const { name, prefix, createdAt, revokedAt, lastUsedAt } = row;
  return { id, projectId: row.sharedProjectId!, name, prefix, createdAt, expiresAt: row.expiresAt!, revokedAt, lastUsedAt };
}

/** The share tokens of a project, newest first. */
export const shareTokensOfProject: List = {
  rows: `SELECT id, shared_project_id AS "projectId", name, prefix, created_at AS "createdAt", expires_at AS "expiresAt",
       revoked_at AS "revokedAt", last_used_at AS "lastUsedAt", created_at AS at
     FROM landfall.api_keys WHERE shared_project_id = parent.id`,
  parameters: [],
  order: 'NEWEST',
};
