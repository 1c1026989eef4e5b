/** A candidate for a sample, and the features that it shows. */
export interface Candidate {
  id: string;
  /** For example `channel chat`, or `custom field Şehir`. */
  features: readonly string[];
}

/** Ids in the order in which they were chosen, each with what it was chosen for. */
export type Chosen = Map<string, string>;

export interface SampleSize {
  /** The sample is filled up to this number. */
  least: number;
  /** At most this many are added to show every feature. */
  most: number;
}

/**
 * Chooses at least one record for each feature, the rarest feature first. Then it fills the sample evenly from all candidates.
 * @param kept records that were chosen before; they stay
 */
export function chooseCovering(candidates: readonly Candidate[], { least, most }: SampleSize, kept: Chosen = new Map()): Chosen {
  const chosen: Chosen = new Map(kept);
  const covered = new Set(candidates.filter(({ id }) => chosen.has(id)).flatMap(({ features }) => features));
  const having = new Map<string, Candidate[]>();
  for (const candidate of candidates)
    for (const feature of candidate.features) having.set(feature, [...(having.get(feature) ?? []), candidate]);
  const rarestFirst = [...having].sort(([a, some], [b, others]) => some.length - others.length || (a < b ? -1 : 1));
  for (const [feature, holders] of rarestFirst) {
    if (covered.has(feature) || chosen.size - kept.size >= most) continue;
    // Of the records with this feature, the one with the most missing features.
    const fresh = ({ features }: Candidate) => features.filter(each => !covered.has(each)).length;
    const best = holders.reduce((one, other) => (fresh(other) > fresh(one) ? other : one));
    chosen.set(best.id, feature);
    for (const each of best.features) covered.add(each);
  }
  const left = candidates.filter(({ id }) => !chosen.has(id));
  const missing = Math.min(Math.max(0, least - chosen.size), left.length);
  for (let number = 0; number < missing; number++)
    chosen.set(left[Math.floor((number * left.length) / missing)]!.id, 'fills up the sample');
  return chosen;
}

/** Holds some records of each feature, and some that are spread over all. Their number is limited. */
export class CandidatePool {
  private readonly perFeature = new Map<string, number>();
  private readonly kept = new Map<string, Candidate>();
  private spread: Candidate[] = [];
  private step = 1;
  private seen = 0;

  constructor(
    private readonly ofEachFeature = 3,
    private readonly spreadOver = 300,
  ) {}

  add(candidate: Candidate): void {
    let isFresh = false;
    for (const feature of candidate.features) {
      const count = this.perFeature.get(feature) ?? 0;
      this.perFeature.set(feature, count + 1);
      if (count < this.ofEachFeature) isFresh = true;
    }
    if (isFresh) this.kept.set(candidate.id, candidate);
    if (this.seen++ % this.step !== 0) return;
    this.spread.push(candidate);
    if (this.spread.length < 2 * this.spreadOver) return;
    // Every second one stays, so that they are spread over all records so far.
    this.spread = this.spread.filter((_, index) => index % 2 === 0);
    this.step *= 2;
  }

  /** How many were added. */
  get size(): number {
    return this.seen;
  }

  candidates(): Candidate[] {
    return [...new Map([...this.kept.values(), ...this.spread].map(each => [each.id, each])).values()];
  }
}
