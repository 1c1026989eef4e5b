import {
  burstShare,
  inFlightGuard,
  type RateLedger,
  type RateLimitReport,
  type RateWindow,
} from '../domain/ports/rate-budget.js';

/** A reported window, and the calls that are left in it. */
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

/** More than can be in flight. If the remaining number rises by more, a new window has begun. */
export const newWindowRise = 5;

/** Keeps the budgets of one process in memory. */
export class MemoryLedger implements RateLedger {
  private readonly states = new Map<string, State>();

  /**
   * @param windowMs length of a window whose end is not reported
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
    // Nothing is left. The window began with its first answer; the next answer starts a new one.
    state.remaining = null;
    state.blockedUntil = state.windowStartedAt + this.windowMs;
    return Math.max(0, state.blockedUntil - now);
  }

  async report(key: string, { remaining, limitedForMs, window }: RateLimitReport): Promise<void> {
    if (remaining === null && limitedForMs === null && !window) return;
    const now = this.now();
    const state = this.states.get(key) ?? { window: null, remaining: null, windowStartedAt: now, blockedUntil: 0 };
    this.states.set(key, state);
    if (window) state.window = merged(state.window, window);
    if (limitedForMs !== null) {
      state.blockedUntil = Math.max(state.blockedUntil, now + limitedForMs);
      state.remaining = null;
    } else if (remaining === null) {
      // Only a window was reported.
    } else if (state.remaining === null && state.blockedUntil > now) {
      // This answer was sent before the window was used up.
    } else if (state.remaining === null || remaining! > state.remaining + newWindowRise) {
      state.windowStartedAt = now;
      state.remaining = remaining;
    } else {
      // Calls in flight are already counted here, but not in the report.
      state.remaining = Math.min(state.remaining, remaining!);
    }
  }
}

/** @returns 0 if a call was taken, or the ms to wait: a window is spent evenly, with a small burst allowed at any time */
function takeFrom(window: Window, now: number): number {
  while (now >= window.endsAt) {
    window.endsAt += window.lengthMs;
    window.left = window.limit - inFlightGuard;
  }
  if (window.left <= 0) return window.endsAt - now;
  const elapsedShare = 1 - (window.endsAt - now) / window.lengthMs;
  const spent = window.limit - inFlightGuard - window.left;
  const ahead = spent + 1 - window.limit * (elapsedShare + burstShare);
  if (ahead > 0) return Math.ceil((ahead / window.limit) * window.lengthMs);
  window.left--;
  return 0;
}

function merged(known: Window | null, { limit, remaining, endsAt, lengthMs }: RateWindow): Window {
  // The report is about a past window or the known one. Other processes may have used the known one too.
  if (known && endsAt < known.endsAt + lengthMs / 2) {
    const same = endsAt > known.endsAt - lengthMs / 2;
    return { ...known, limit, left: same ? Math.min(known.left, remaining) : known.left };
  }
  return { limit, endsAt, lengthMs, left: Math.max(0, Math.min(remaining, limit) - inFlightGuard) };
}
