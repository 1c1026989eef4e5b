import type { RateLedger, RateTold } from '../domain/rate-budget.js';

interface State {
  remaining: number | null;
  windowStartedAt: number;
  blockedUntil: number;
}

/** More than can be in flight: a remaining that rises by more is a new window's. */
export const newWindowRise = 5;

/** Budgets of one process. */
export class MemoryLedger implements RateLedger {
  private readonly states = new Map<string, State>();

  /**
   * @param windowMs how long a window lasts where nothing tells its end
   * @param now milliseconds
   */
  constructor(
    private readonly windowMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  async take(key: string): Promise<number> {
    const state = this.states.get(key);
    if (!state) return 0;
    const now = this.now();
    if (state.blockedUntil > now) return state.blockedUntil - now;
    if (state.remaining === null) return 0;
    if (state.remaining > 0) {
      state.remaining--;
      return 0;
    }
    // Spent: the window began when its first answer came, and the next one is learnt anew.
    state.remaining = null;
    state.blockedUntil = state.windowStartedAt + this.windowMs;
    return Math.max(0, state.blockedUntil - now);
  }

  async report(key: string, { remaining, limitedForMs }: RateTold): Promise<void> {
    if (remaining === null && limitedForMs === null) return;
    const now = this.now();
    const state = this.states.get(key) ?? { remaining: null, windowStartedAt: now, blockedUntil: 0 };
    this.states.set(key, state);
    if (limitedForMs !== null) {
      state.blockedUntil = Math.max(state.blockedUntil, now + limitedForMs);
      state.remaining = null;
    } else if (state.remaining === null && state.blockedUntil > now) {
      // An answer that was on its way when the window was found spent.
    } else if (state.remaining === null || remaining! > state.remaining + newWindowRise) {
      state.windowStartedAt = now;
      state.remaining = remaining;
    } else {
      // Calls in flight are counted here already, there not yet.
      state.remaining = Math.min(state.remaining, remaining!);
    }
  }
}
