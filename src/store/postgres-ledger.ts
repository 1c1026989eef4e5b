import type { RateLedger, RateTold } from '../domain/rate-budget.js';
import type { Database } from './data-source.js';

// As in memory: a remaining that rises by more than can be in flight is a new window's.
const newWindowRise = 5;
const lookAgainMs = 1_000;

/** Budgets in a row each, shared by every process on this database. */
export class PostgresLedger implements RateLedger {
  /** Until when a key may be taken for unlimited without asking: no row tells a limit of it. */
  private readonly freeUntil = new Map<string, number>();

  /** @param windowMs how long a window lasts where nothing tells its end */
  constructor(
    private readonly database: Database,
    private readonly windowMs: number,
  ) {}

  async take(key: string): Promise<number> {
    if ((this.freeUntil.get(key) ?? 0) > Date.now()) return 0;
    // The row's lock orders those who take at once.
    const [rows] = await this.database.query<[{ wait: string | null }[], number]>(
      `UPDATE landfall.rate_budgets SET
         remaining = CASE WHEN blocked_until > clock_timestamp() OR remaining IS NULL THEN remaining WHEN remaining > 0 THEN remaining - 1 END,
         blocked_until = CASE WHEN remaining = 0 THEN greatest(blocked_until, window_started_at + $2 * interval '1 millisecond') ELSE blocked_until END
       WHERE key = $1
       RETURNING ceil(extract(epoch FROM blocked_until - clock_timestamp()) * 1000) AS wait`,
      [key, this.windowMs],
    );
    if (!rows[0]) this.freeUntil.set(key, Date.now() + lookAgainMs);
    return Math.max(0, Number(rows[0]?.wait ?? 0));
  }

  async report(key: string, { remaining, limitedForMs }: RateTold): Promise<void> {
    if (remaining === null && limitedForMs === null) return;
    this.freeUntil.delete(key);
    await this.database.query(
      `INSERT INTO landfall.rate_budgets AS b (key, remaining, window_started_at, blocked_until)
       VALUES ($1, CASE WHEN $3::bigint IS NULL THEN $2::int END, clock_timestamp(),
         CASE WHEN $3 IS NULL THEN 'epoch' ELSE clock_timestamp() + $3 * interval '1 millisecond' END)
       ON CONFLICT (key) DO UPDATE SET
         remaining = CASE
           WHEN $3 IS NOT NULL OR (b.remaining IS NULL AND b.blocked_until > clock_timestamp()) THEN NULL
           WHEN b.remaining IS NULL OR $2 > b.remaining + $4 THEN $2
           ELSE least(b.remaining, $2) END,
         window_started_at = CASE
           WHEN $3 IS NULL AND b.blocked_until <= clock_timestamp() AND (b.remaining IS NULL OR $2 > b.remaining + $4) THEN clock_timestamp()
           ELSE b.window_started_at END,
         blocked_until = CASE WHEN $3 IS NULL THEN b.blocked_until
           ELSE greatest(b.blocked_until, clock_timestamp() + $3 * interval '1 millisecond') END`,
      [key, remaining, limitedForMs === null ? null : Math.ceil(limitedForMs), newWindowRise],
    );
  }
}
