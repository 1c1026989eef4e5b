import type { Database } from './data-source.js';
import { IdempotencyKeyRow } from './entities/idempotency-key-row.js';
import type { Tx } from './transaction.js';

type Result = Record<string, unknown>;

/**
 * Takes a key for this transaction. A second caller waits until the first has committed or failed.
 * @returns null if the key is free, otherwise the input and the result of its first use
 */
export async function claimIdempotencyKey(
  tx: Tx,
  row: { organizationId: string; key: string; inputHash: Buffer },
): Promise<{ inputHash: Buffer; result: Result } | null> {
  const { organizationId, key } = row;
  const { raw } = await tx.manager
    .createQueryBuilder()
    .insert()
    .into(IdempotencyKeyRow)
    .values(row)
    .orIgnore()
    .returning('key')
    .execute();
  if ((raw as unknown[]).length > 0) return null;
  const earlier = await tx.manager.findOneByOrFail(IdempotencyKeyRow, { organizationId, key });
  return { inputHash: earlier.inputHash, result: earlier.result! };
}

export async function keepIdempotentResult(tx: Tx, organizationId: string, key: string, result: Result): Promise<void> {
  await tx.manager.update(IdempotencyKeyRow, { organizationId, key }, { result: result as object });
}

/** Deletes keys of all tenants that are older than two days (24 hours are guaranteed). @returns the number */
export async function purgeIdempotencyKeys(dataSource: Database): Promise<number> {
  const rows = await dataSource.query<{ count: string }[]>(`SELECT landfall.purge_idempotency_keys(interval '2 days') AS count`);
  return Number(rows[0]!.count);
}
