import type { CallFailure } from '../ports/call-failure.js';

/** The last contact of a run with one side. ISO times; null for never. */
export interface SideContact {
  /** The last answer that a run can use. */
  answeredAt: string | null;
  /** Since when every call fails in a way that can pass; null after an answer. */
  failingSince: string | null;
  failure: string | null;
}

export interface RunContacts {
  source: SideContact;
  destination: SideContact;
}

const noContact: SideContact = { answeredAt: null, failingSince: null, failure: null };
export const noContacts: RunContacts = { source: noContact, destination: noContact };

/** @param failure null if the call has an answer @param sentAt milliseconds since 1970 */
export function contactAfter(before: SideContact, failure: CallFailure | null, sentAt: number, now: number): SideContact {
  const isHeard = !failure?.isTransient || failure.kind === 'RATE_LIMITED';
  if (isHeard) return { answeredAt: new Date(now).toISOString(), failingSince: null, failure: null };
  return { ...before, failingSince: before.failingSince ?? new Date(sentAt).toISOString(), failure: failure.message };
}

/** Why a run does not move although it should. */
export interface Stall {
  cause: 'WORKER_SILENT' | 'SOURCE_SILENT' | 'DESTINATION_SILENT';
  since: Date | null;
  message: string;
}

/** Calls fail now and then. This time without an answer is a stall. With the interval of heartbeats it shows within 60 s. */
const silentMs = 45_000;

/** @param leaseUntil end of the lease of its worker; null if no worker has it */
export function stallOf(
  { leaseUntil, renewedAt, contacts }: { leaseUntil: Date | null; renewedAt: Date | null; contacts: RunContacts },
  now: number,
): Stall | null {
  if (leaseUntil === null || leaseUntil.getTime() < now)
    return {
      cause: 'WORKER_SILENT',
      since: renewedAt,
      message: 'Its worker has stopped or does not reach the database. Another worker continues the run after the last commit.',
    };
  for (const side of ['source', 'destination'] as const) {
    const { failingSince, failure } = contacts[side];
    if (failingSince === null || now - Date.parse(failingSince) < silentMs) continue;
    return {
      cause: side === 'source' ? 'SOURCE_SILENT' : 'DESTINATION_SILENT',
      since: new Date(failingSince),
      message: `All calls to the ${side} fail, and are repeated: ${failure}`,
    };
  }
  return null;
}
