import type { Secret } from '../model/secret.js';

/** A window of fixed length, from the headers of an answer. */
export interface RateWindow {
  /** Calls that it allows. */
  limit: number;
  remaining: number;
  /** By this machine's clock, milliseconds since 1970. */
  endsAt: number;
  lengthMs: number;
}

/**
 * Calls that are kept in reserve in each window, because calls sent at the end of the previous one can count in it. As many as
 * are in flight at once.
 */
export const inFlightGuard = 24;
/** Share of a window that may be used ahead of an even rate. */
export const burstShare = 0.1;

/** What an answer reports about the limit. */
export interface RateLimitReport {
  /** Calls left in the window; null if no header reports it. */
  remaining: number | null;
  /** How long no call may be sent after a 429; null if there was none. */
  limitedForMs: number | null;
  /** A window with a known limit and end. */
  window?: RateWindow | null;
}

/** Storage of the budgets: one key per (host, credential), a digest of both, shared by all that use it. */
export interface RateLedger {
  /** Takes one call. @returns 0, or the milliseconds to wait before the next attempt */
  take(key: string): Promise<number>;
  report(key: string, report: RateLimitReport): Promise<void>;
}

/** Spends the limit of the other side. A budget is identified by host and credential. */
export interface RateBudget {
  /** Resolves when a call may be sent. @param onWait called with the milliseconds of the wait; it can take longer */
  take(key: Secret, signal: AbortSignal, onWait: (ms: number) => void | Promise<void>): Promise<void>;
  report(key: Secret, report: RateLimitReport): Promise<void>;
}
