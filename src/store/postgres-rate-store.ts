import type { RateStore, StoredBudget } from '../domain/ports/rate-budget.js';
import type { Database } from './data-source.js';

const now = '(extract(epoch FROM clock_timestamp()) * 1000)::float8';

/** Each budget is a row that all processes on this database share. The clock is that of the database. */
export class PostgresRateStore implements RateStore {
  constructor(private readonly database: Database) {}

  async read(key: string): Promise<StoredBudget> {
    const rows = await this.database.query<StoredBudget[]>(
      `SELECT b.state, coalesce(b.version, 0)::float8 AS version, ${now} AS now
       FROM (SELECT) AS always LEFT JOIN landfall.rate_budgets b ON b.key = $1`,
      [key],
    );
    return rows[0]!;
  }

  async write(key: string, version: number, state: string): Promise<number | null> {
    const rows = await this.database.query<{ now: number }[]>(
      `INSERT INTO landfall.rate_budgets AS b (key, version, state) VALUES ($1, $2::bigint + 1, $3)
       ON CONFLICT (key) DO UPDATE SET version = excluded.version, state = excluded.state WHERE b.version = $2
       RETURNING ${now} AS now`,
      [key, version, state],
    );
    return rows[0]?.now ?? null;
  }
}
