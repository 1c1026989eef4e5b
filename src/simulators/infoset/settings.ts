import type { Credentials } from './login.js';

/** What can be set before or while it runs. */
export interface InfosetSettings {
  credentials: Credentials;
  /** Calls a window; null: no limit, and no header that tells one. */
  limit: { calls: number; windowMs: number } | null;
  /** Paths that begin so answer this status instead: a plan that lacks them, a version that never had them. */
  unavailable: Record<string, number>;
  /** Ids that a listing counts and does not show, as where a key may not see them. */
  hidden: Record<string, string[]>;
  /** Each answer waits this long. */
  latencyMs: number;
}
