import type { RateCaller } from '../domain/ports/rate-budget.js';
import type { CallerState, RateState } from './state.js';

/** A caller that has not asked for this time is not waiting. */
const waitingMs = 250;
/** A caller that has not asked for this time is forgotten. */
const goneMs = 20_000;
const halfLifeMs = 1_000;
/** Calls that a caller may be ahead of another one that waits. */
const aheadCalls = 4;

export const nameOf = ({ tenantId, runId }: RateCaller) => `${tenantId} ${runId}`;

/** Forgets callers that are gone, and reduces the counts of the others over time. */
export function forget(state: RateState, now: number): void {
  const kept = 0.5 ** (Math.max(0, now - state.forgottenAt) / halfLifeMs);
  state.forgottenAt = now;
  for (const [name, caller] of Object.entries(state.callers)) {
    caller.served *= kept;
    if (caller.at < now - goneMs) delete state.callers[name];
  }
}

/** Notes that a caller asks. */
export function ask(state: RateState, caller: RateCaller, wanted: number, now: number): CallerState {
  const name = nameOf(caller);
  const known = state.callers[name] ?? { tenantId: caller.tenantId, at: now, waits: false, served: 0, inFlight: 0 };
  state.callers[name] = Object.assign(known, { at: now, waits: wanted > 0 });
  return known;
}

/** How many calls a caller may get: tenants that wait get the same number, and so do the runs of each tenant. */
export function share({ callers }: RateState, own: CallerState, now: number): number {
  const all = Object.values(callers);
  const waiting = all.filter(each => each !== own && each.waits && each.at >= now - waitingMs);
  const ofTenant = (tenantId: string) =>
    all.filter(each => each.tenantId === tenantId).reduce((sum, each) => sum + each.served, 0);
  const rivals = waiting.map(each =>
    each.tenantId === own.tenantId ? each.served - own.served : ofTenant(each.tenantId) - ofTenant(own.tenantId),
  );
  return Math.floor(Math.min(...rivals) + aheadCalls);
}
