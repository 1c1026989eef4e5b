import type { ApiKey, Principal, Role } from '../domain/principal.js';
import type { Database } from './data-source.js';
import { ApiKeyRow } from './entities/api-key-row.js';
import { databaseWork } from './failures.js';
import type { Tx } from './transaction.js';

/** Who holds the key with this hash; needs no scope. */
export async function principalByKeyHash(dataSource: Database, hash: Buffer): Promise<Principal | null> {
  const sql = `SELECT api_key_id AS "apiKeyId", name, role, organization_id AS "organizationId" FROM landfall.authenticate($1)`;
  const rows = await databaseWork(() => dataSource.query<Principal[]>(sql, [hash]));
  return rows[0] ?? null;
}

/**
 * Gives the root organization an ADMIN key, and makes the organization where it is missing.
 * @param onlyFirst does nothing where any key exists
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
  row: { organizationId: string; name: string; role: Role; prefix: string; hash: Buffer },
): Promise<string> {
  const { identifiers } = await tx.manager.insert(ApiKeyRow, row);
  return identifiers[0]!.id as string;
}

export async function apiKeyById(tx: Tx, id: string): Promise<ApiKey | null> {
  const row = await tx.manager.findOneBy(ApiKeyRow, { id });
  return (
    row && {
      id: row.id,
      organizationId: row.organizationId,
      name: row.name,
      role: row.role,
      prefix: row.prefix,
      createdAt: row.createdAt,
    }
  );
}
