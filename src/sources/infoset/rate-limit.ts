import type { CallFailure } from '../../domain/ports/call-failure.js';
import type { RateLimitReport } from '../../domain/ports/rate-budget.js';
import type { HttpHeaders } from '../../http/call.js';

const maxCalls = 1_000_000;

/** The rate limit that an answer reports. Only the API's own header counts: other hosts may use the name for something else. */
export function rateLimitOf(headers: HttpHeaders, isOwn: boolean, failure: CallFailure | null): RateLimitReport {
  const remaining = isOwn ? Number(headers['x-ratelimit-remaining'] ?? Number.NaN) : Number.NaN;
  return {
    // A number that cannot be a limit is ignored.
    remaining: Number.isInteger(remaining) && remaining >= 0 && remaining <= maxCalls ? remaining : null,
    limitedForMs: failure?.kind === 'RATE_LIMITED' ? failure.details.retryAfterMs! : null,
  };
}
