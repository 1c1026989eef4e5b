import {
  burstShare,
  inFlightGuard,
  type RateLedger,
  type RateLimitReport,
  type RateWindow,
} from '../domain/ports/rate-budget.js';

/** A told window, and what may still be spent of it. */
interface Window {
  limit: number;
  left: number;
  endsAt: number;
  lengthMs: number;
}

interface State {
  window: Window | null;
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
    if (state.window) return takeFrom(state.window, now);
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

  async report(key: string, { remaining, limitedForMs, window }: RateLimitReport): Promise<void> {
    if (remaining === null && limitedForMs === null && !window) return;
    const now = this.now();
    const state = this.states.get(key) ?? { window: null, remaining: null, windowStartedAt: now, blockedUntil: 0 };
    this.states.set(key, state);
    if (window) state.window = learn(state.window, window);
    if (limitedForMs !== null) {
      state.blockedUntil = Math.max(state.blockedUntil, now + limitedForMs);
      state.remaining = null;
    } else if (remaining === null) {
      // Only a window was told.
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

/** @returns 0 where a call was taken, or for how many ms to wait: windows are spent evenly, a little ahead of their course */
function takeFrom(window: Window, now: number): number {
  while (now >= window.endsAt) {
    window.endsAt += window.lengthMs;
    window.left = window.limit - inFlightGuard;
  }
  if (window.left <= 0) return window.endsAt - now;
  const course = 1 - (window.endsAt - now) / window.lengthMs;
  const spent = window.limit - inFlightGuard - window.left;
  const ahead = spent + 1 - window.limit * (course + burstShare);
  if (ahead > 0) return Math.ceil((ahead / window.limit) * window.lengthMs);
  window.left--;
  return 0;
}

function learn(known: Window | null, { limit, remaining, endsAt, lengthMs }: RateWindow): Window {
  // Of a window that is over, or the one that is known: others may have spent of it too.
  if (known && endsAt < known.endsAt + lengthMs / 2) {
    const same = endsAt > known.endsAt - lengthMs / 2;
    return { ...known, limit, left: same ? Math.min(known.left, remaining) : known.left };
  }
  return { limit, endsAt, lengthMs, left: Math.max(0, Math.min(remaining, limit) - inFlightGuard) };
}
