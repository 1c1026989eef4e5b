import { recordTypes } from '../model/record-type.js';
import { numberOfRecords, type ReadingFacts } from './facts.js';

/** Above this number of records an account is scoped on its own. */
export const scopedIndividually = 2_000_000;

/** What is assumed until an extraction has read the tickets. */
const messagesPerTicket = 8;

export interface Volume {
  /** Records of all types that the source or an extraction has counted. */
  counted: number;
  /** Messages that are assumed, because only an extraction counts them; 0 after it. */
  assumed: number;
}

/** Messages, or how many are assumed before an extraction has read them. */
export const messagesOf = (facts: ReadingFacts) =>
  numberOfRecords(facts, 'MESSAGE') ?? (numberOfRecords(facts, 'TICKET') ?? 0) * messagesPerTicket;

export function volumeOf(facts: ReadingFacts): Volume {
  const counted = recordTypes.reduce((sum, type) => sum + (numberOfRecords(facts, type) ?? 0), 0);
  return { counted, assumed: numberOfRecords(facts, 'MESSAGE') === null ? messagesOf(facts) : 0 };
}

export function recordsIn(facts: ReadingFacts): number {
  const { counted, assumed } = volumeOf(facts);
  return counted + assumed;
}
