import type { Credentials } from './login.js';

/** Settings, which can also be changed while the simulator runs. */
export interface InfosetSettings {
  credentials: Credentials;
  /** Calls per window; null for no limit and no rate limit header. */
  limit: { calls: number; windowMs: number } | null;
  /** Error status by the beginning of a path, as if the plan or the version lacked it. */
  unavailable: Record<string, number>;
  /** Ids by listing that are counted but not listed, as if the key had no permission to read them. */
  hidden: Record<string, string[]>;
  /** Delay of each answer. */
  latencyMs: number;
}
