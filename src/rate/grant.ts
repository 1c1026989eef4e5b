import type { RateCaller } from '../domain/ports/rate-budget.js';
import { ask, forget, share } from './shares.js';
import { advance, type RateState, unanswered } from './state.js';

/** How a limit is spent. */
export interface RateRules {
  /** Length of a window whose end is not reported. */
  windowMs: number;
  /** Share of each window that is left to others, 0 to 1. */
  reserve: number;
}

/** What a caller asks for. */
export interface Want {
  caller: RateCaller;
  calls: number;
  /** Calls of all callers that may be in flight at the same time; null for any number. */
  maxInFlight: number | null;
  /** Its own calls in flight now; null if they are not counted. */
  inFlight: number | null;
}

/**
 * How far ahead of an even rate a window is spent. The last answers then arrive before its end, so that no call counts in the
 * next window, and a short delay costs nothing.
 */
const aheadShare = 0.05;
const aheadMs = 250;
/** Wait before the state is read again, because answers of others may have changed it. */
const lookAgainMs = 50;
/** Gives each caller as many calls as the limit and the shares allow. @returns the numbers, and the wait for those that get none */
export function grant(
  state: RateState,
  wants: readonly Want[],
  now: number,
  rules: RateRules,
): { calls: number[]; waitMs: number } {
  advance(state, now, rules);
  forget(state, now);
  const free = room(state, now, rules);
  let { calls: left, waitMs } = free;
  const calls = wants.map(() => 0);
  const callers = wants.map(({ caller, calls: wanted }) => ask(state, caller, wanted, now));
  // The caller that got the least comes first.
  for (const n of callers.map((_, n) => n).toSorted((a, b) => callers[a]!.served - callers[b]!.served)) {
    const { calls: wanted, maxInFlight, inFlight: own } = wants[n]!;
    if (own !== null) callers[n]!.inFlight = own;
    const slots = maxInFlight === null ? wanted : maxInFlight - inFlight(state);
    const got = Math.max(0, Math.min(wanted, left, slots, share(state, callers[n]!, now)));
    if (slots < wanted) waitMs = Math.max(waitMs, lookAgainMs / 2);
    calls[n] = got;
    left -= got;
    callers[n]!.served += got;
    callers[n]!.waits = got < wanted;
    if (own !== null) callers[n]!.inFlight = own + got;
    state.taken += got;
  }
  return { calls, waitMs: Math.max(1, Math.ceil(waitMs)) };
}

const inFlight = ({ callers }: RateState) => Object.values(callers).reduce((sum, each) => sum + each.inFlight, 0);

/** How many calls may be sent now, and when the next one may. */
function room(state: RateState, now: number, { windowMs, reserve }: RateRules): { calls: number; waitMs: number } {
  if (state.blockedUntil > now) return { calls: 0, waitMs: state.blockedUntil - now };
  if (state.remaining === null) return { calls: Number.MAX_SAFE_INTEGER, waitMs: 0 };
  const left = state.remaining - unanswered(state);
  if (state.limit === null) return { calls: Math.max(0, left), waitMs: Math.min(windowMs, state.startedAt + windowMs - now) };
  const kept = Math.floor(state.limit * reserve);
  const limit = Math.max(1, state.limit - kept);
  const usable = left - kept;
  const endsIn = state.endsAt - now;
  if (usable <= 0) return { calls: 0, waitMs: state.takenBefore > 0 ? Math.min(lookAgainMs, endsIn) : endsIn };
  const ahead = Math.max(aheadShare, Math.min(3 * aheadShare, aheadMs / state.lengthMs));
  // Calls of others count as used, too.
  const used = limit - usable;
  const course = limit * (1 - endsIn / state.lengthMs + ahead);
  const calls = Math.floor(Math.min(usable, course - used));
  return { calls: Math.max(0, calls), waitMs: Math.min(endsIn, ((used + 1 - course) / limit) * state.lengthMs) };
}
