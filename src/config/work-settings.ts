import type { z } from 'zod';
import { integer, milliseconds } from '../domain/model/setting-fields.js';

/** How long parts of the work may take, and how much of it is done at once. */
export interface WorkConfig {
  /** Milliseconds. */
  times: {
    /** How long a worker owns a run without renewing its lease. */
    lease: number;
    /** Longest call to a platform. */
    request: number;
    /** After this time, the absence of an ambiguous write proves that it did not happen. */
    settle: number;
    /** Wait after a 429 without Retry-After. */
    rateLimitWait: number;
    /** Longest Retry-After that is obeyed. */
    retryAfterLimit: number;
    /** Longest SQL statement of the API. */
    statement: number;
    /** Of webhooks: longest call, wait after the first failure, and time of failures after which one is disabled. */
    webhooks: { call: number; retry: number; disable: number };
  };
  /** Share of each window of a rate limit that is left to others, 0 to 1. */
  rateReserve: number;
  /** Runs that a process executes at the same time, in total and of one tenant. */
  runs: { concurrent: number; perTenant: number };
}

export const workSettings = {
  LEASE_MS: milliseconds(30_000).describe('Milliseconds that a worker owns a run without renewing its lease.'),
  REQUEST_TIMEOUT_MS: milliseconds(30_000).describe('Milliseconds of one call to a platform.'),
  SETTLE_MS: milliseconds(40_000).describe(
    'Milliseconds after its sending after which the absence of an ambiguous write counts as proof that it did not happen.',
  ),
  RATE_LIMIT_WAIT_MS: milliseconds(60_000).describe('Milliseconds to wait after a 429 without Retry-After.'),
  RETRY_AFTER_LIMIT_MS: integer(1, 86_400_000, 900_000).describe('Longest Retry-After that is obeyed, in milliseconds.'),
  RATE_RESERVE_PERCENT: integer(0, 90, 0).describe(
    'Per cent of each window of a rate limit that is left to other apps of the account or workspace.',
  ),
  STATEMENT_TIMEOUT_MS: milliseconds(15_000).describe('Milliseconds of one SQL statement of the API; then DATABASE_UNAVAILABLE.'),
  WEBHOOK_TIMEOUT_MS: milliseconds(15_000).describe('Milliseconds within which the receiver of a webhook must answer.'),
  WEBHOOK_RETRY_MS: milliseconds(5_000).describe(
    'Milliseconds after which a failed event of a webhook is sent again. Each further wait is four times as long, at most 4 hours.',
  ),
  WEBHOOK_DISABLE_AFTER_MS: integer(1, 2_592_000_000, 259_200_000).describe(
    'Milliseconds of failures after which a webhook is disabled. Default: 3 days.',
  ),
  RUNS_AT_ONCE: integer(0, 100, 4).describe(
    'Runs that a process executes at the same time; 0 for a server that leaves them to workers. A run that waits 2 s or longer for a rate limit gives its slot to another run.',
  ),
  RUNS_PER_TENANT: integer(1, 100, 2).describe('Runs of one organization that a process executes at the same time.'),
};

type Values = z.output<z.ZodObject<typeof workSettings>>;

export const workOf = (value: Values): WorkConfig => ({
  times: {
    lease: value.LEASE_MS,
    request: value.REQUEST_TIMEOUT_MS,
    settle: value.SETTLE_MS,
    rateLimitWait: value.RATE_LIMIT_WAIT_MS,
    retryAfterLimit: value.RETRY_AFTER_LIMIT_MS,
    statement: value.STATEMENT_TIMEOUT_MS,
    webhooks: { call: value.WEBHOOK_TIMEOUT_MS, retry: value.WEBHOOK_RETRY_MS, disable: value.WEBHOOK_DISABLE_AFTER_MS },
  },
  rateReserve: value.RATE_RESERVE_PERCENT / 100,
  runs: { concurrent: value.RUNS_AT_ONCE, perTenant: value.RUNS_PER_TENANT },
});
