import { IsNull } from 'typeorm';
import type { ApiKey, Principal, Role, Scope } from '../domain/model/principal.js';
import type { Database } from './data-source.js';
import { ApiKeyRow } from './entities/api-key-row.js';
import { databaseWork } from './failures.js';
import type { List } from './pages.js';
import type { Tx } from './transaction.js';

/** The principal of the valid key with this hash, and whether its use must be recorded. Needs no scope. */
export async function principalByKeyHash(
  dataSource: Database,
  hash: Buffer,
): Promise<{ principal: Principal; useIsDue: boolean } | null> {
  const sql = `SELECT CASE WHEN shared THEN 'SHARE_TOKEN' ELSE 'API_KEY' END AS kind, api_key_id AS "apiKeyId", name, role,
      organization_id AS "organizationId", scopes, project_ids AS "projectIds", expires_at AS "expiresAt", use_is_due AS "useIsDue"
    FROM landfall.authenticate($1)`;
  const [row] = await databaseWork(() => dataSource.query<(Principal & { useIsDue: boolean })[]>(sql, [hash]));
  if (!row) return null;
  const { useIsDue, ...principal } = row;
  return { principal, useIsDue };
}

/** Records the use of a key, at most once a minute. */
export async function noteUse(dataSource: Database, apiKeyId: string): Promise<void> {
  await databaseWork(() => dataSource.query('SELECT landfall.note_use($1)', [apiKeyId]));
}

/** The valid keys among these, with the time until they expire; null if they do not expire. Needs no scope. */
export async function goodKeys(dataSource: Database, ids: readonly string[]): Promise<Map<string, number | null>> {
  const sql = 'SELECT api_key_id AS id, left_ms AS "leftMs" FROM landfall.good_keys($1)';
  const rows = await databaseWork(() => dataSource.query<{ id: string; leftMs: number | null }[]>(sql, [ids]));
  return new Map(rows.map(({ id, leftMs }) => [id, leftMs]));
}

/**
 * Gives the root organization an ADMIN key, and creates the organization if it is missing. A known key is not changed, even if
 * it was revoked.
 * @param onlyFirst does nothing if any key exists
 * @returns whether the key is new
 */
export async function bootstrapKey(
  dataSource: Database,
  key: { hash: Buffer; prefix: string; name: string },
  onlyFirst: boolean,
): Promise<boolean> {
  const parameters = [key.hash, key.prefix, key.name, onlyFirst];
  const rows = await dataSource.query<{ added: boolean }[]>('SELECT landfall.bootstrap($1, $2, $3, $4) AS added', parameters);
  return rows[0]!.added;
}

export async function insertApiKey(
  tx: Tx,
  row: {
    organizationId: string;
    name: string;
    role: Role;
    scopes: Scope[] | null;
    projectIds?: string[] | null;
    sharedProjectId?: string;
    prefix: string;
    hash: Buffer;
    expiresAt: Date | null;
  },
): Promise<string> {
  const { identifiers } = await tx.manager.insert(ApiKeyRow, row);
  return identifiers[0]!.id as string;
}

export async function apiKeyById(tx: Tx, id: string): Promise<ApiKey | null> {
  return tx.manager.findOneBy(ApiKeyRow, { id, sharedProjectId: IsNull() });
}

/** Revokes a key permanently. The time of the first revocation is kept. */
export async function revokeKey(tx: Tx, id: string): Promise<void> {
  await tx.manager.query('UPDATE landfall.api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL', [id]);
  tx.touched.add(id);
}

const columns = `id, organization_id AS "organizationId", name, role, scopes, project_ids AS "projectIds", prefix, created_at AS "createdAt", expires_at AS "expiresAt",
  revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

/** The keys of an organization, newest first. */
export const apiKeysOfOrganization: List = {
  rows: `SELECT ${columns}, created_at AS at FROM landfall.api_keys WHERE organization_id = parent.id AND shared_project_id IS NULL`,
  parameters: [],
  order: 'NEWEST',
};

/** All visible keys, newest first. */
export const apiKeysInReach: List = {
  rows: `SELECT ${columns}, created_at AS at FROM landfall.api_keys WHERE shared_project_id IS NULL`,
  parameters: [],
  order: 'NEWEST',
};
