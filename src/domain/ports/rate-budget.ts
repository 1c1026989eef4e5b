import type { Secret } from '../model/secret.js';

/** A window of fixed length, as an answer told it. */
export interface RateWindow {
  /** Calls that it allows. */
  limit: number;
  remaining: number;
  /** By this machine's clock, milliseconds since 1970. */
  endsAt: number;
  lengthMs: number;
}

/**
 * What is kept back of each told window: calls that were sent at the end of the one before count in it. As many as are in
 * flight at once.
 */
export const inFlightGuard = 24;
/** Share of a window that may be spent ahead of its even course. */
export const burstShare = 0.1;

/** What an answer told of the limit. */
export interface RateLimitReport {
  /** Calls left in the window; null where no header says. */
  remaining: number | null;
  /** For how long no call may be sent, after a 429; null where there was none. */
  limitedForMs: number | null;
  /** A window whose limit and end are told. */
  window?: RateWindow | null;
}

/** Where the state of the budgets is kept; one key a (host, credential), shared by all that use it: a digest of both. */
export interface RateLedger {
  /** Takes one call. @returns 0, or for how many ms to wait before asking again */
  take(key: string): Promise<number>;
  report(key: string, report: RateLimitReport): Promise<void>;
}

/** Spends what the other side allows; a budget is named by host and credential. */
export interface RateBudget {
  /**
   * Resolves when a call may be sent.
   * @param onWait told for how many ms it waits; it may wait longer
   */
  take(key: Secret, signal: AbortSignal, onWait: (ms: number) => void | Promise<void>): Promise<void>;
  report(key: Secret, report: RateLimitReport): Promise<void>;
}
