import { complexityOf, type Grade } from './complexity.js';
import { estimateOf } from './estimate.js';
import type { DiscoveryFacts } from './facts.js';
import { recordsIn } from './volume.js';

/** How many weeks a migration takes, from the discovery to the end of hypercare. */
export interface Weeks {
  min: number;
  max: number;
}

/** Mapping, reviews of the sandbox, sign-off, cutover and a week of hypercare, by the grade of the complexity. */
const ofGrade: Record<Grade, Weeks> = {
  A: { min: 2, max: 3 },
  B: { min: 3, max: 5 },
  C: { min: 4, max: 8 },
  D: { min: 6, max: 12 },
};

/** More records are more to review: from this number of records on, so many weeks more. */
const ofVolume = [
  { above: 250_000, weeks: 1 },
  { above: 2_000_000, weeks: 1 },
];

const daySeconds = 86_400;
const weekSeconds = 7 * daySeconds;

/** The weeks of the grade, those of the volume, and the running time of extraction and load as far as it exceeds a day. */
export function weeksOf(facts: DiscoveryFacts): Weeks {
  const { min, max } = ofGrade[complexityOf(facts).grade];
  const records = recordsIn(facts);
  const review = ofVolume.reduce((sum, { above, weeks }) => sum + (records > above ? weeks : 0), 0);
  const { secondsP50, secondsP90 } = estimateOf(facts);
  return {
    min: min + review + Math.floor(secondsP50 / weekSeconds),
    max: max + 2 * review + Math.ceil(Math.max(0, secondsP90 - daySeconds) / weekSeconds),
  };
}
