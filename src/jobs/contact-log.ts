import { contactAfter, noContacts, type RunContacts } from '../domain/model/stall.js';
import type { CallFailure } from '../domain/ports/call-failure.js';

/** The last answers and failures of both sides. The heartbeats of the run store them. */
export class ContactLog {
  now: RunContacts = noContacts;

  /** @param sentAt milliseconds since 1970 */
  heard(side: keyof RunContacts, failure: CallFailure | null, sentAt: number): void {
    this.now = { ...this.now, [side]: contactAfter(this.now[side], failure, sentAt, Date.now()) };
  }
}
