import type { Secret } from '../model/secret.js';

/** A window of fixed length, from the headers of an answer. */
export interface RateWindow {
  /** Calls that it allows. */
  limit: number;
  remaining: number;
  /** By this machine's clock, milliseconds since 1970. */
  endsAt: number;
  /** As far as it is known; a ledger learns the length from the ends of the windows. */
  lengthMs: number;
}

/** What an answer reports about the limit. */
export interface RateLimitReport {
  /** Calls left in the window; null if no header reports it. */
  remaining: number | null;
  /** How long no call may be sent after a 429; null if there was none. */
  limitedForMs: number | null;
  /** A window with a known limit and end. */
  window?: RateWindow | null;
}

/** For whom a call is sent. Tenants share a limit evenly, and so do the runs of a tenant. */
export interface RateCaller {
  tenantId: string;
  runId: string;
}

/** Calls outside of runs: probes of connections. */
export const noRun: RateCaller = { tenantId: '', runId: '' };

/** Budgets of all that use it: one key per (host, credential), a digest of both. */
export interface RateLedger {
  /**
   * Takes one call.
   * @param maxInFlight calls of all callers that may be in flight at the same time; null for any number
   * @returns 0, or the milliseconds to wait before the next attempt
   */
  take(key: string, caller: RateCaller, maxInFlight: number | null): Promise<number>;
  /** A call that was taken then (milliseconds of this machine) has an answer; null: it failed without one. */
  answered(key: string, takenAt: number, report: RateLimitReport | null): void;
  /** A call that was taken with `maxInFlight` is over. */
  ended(key: string, caller: RateCaller): void;
}

/** The stored state of a budget. It changes only together with its version. */
export interface StoredBudget {
  /** JSON; null if nothing is stored. */
  state: string | null;
  version: number;
  /** By the clock that all processes share, in milliseconds. */
  now: number;
}

/** Where a ledger keeps its budgets. */
export interface RateStore {
  read(key: string): Promise<StoredBudget>;
  /** Replaces the version that was read. @returns the time of the shared clock; null if it was replaced in the meantime */
  write(key: string, version: number, state: string): Promise<number | null>;
}

/** A call that may be sent now. */
export interface TakenCall {
  answered(report: RateLimitReport): void;
  /** It is over: it failed, or its whole answer was read. To be called once. */
  end(): void;
}

/** Spends the limit of the other side. A budget is identified by host and credential. */
export interface RateBudget {
  /**
   * Resolves when a call may be sent.
   * @param maxInFlight calls of all runs and processes to this host that may be in flight at the same time; absent: any number
   * @param weight of the calls of this process that wait, those with the highest weight are sent first; default 0
   * @param onWait called with the milliseconds of a long wait; it can take longer
   */
  take(
    key: Secret,
    options: {
      signal: AbortSignal;
      caller?: RateCaller;
      maxInFlight?: number;
      weight?: number;
      onWait: (ms: number) => void | Promise<void>;
    },
  ): Promise<TakenCall>;
}
