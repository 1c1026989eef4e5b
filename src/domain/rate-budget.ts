/** What an answer told of the limit. */
export interface RateTold {
  /** Calls left in the window; null where no header says. */
  remaining: number | null;
  /** For how long no call may be sent, after a 429; null where there was none. */
  limitedForMs: number | null;
  /** A window whose limit and end are told, in milliseconds since 1970. */
  window?: { limit: number; remaining: number; endsAt: number } | null;
}

/** Where the state of the budgets is kept; one key a (host, credential), shared by all that use it. */
export interface RateLedger {
  /** Takes one call. @returns 0, or for how many ms to wait before asking again */
  take(key: string): Promise<number>;
  report(key: string, told: RateTold): Promise<void>;
}

/** Spends what the other side allows. */
export interface RateBudget {
  /**
   * Resolves when a call may be sent.
   * @param onWait told for how many ms it waits
   */
  take(key: string, signal: AbortSignal, onWait: (ms: number) => void): Promise<void>;
  report(key: string, told: RateTold): Promise<void>;
}
