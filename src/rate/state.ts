/** What is known of a limit, and who uses it. Times are milliseconds of the clock that all processes share. */
export interface RateState {
  /** Calls of a window; null while no answer has reported a window. */
  limit: number | null;
  lengthMs: number;
  endsAt: number;
  /** The lowest number that an answer of this window reported; null if unknown. */
  remaining: number | null;
  /** Without a reported window: when its first answer arrived. */
  startedAt: number;
  blockedUntil: number;
  /** Calls without an answer yet: taken in this window, and in the one before. */
  taken: number;
  takenBefore: number;
  /** How much later windows end than reported: clocks differ, and ends are reported in whole seconds. */
  shiftMs: number;
  callers: Record<string, CallerState>;
  /** When `served` of the callers was last reduced. */
  forgottenAt: number;
}

export interface CallerState {
  tenantId: string;
  /** When it last asked. */
  at: number;
  /** Whether it did not get all that it asked for. */
  waits: boolean;
  /** Calls that it got lately: half of them are forgotten every second. */
  served: number;
  /** Counted only if calls in flight are limited. */
  inFlight: number;
}

export const emptyState = (): RateState => ({
  limit: null,
  lengthMs: 0,
  endsAt: 0,
  remaining: null,
  startedAt: 0,
  blockedUntil: 0,
  taken: 0,
  takenBefore: 0,
  shiftMs: 0,
  callers: {},
  forgottenAt: 0,
});

/** The calls are not limited. */
export const isFree = ({ limit, remaining, blockedUntil }: RateState, now: number) =>
  limit === null && remaining === null && blockedUntil <= now;

export const unanswered = ({ taken, takenBefore }: RateState) => taken + takenBefore;

/** Moves on to the window of this time. A call without an answer that was sent before the previous window was counted, or never will be. */
export function advance(state: RateState, now: number, { windowMs }: { windowMs: number }): void {
  if (state.limit === null) {
    // The next answer starts a new window.
    if (state.remaining !== null && now >= state.startedAt + windowMs) {
      state.remaining = null;
      beginWindow(state, now);
    }
    return;
  }
  if (now < state.endsAt) return;
  const passed = 1 + Math.floor((now - state.endsAt) / state.lengthMs);
  beginWindow(state, state.endsAt + (passed - 1) * state.lengthMs);
  if (passed > 1) state.takenBefore = 0;
  state.endsAt += passed * state.lengthMs;
  state.remaining = state.limit;
}

export function beginWindow(state: RateState, startedAt: number): void {
  state.startedAt = startedAt;
  state.takenBefore = state.taken;
  state.taken = 0;
}
