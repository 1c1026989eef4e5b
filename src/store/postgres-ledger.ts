import {
  burstShare,
  inFlightGuard,
  type RateLedger,
  type RateLimitReport,
  type RateWindow,
} from '../domain/ports/rate-budget.js';
import type { Database } from './data-source.js';

// As in the memory ledger: a larger rise than calls in flight explain means a new window.
const newWindowRise = 5;
const lookAgainMs = 1_000;
/** Calls that are leased from a known window at once. */
const batch = 32;
/** Ends that differ by less than this belong to the same window. */
const halfWindow = `excluded.window_ms / 2 * interval '1 millisecond'`;
/** Wait until the even rate of a window allows more calls. */
const paceMs = 60;

/** Calls that this process has leased from a known window, and when it last reported headers. */
interface Lease {
  left: number;
  until: number;
  reportedAt: number;
  /** In progress: two at once would overwrite each other's lease. */
  refill: Promise<number> | null;
}

/** Each budget is a row that all processes on this database share. */
export class PostgresLedger implements RateLedger {
  /** Until when a key counts as unlimited without a query: there is no row with a limit. */
  private readonly freeUntil = new Map<string, number>();
  private readonly leases = new Map<string, Lease>();

  /** @param windowMs length of a window if its end is unknown */
  constructor(
    private readonly database: Database,
    private readonly windowMs: number,
  ) {}

  async take(key: string): Promise<number> {
    const lease = this.leases.get(key);
    if (lease) {
      while (lease.left <= 0 || Date.now() >= lease.until) {
        lease.refill ??= this.refill(key, lease).finally(() => {
          lease.refill = null;
        });
        const wait = await lease.refill;
        if (wait > 0) return wait;
      }
      lease.left--;
      return 0;
    }
    if ((this.freeUntil.get(key) ?? 0) > Date.now()) return 0;
    // The lock of the row serialises concurrent calls.
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

  async report(key: string, { remaining, limitedForMs, window }: RateLimitReport): Promise<void> {
    if (window) await this.learn(key, window);
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

  /** Leases a batch of calls, as far as the even rate of the window allows. @returns 0, or the milliseconds to wait */
  private async refill(key: string, lease: Lease): Promise<number> {
    const [rows] = await this.database.query<[{ granted: number; left: number; endsIn: string; blockedFor: string }[], number]>(
      `WITH now AS (SELECT clock_timestamp() AS at), known AS (
         SELECT b.key, b.window_limit, b.blocked_until, w.seconds, w.ends,
           CASE WHEN now.at < b.window_ends_at THEN b.remaining ELSE b.window_limit - $3 END AS left_over
         FROM landfall.rate_budgets b, now, LATERAL (SELECT b.window_ms / 1000.0 AS seconds) l,
           LATERAL (SELECT l.seconds, CASE WHEN now.at < b.window_ends_at THEN b.window_ends_at
             ELSE b.window_ends_at + (1 + floor(extract(epoch FROM now.at - b.window_ends_at) / l.seconds)) * l.seconds * interval '1 second' END AS ends) w
         WHERE b.key = $1 AND b.window_ms IS NOT NULL FOR NO KEY UPDATE OF b
       ), granted AS (
         SELECT known.*, CASE WHEN blocked_until > now.at THEN 0 ELSE greatest(0, least($2, left_over, floor(
           window_limit * (1 - extract(epoch FROM ends - now.at) / seconds + $4::float8) - (window_limit - $3 - left_over))))::int END AS n
         FROM known, now
       )
       UPDATE landfall.rate_budgets b SET window_ends_at = g.ends, remaining = g.left_over - g.n FROM granted g, now WHERE b.key = g.key
       RETURNING g.n AS granted, g.left_over AS left, extract(epoch FROM g.ends - now.at) * 1000 AS "endsIn",
         extract(epoch FROM g.blocked_until - now.at) * 1000 AS "blockedFor"`,
      [key, batch, inFlightGuard, burstShare],
    );
    const row = rows[0];
    if (!row) {
      // The row was deleted, and no limit is known.
      Object.assign(lease, { left: batch, until: Date.now() + lookAgainMs });
      return 0;
    }
    const endsIn = Number(row.endsIn);
    if (row.granted > 0) {
      lease.left = row.granted;
      lease.until = Date.now() + endsIn;
      return 0;
    }
    const blockedFor = Number(row.blockedFor);
    return Math.ceil(blockedFor > 0 ? blockedFor : row.left <= 0 ? endsIn : Math.min(endsIn, paceMs));
  }

  /** Shares the values of the headers with other processes: at once if nothing was known, otherwise at intervals. */
  private async learn(key: string, { limit, remaining, endsAt, lengthMs }: RateWindow): Promise<void> {
    const known = this.leases.get(key);
    if (known && Date.now() - known.reportedAt < lookAgainMs) return;
    if (known) known.reportedAt = Date.now();
    else this.leases.set(key, { left: 0, until: 0, reportedAt: Date.now(), refill: null });
    this.freeUntil.delete(key);
    await this.database.query(
      `INSERT INTO landfall.rate_budgets AS b (key, remaining, window_started_at, blocked_until, window_limit, window_ends_at, window_ms)
       VALUES ($1, greatest(0, $3::int - $5), clock_timestamp(), 'epoch', $2, to_timestamp($4::float8 / 1000), $6)
       ON CONFLICT (key) DO UPDATE SET window_limit = excluded.window_limit, window_ms = excluded.window_ms,
         remaining = CASE WHEN b.window_ends_at IS NULL OR excluded.window_ends_at > b.window_ends_at + ${halfWindow} THEN excluded.remaining
           WHEN excluded.window_ends_at > b.window_ends_at - ${halfWindow} THEN least(b.remaining, $3) ELSE b.remaining END,
         window_ends_at = CASE WHEN b.window_ends_at IS NULL OR excluded.window_ends_at > b.window_ends_at + ${halfWindow}
           THEN excluded.window_ends_at ELSE b.window_ends_at END`,
      [key, limit, remaining, endsAt, inFlightGuard, Math.round(lengthMs)],
    );
  }
}
