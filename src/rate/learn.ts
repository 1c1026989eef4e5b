import type { RateLimitReport, RateWindow } from '../domain/ports/rate-budget.js';
import { advance, beginWindow, type RateState } from './state.js';

/** If the remaining number rises by more than this without a known window, a new window has begun: this many calls can be in flight. */
const newWindowRise = 5;
/** Ends are reported in whole seconds, by a clock that can differ by two seconds before the connector corrects it. */
const maxShiftMs = 2_500;
/** Times that differ by less than this count as equal: clocks are compared about this exactly. */
const toleranceMs = 10;
/** If a window ended later than expected, the next end is expected this much later. */
const marginMs = 20;
/** An end that is this much later than expected means a longer window, not another clock. */
const longerByMs = 3_000;

/** An answer to a call that was taken then; null: it failed without one, and the next answer shows whether it was counted. */
export interface Answered {
  takenAt: number;
  report: RateLimitReport | null;
}

/** Changes the state by an answer. All times are by the shared clock. */
export function learn(state: RateState, { takenAt, report }: Answered, now: number, rules: { windowMs: number }): void {
  advance(state, now, rules);
  if (takenAt >= state.startedAt) state.taken = Math.max(0, state.taken - 1);
  else state.takenBefore = Math.max(0, state.takenBefore - 1);
  if (!report) return;
  if (report.window) learnWindow(state, report.window, takenAt, now);
  else if (report.remaining !== null && state.limit === null) learnRemaining(state, report.remaining, now);
  if (report.limitedForMs !== null) state.blockedUntil = Math.max(state.blockedUntil, now + report.limitedForMs);
}

function learnWindow(state: RateState, window: RateWindow, takenAt: number, now: number): void {
  const { limit } = window;
  const remaining = Math.min(window.remaining, limit);
  const endsAt = window.endsAt + state.shiftMs;
  if (state.limit === null) {
    Object.assign(state, {
      limit,
      remaining,
      endsAt: Math.max(endsAt, now + 1),
      lengthMs: Math.max(window.lengthMs, endsAt - now),
    });
    if (state.startedAt === 0) state.startedAt = now;
    return;
  }
  const windowsAhead = (endsAt - state.endsAt) / state.lengthMs;
  const isShorter = windowsAhead <= -0.5 && endsAt > now + toleranceMs;
  if (Math.abs(windowsAhead) < 0.5 || isShorter) {
    // Calls in flight are counted here already, but not in the report. Another limit begins with this report.
    state.remaining = limit === state.limit ? Math.min(state.remaining!, remaining) : remaining;
    state.limit = limit;
    if (endsAt > now) state.endsAt = endsAt;
    const lengthMs = state.endsAt - state.startedAt;
    if (isShorter || lengthMs > state.lengthMs + longerByMs) state.lengthMs = lengthMs;
  } else if (windowsAhead > 0) {
    // The next window began before its time: the clocks differ, or windows are longer than they seemed.
    if (windowsAhead > 0.75 && windowsAhead < 1.25) shift(state, now - state.endsAt);
    else state.lengthMs = endsAt - Math.min(state.endsAt, now);
    beginWindow(state, now);
    Object.assign(state, { limit, remaining, endsAt: Math.max(window.endsAt + state.shiftMs, now + 1) });
  } else if (windowsAhead > -1.5 && takenAt > state.startedAt + toleranceMs) {
    // It was sent in this window and counted in the one before, which has ended later than expected.
    const later = shift(state, takenAt - state.startedAt + marginMs);
    state.startedAt += later;
    state.endsAt += later;
  }
}

/** @returns by how much the shift changed */
function shift(state: RateState, ms: number): number {
  const before = state.shiftMs;
  state.shiftMs = Math.max(-maxShiftMs, Math.min(maxShiftMs, before + ms));
  return state.shiftMs - before;
}

/** Only the number of remaining calls is reported: a window begins with its first answer. */
function learnRemaining(state: RateState, remaining: number, now: number): void {
  if (state.remaining === null || remaining > state.remaining + newWindowRise) {
    beginWindow(state, now);
    state.remaining = remaining;
  } else state.remaining = Math.min(state.remaining, remaining);
}
