import type { Database } from './data-source.js';
import { type Tx, transactionFor } from './transaction.js';

/** An encrypted text, and where it is stored. */
export interface SealedValue {
  table: 'connections' | 'idempotency_keys' | 'webhooks';
  sealed: string;
  /** A project and its side, the organization of an idempotency key, or a webhook. */
  owner: string;
  side: string | null;
  key: string | null;
}

/** Runs work for all tenants, in the scope of the root; null if there is no organization yet. */
export async function overAllTenants<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T | null> {
  const [row] = await database.query<{ root: string | null }[]>('SELECT landfall.root_organization() AS root');
  return row?.root ? (await transactionFor(database, row.root, work)).result : null;
}

/** A page of credentials that do not begin with `prefix`. Those of a purged project are empty. */
export function otherwiseSealedConnections(
  tx: Tx,
  prefix: string,
  after: SealedValue | null,
  limit: number,
): Promise<SealedValue[]> {
  return tx.manager.query(
    `SELECT 'connections' AS table, sealed_secret AS sealed, project_id AS owner, side, NULL AS key FROM landfall.connections
     WHERE sealed_secret <> '' AND NOT starts_with(sealed_secret, $1) AND ($2::uuid IS NULL OR (project_id, side) > ($2, $3))
     ORDER BY project_id, side LIMIT $4`,
    [prefix, after?.owner ?? null, after?.side ?? null, limit],
  );
}

/** A page of results of idempotency keys whose encrypted secret does not begin with `prefix`. */
export function otherwiseSealedResults(tx: Tx, prefix: string, after: SealedValue | null, limit: number): Promise<SealedValue[]> {
  return tx.manager.query(
    `SELECT 'idempotency_keys' AS table, result->>'sealed' AS sealed, organization_id AS owner, NULL AS side, key FROM landfall.idempotency_keys
     WHERE NOT starts_with(result->>'sealed', $1) AND ($2::uuid IS NULL OR (organization_id, key) > ($2, $3))
     ORDER BY organization_id, key LIMIT $4`,
    [prefix, after?.owner ?? null, after?.key ?? null, limit],
  );
}

/** A page of secrets of webhooks that do not begin with `prefix`. */
export function otherwiseSealedWebhooks(
  tx: Tx,
  prefix: string,
  after: SealedValue | null,
  limit: number,
): Promise<SealedValue[]> {
  return tx.manager.query(
    `SELECT 'webhooks' AS table, sealed, id AS owner, NULL AS side, NULL AS key FROM landfall.webhooks, unnest(sealed_secrets) AS sealed
     WHERE NOT starts_with(sealed, $1) AND ($2::uuid IS NULL OR (id, sealed) > ($2, $3)) ORDER BY id, sealed LIMIT $4`,
    [prefix, after?.owner ?? null, after?.sealed ?? null, limit],
  );
}

/** Replaces a text if it has not changed. */
export async function replaceSealed(tx: Tx, { table, sealed, owner, side, key }: SealedValue, by: string): Promise<void> {
  if (table === 'connections') {
    const sql = 'UPDATE landfall.connections SET sealed_secret = $4 WHERE project_id = $1 AND side = $2 AND sealed_secret = $3';
    await tx.manager.query(sql, [owner, side, sealed, by]);
  } else if (table === 'webhooks') {
    const sql = 'UPDATE landfall.webhooks SET sealed_secrets = array_replace(sealed_secrets, $2, $3) WHERE id = $1';
    await tx.manager.query(sql, [owner, sealed, by]);
  } else {
    await tx.manager.query(
      `UPDATE landfall.idempotency_keys SET result = jsonb_set(result, '{sealed}', to_jsonb($4::text))
       WHERE organization_id = $1 AND key = $2 AND result->>'sealed' = $3`,
      [owner, key, sealed, by],
    );
  }
}

export async function sealedDigestKey(database: Database): Promise<string | null> {
  const [row] = await database.query<{ sealed: string }[]>('SELECT sealed_digest_key AS sealed FROM landfall.installation');
  return row?.sealed ?? null;
}

/** Stores the first given key. @returns the stored key */
export async function keepSealedDigestKey(database: Database, sealed: string): Promise<string> {
  await database.query('INSERT INTO landfall.installation (sealed_digest_key) VALUES ($1) ON CONFLICT DO NOTHING', [sealed]);
  return (await sealedDigestKey(database))!;
}

export async function replaceSealedDigestKey(database: Database, sealed: string, by: string): Promise<void> {
  const sql = 'UPDATE landfall.installation SET sealed_digest_key = $2 WHERE sealed_digest_key = $1';
  await database.query(sql, [sealed, by]);
}

/** A batch of stored digests of this length. */
export function digestsOfLength(tx: Tx, table: 'api_keys' | 'idempotency_keys', length: number): Promise<{ digest: Buffer }[]> {
  const sql = {
    api_keys: 'SELECT hash AS digest FROM landfall.api_keys WHERE octet_length(hash) = $1 LIMIT 500',
    idempotency_keys:
      'SELECT DISTINCT input_hash AS digest FROM landfall.idempotency_keys WHERE octet_length(input_hash) = $1 LIMIT 500',
  };
  return tx.manager.query(sql[table], [length]);
}

export async function replaceDigests(
  tx: Tx,
  table: 'api_keys' | 'idempotency_keys',
  digests: readonly Buffer[],
  by: readonly Buffer[],
): Promise<void> {
  const sql = {
    api_keys: 'UPDATE landfall.api_keys SET hash = n.new FROM unnest($1::bytea[], $2::bytea[]) AS n(old, new) WHERE hash = n.old',
    idempotency_keys:
      'UPDATE landfall.idempotency_keys SET input_hash = n.new FROM unnest($1::bytea[], $2::bytea[]) AS n(old, new) WHERE input_hash = n.old',
  };
  await tx.manager.query(sql[table], [digests, by]);
}
