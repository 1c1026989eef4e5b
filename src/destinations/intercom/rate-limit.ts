import type { CallFailure } from '../../domain/ports/call-failure.js';
import type { RateLimitReport } from '../../domain/ports/rate-budget.js';
import type { HttpHeaders } from '../../http/call.js';

/** Windows last ten seconds; their ends are reported in whole seconds of Intercom's clock. */
export const windowMs = 10_000;
/** No header reports more calls, or a later second, than this. */
const maxNumber = 2 ** 33;
const maxCalls = 1_000_000;
const maxDistanceMs = 3_600_000;
/** Smaller clock differences are ignored. */
const tolerableSkewMs = 2_000;

/** The rate limit that an answer reports. */
export function rateLimitOf(headers: HttpHeaders, failure: CallFailure | null): RateLimitReport {
  const number = (name: string) => {
    const value = Number(headers[name] ?? Number.NaN);
    return Number.isInteger(value) && value >= 0 && value <= maxNumber ? value : null;
  };
  const limit = number('x-ratelimit-limit');
  const remaining = number('x-ratelimit-remaining');
  const reset = number('x-ratelimit-reset');
  const skew = Date.parse(String(headers.date)) - Date.now();
  const endsAt = (reset ?? 0) * 1000 - (Math.abs(skew) > tolerableSkewMs ? skew : 0);
  // A window that allows no calls, or ends at an impossible time, is ignored.
  const isWindow =
    limit !== null && limit > 0 && limit <= maxCalls && remaining !== null && Math.abs(endsAt - Date.now()) < maxDistanceMs;
  return {
    remaining: null,
    limitedForMs: failure?.kind === 'RATE_LIMITED' ? failure.details.retryAfterMs! : null,
    window: isWindow ? { limit, remaining, endsAt, lengthMs: windowMs } : null,
  };
}

/** How long to wait after a 429 without Retry-After: until the window ends, or a whole window if its end is unknown. */
export function waitUntilReset(headers: HttpHeaders): number {
  const ms = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * 1000 - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 50), windowMs) : windowMs;
}
