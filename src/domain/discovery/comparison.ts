import { type Side, sidesOf } from './estimate.js';
import type { DiscoveryFacts, FirstPass } from './facts.js';

/** The cost of the extraction or the load, and the estimate before it. */
export interface StepComparison {
  kind: 'EXTRACTION' | 'PRODUCTION';
  estimatedCalls: number;
  actualCalls: number;
  estimatedSecondsP50: number;
  estimatedSecondsP90: number;
  actualSeconds: number;
  callsPerSecond: number;
  /** Null if no record was read or loaded. */
  callsPerRecord: number | null;
}

/** Of each step that has ended once. The estimate is the one of the newest discovery alone, without anything that a run has measured. */
export function comparisonsOf(facts: DiscoveryFacts): StepComparison[] {
  const nothing = { extraction: null, load: null };
  const before = sidesOf({ ...facts, read: null, emails: null, measured: nothing, firstPass: nothing, callLimitPerMinute: null });
  const { extraction, load } = facts.firstPass;
  return [
    ...(extraction ? [compared('EXTRACTION', before.extraction, extraction)] : []),
    ...(load ? [compared('PRODUCTION', before.load, load)] : []),
  ];
}

function compared(kind: StepComparison['kind'], { calls, perMinute, spread }: Side, actual: FirstPass): StepComparison {
  const seconds = (calls / perMinute) * 60;
  return {
    kind,
    estimatedCalls: whole(calls),
    actualCalls: whole(actual.apiCalls),
    estimatedSecondsP50: whole(seconds),
    estimatedSecondsP90: whole(seconds * spread),
    actualSeconds: whole(actual.seconds),
    callsPerSecond: actual.seconds > 0 ? actual.apiCalls / actual.seconds : 0,
    callsPerRecord: actual.records > 0 ? actual.apiCalls / actual.records : null,
  };
}

/** Rounded up, and not larger than an Int of GraphQL. */
const whole = (value: number) => Math.min(Math.ceil(value), 2 ** 31 - 1);
